package dev.rondo.engine;

import dev.rondo.actions.RunsOn;
import dev.rondo.jobs.Executor;
import dev.rondo.kubernetes.KubernetesSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where jobs run, found by labels as a runner is: the first whose labels hold all that a job asks
 * for takes it.
 *
 * @param group the runner group that it belongs to
 */
record Station(String name, List<String> labels, String group, Executor executor, Terms terms) {
    /** The group of every runner that is in no other. */
    static final String DEFAULT_GROUP = "Default";

    /**
     * What holds for jobs there.
     *
     * @param named labels of which a job has to name one; none where any job may come
     * @param jobs how many run at once; 0 as many as the settings of the machine say
     * @param server where their steps reach this Rondo, if not as all others do
     */
    record Terms(List<String> named, int jobs, Optional<URI> server) {
        static final Terms USUAL = new Terms(List.of(), 0, Optional.empty());
    }

    private static List<String> usual() {
        return new ArrayList<>(
                List.of(
                        "self-hosted",
                        "linux",
                        System.getProperty("os.arch", "").contains("aarch64") ? "arm64" : "x64"));
    }

    /** This machine, with more labels than its usual ones. */
    static Station host(Executor executor, List<String> more) {
        var labels = usual();
        labels.addAll(List.of("ubuntu-latest", "ubuntu-24.04", "ubuntu-22.04"));
        labels.addAll(more);
        return new Station("host", List.copyOf(labels), DEFAULT_GROUP, executor, Terms.USUAL);
    }

    /**
     * A cluster, for jobs that name one of its labels.
     *
     * @param published where people reach this Rondo
     */
    static Station cluster(Executor executor, KubernetesSettings settings, URI published) {
        var labels = usual();
        labels.addAll(settings.labels());
        return new Station(
                "kubernetes",
                List.copyOf(labels),
                DEFAULT_GROUP,
                executor,
                new Terms(
                        settings.labels(),
                        settings.jobs(),
                        Optional.of(settings.address().orElse(published))));
    }

    boolean takes(RunsOn wanted) {
        return wanted.fits(labels)
                && (terms.named().isEmpty()
                        || terms.named().stream()
                                .anyMatch(name ->
                                        wanted.labels().stream().anyMatch(name::equalsIgnoreCase)))
                && wanted.group()
                        .map(name -> name.replaceFirst("^(org|organization|ent|enterprise)/", ""))
                        .map(group::equalsIgnoreCase)
                        .orElse(true);
    }
}
