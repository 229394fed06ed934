package dev.rondo.containers;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Docker Engine and what this life of the server makes in it. Used by any thread. */
public final class DockerEngine {
    private static final Logger LOG = LoggerFactory.getLogger(DockerEngine.class);
    private static final String NEEDED = "1.35";
    private static final String ACTIONS_KEPT = "168h";

    private final ContainerSettings settings;
    private final Docker docker;
    private final Labels labels;

    public DockerEngine(ContainerSettings settings) {
        this.settings = settings;
        this.docker = new Docker(settings.host());
        this.labels = Labels.of(settings.server());
    }

    ContainerSettings settings() {
        return settings;
    }

    Docker docker() {
        return docker;
    }

    Labels labels() {
        return labels;
    }

    /**
     * The version of its interface.
     *
     * @throws IllegalStateException with a sentence where no engine answers or it is too old
     */
    public String version() throws InterruptedException {
        Docker.Said said = docker.run("version", "--format", "{{.Server.APIVersion}}");
        String version = said.last();
        if (!said.good() || !version.matches("\\d+\\.\\d+.*")) {
            throw new IllegalStateException("No Docker Engine answers: " + version);
        }
        if (older(version, NEEDED)) {
            throw new IllegalStateException(
                    "Min required docker engine API server version is '%s', your docker server"
                                    .formatted(NEEDED)
                            + " version is '%s'".formatted(version));
        }
        return version;
    }

    private static boolean older(String version, String needed) {
        String[] one = version.split("\\.");
        String[] other = needed.split("\\.");
        int major = Integer.compare(Integer.parseInt(one[0]), Integer.parseInt(other[0]));
        return major < 0 || (major == 0 && Integer.parseInt(one[1]) < Integer.parseInt(other[1]));
    }

    /**
     * Removes what former lives of this server left: a server that was killed could not. Says what
     * it removed; without an engine there is nothing.
     */
    public List<String> sweep() throws InterruptedException {
        try {
            version();
        } catch (IllegalStateException none) {
            return List.of();
        }
        var removed = new ArrayList<String>();
        removed.addAll(remove("container", List.of("ps", "--all"), List.of("rm", "-f", "-v")));
        removed.addAll(remove("network", List.of("network", "ls"), List.of("network", "rm")));
        removed.addAll(remove("volume", List.of("volume", "ls"), List.of("volume", "rm", "-f")));
        docker.run(
                "image",
                "prune",
                "--all",
                "--force",
                "--filter",
                "label=" + Labels.ACTION,
                "--filter",
                "until=" + ACTIONS_KEPT);
        return removed;
    }

    private List<String> remove(String kind, List<String> list, List<String> remove)
            throws InterruptedException {
        List<String> all = ids(list, Labels.SERVER + "=" + labels.server());
        List<String> own = ids(list, Labels.LIFE + "=" + labels.life());
        var removed = new ArrayList<String>();
        for (String id : all) {
            if (!own.contains(id)) {
                var words = new ArrayList<>(remove);
                words.add(id);
                Docker.Said said = docker.run(words, Docker.How.quietly());
                if (said.good()) {
                    removed.add(kind + " " + id);
                } else {
                    LOG.warn("cannot remove {} {}: {}", kind, id, said.last());
                }
            }
        }
        return removed;
    }

    private List<String> ids(List<String> list, String label) throws InterruptedException {
        var words = new ArrayList<>(list);
        words.addAll(List.of("--quiet", "--filter", "label=" + label));
        Docker.Said said = docker.run(words, Docker.How.quietly());
        return said.good()
                ? said.text().lines().filter(line -> !line.isBlank()).toList()
                : List.of();
    }
}
