package dev.rondo.containers;

import dev.rondo.jobs.JobPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that containers write into a job's folders mostly belong to root, and the server could
 * neither read nor remove them. Where the server is another user, the image's own {@code chown}
 * gives them back.
 */
final class Ownership {
    private static final String EVERYBODY = "rwxrwxrwx";

    private Ownership() {}

    /** Images may run as any user. */
    static void open(JobPlace place) {
        try {
            for (Path folder :
                    List.of(
                            place.folders().work(),
                            place.folders().temp(),
                            place.folders().home(),
                            place.folders().files(),
                            place.folders().actions(),
                            place.folders().control())) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(EVERYBODY));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void restore(DockerEngine engine, JobPlace place, String image)
            throws InterruptedException {
        int user = id(place, "unix:uid");
        if (user != 0) {
            give(engine, place.folders().root(), image, user + ":" + id(place, "unix:gid"));
        }
    }

    static void give(DockerEngine engine, Path folder, String image, String owner)
            throws InterruptedException {
        var words =
                new ArrayList<>(
                        List.of("run", "--rm", "--user", "0", "--network", "none", "--label"));
        words.add(Labels.SERVER + "=" + engine.labels().server());
        words.addAll(List.of("-v", folder + ":/rondo", "--entrypoint", "chown", image));
        words.addAll(List.of("-R", "-h", owner, "/rondo"));
        engine.docker().run(words, Docker.How.quietly());
    }

    private static int id(JobPlace place, String which) {
        try {
            Object value = Files.getAttribute(place.folders().root(), which);
            return value instanceof Integer id ? id : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
