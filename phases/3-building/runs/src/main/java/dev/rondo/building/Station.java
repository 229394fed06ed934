package dev.rondo.building;

import dev.rondo.actions.RunsOn;
import dev.rondo.jobs.Executor;
import java.util.ArrayList;
import java.util.List;

/**
 * Where jobs run, found by labels as a runner is: the first whose labels hold all that a job asks
 * for takes it.
 *
 * @param group the runner group that it belongs to
 */
record Station(String name, List<String> labels, String group, Executor executor) {
    /** The group of every runner that is in no other. */
    static final String DEFAULT_GROUP = "Default";

    /** This machine, with more labels than its usual ones. */
    static Station host(Executor executor, List<String> more) {
        var labels =
                new ArrayList<>(
                        List.of(
                                "self-hosted",
                                "linux",
                                System.getProperty("os.arch", "").contains("aarch64")
                                        ? "arm64"
                                        : "x64",
                                "ubuntu-latest",
                                "ubuntu-24.04",
                                "ubuntu-22.04"));
        labels.addAll(more);
        return new Station("host", List.copyOf(labels), DEFAULT_GROUP, executor);
    }

    boolean takes(RunsOn wanted) {
        return wanted.fits(labels)
                && wanted.group()
                        .map(name -> name.replaceFirst("^(org|organization|ent|enterprise)/", ""))
                        .map(group::equalsIgnoreCase)
                        .orElse(true);
    }
}
