package dev.rondo.containers;

import dev.rondo.containers.Labels.JobName;
import dev.rondo.jobs.JobFolders;
import dev.rondo.jobs.JobPlace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes the containers of one job, each with its marks, its limits and its variables. */
final class Creation {
    private final DockerEngine engine;
    private final JobPlace place;
    private final JobName job;

    Creation(DockerEngine engine, JobPlace place) {
        this.engine = engine;
        this.place = place;
        this.job = new JobName(place.order().id());
    }

    /**
     * What is made.
     *
     * @param what part of its name
     * @param options words for {@code docker create}, checked
     * @param env its variables
     * @param run the image and the words behind it
     */
    record Wish(String what, List<String> options, Map<String, String> env, List<String> run) {}

    JobFolders folders() {
        return place.folders();
    }

    /**
     * Gives the name of the container.
     *
     * @throws IllegalStateException with what the engine said
     */
    String create(Wish wish) throws InterruptedException {
        String name = job.named(wish.what()) + "-" + UUID.randomUUID().toString().substring(0, 6);
        var words = new ArrayList<>(List.of("create", "--name", name));
        words.addAll(engine.labels().of(job));
        if (!engine.settings().trusted()) {
            words.addAll(List.of("--cap-drop", "MKNOD"));
        }
        words.addAll(wish.options());
        Docker.Said said;
        try (EnvFile file = EnvFile.of(folders().root(), watermarked(wish.env()))) {
            words.addAll(file.words());
            words.addAll(wish.run());
            said = engine.docker().run(words, Docker.How.quietly());
        }
        if (!said.good()) {
            throw new IllegalStateException(
                    "Docker create failed with exit code %d: %s"
                            .formatted(said.code(), reason(said)));
        }
        return name;
    }

    /** The last lines may only point to the help. */
    private static String reason(Docker.Said said) {
        return said.text()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.contains("--help"))
                .reduce((first, second) -> second)
                .orElse("");
    }

    private static Map<String, String> watermarked(Map<String, String> env) {
        var all = new LinkedHashMap<String, String>();
        all.put("CI", "true");
        all.putAll(env);
        all.put("GITHUB_ACTIONS", "true");
        return all;
    }
}
