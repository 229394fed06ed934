package dev.rondo.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A project's own alert rules. */
final class AlertRules {

    private AlertRules() {}

    /** Commits the rules into the project's repository and tells of it, as coding does. */
    static String push(Rig rig, Path folder, String rules)
            throws IOException, InterruptedException {
        var bare = rig.repositories.create("shop", "main").folder();
        var work = folder.resolve("work");
        run(folder, "git", "clone", "-q", bare.toString(), "work");
        Files.createDirectories(work.resolve(".rondo"));
        Files.writeString(work.resolve(".rondo/alerts.yml"), rules);
        run(work, "git", "add", ".");
        run(work, "git", "-c", "user.name=o", "-c", "user.email=o@x", "commit", "-qm", "Rules");
        run(work, "git", "push", "-q", "origin", "HEAD:refs/heads/main");
        var commit = run(work, "git", "rev-parse", "HEAD").strip();
        rig.tell(
                Subject.of("change", commit),
                new Fact.ChangePushed(
                        "shop", "refs/heads/main", "0".repeat(40), commit, true, false, List.of()));
        return commit;
    }

    private static String run(Path folder, String... command)
            throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        var output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
