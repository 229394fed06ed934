package dev.rondo.kits.ground;

import dev.rondo.access.Access;
import dev.rondo.access.Accounts;
import dev.rondo.access.Caller;
import dev.rondo.access.Outcome;
import dev.rondo.access.PasswordCost;
import dev.rondo.access.Projects;
import dev.rondo.git.GitRepository;
import dev.rondo.git.GitSettings;
import dev.rondo.git.RefUpdate;
import dev.rondo.git.Repositories;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.Subject;
import dev.rondo.kits.Databases;
import dev.rondo.kits.machine.Scratch;
import dev.rondo.phase.Spine;
import dev.rondo.sandbox.Sandbox;
import dev.rondo.store.Blobs;
import dev.rondo.store.Database;
import dev.rondo.store.Secrets;
import dev.rondo.telemetry.ProcessTelemetry;
import dev.rondo.web.Site;
import dev.rondo.web.Texts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A whole spine in a folder of its own, with the project {@code shop}, its repository and its owner
 * {@code olga}. The folder goes with the tests.
 */
public final class Ground implements AutoCloseable {
    public static final String PROJECT = "shop";

    private final Path data;
    private final Spine spine;
    private final Site site;
    private final Caller owner;

    public Ground(String phase, String... parts) {
        this(Scratch.folder(phase), phase, parts);
    }

    /**
     * @param phase whose migrations, texts and folder there are
     * @param parts modules that have texts too
     */
    public Ground(Path data, String phase, String... parts) {
        this.data = data;
        var store =
                Databases.open(
                        new Database.Sqlite(data.resolve("rondo.db")),
                        List.of(
                                "dev/rondo/journal/db",
                                "dev/rondo/access/db",
                                "dev/rondo/" + phase + "/db"));
        var journal = new Journal(store);
        var access = new Access(store, journal, new PasswordCost(8, 1));
        var texts =
                Texts.of(Stream.concat(Stream.of("access", phase), Stream.of(parts)).toList())
                        .strict();
        this.site = new Site(store, access, texts);
        var sandbox = Sandbox.open(data, Sandbox.Mode.BUBBLEWRAP);
        this.spine =
                new Spine(
                        store,
                        journal,
                        new Blobs(folder("blobs")),
                        Secrets.open(data.resolve("secret.key")),
                        access,
                        new Repositories(
                                folder("repositories"), GitSettings.in(folder("git-home"))),
                        sandbox,
                        new ProcessTelemetry(),
                        texts,
                        site.live(),
                        (project, subject) -> Optional.empty(),
                        folder(phase),
                        URI.create("http://127.0.0.1:1"));
        this.owner = owner(access);
    }

    public Path data() {
        return data;
    }

    public Spine spine() {
        return spine;
    }

    public Site site() {
        return site;
    }

    public Caller owner() {
        return owner;
    }

    private Path folder(String name) {
        try {
            return Files.createDirectories(data.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Caller owner(Access access) {
        access.accounts()
                .create(
                        "",
                        new Accounts.NewAccount(
                                "olga", "Olga", "olga@example.org", "correct horse battery", true));
        var caller = new Caller("olga", "Olga", true, "en", "auto", Caller.Means.SESSION, "token");
        spine.store()
                .update(tx -> {
                    Outcome<Projects.Created> made =
                            access.projects()
                                    .create(
                                            tx,
                                            caller,
                                            new Projects.NewProject(PROJECT, "Shop", "", "main"));
                    assert made != null;
                });
        spine.repositories().create(PROJECT, "main");
        return caller;
    }

    /** Commits these files on top of a branch, pushes, and says so as coding does. */
    public Event push(String branch, Map<String, String> files) {
        return push(branch, files, "Change things");
    }

    public Event push(String branch, Map<String, String> files, String message) {
        Path work = Scratch.folder("push");
        String bare = repository().folder().toString();
        git(work, "init", "-q", "-b", branch);
        if (repository().resolve(branch).isPresent()) {
            git(work, "fetch", "-q", bare, branch);
            git(work, "reset", "-q", "--hard", "FETCH_HEAD");
        }
        String before = repository().resolve(branch).orElse(RefUpdate.NONE);
        files.forEach((name, text) -> {
            try {
                Path file = work.resolve(name);
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        git(work, "add", "-A");
        git(
                work,
                "-c",
                "user.name=Olga",
                "-c",
                "user.email=o@example.org",
                "commit",
                "-q",
                "-m",
                message);
        git(work, "push", "-q", bare, "HEAD:refs/heads/" + branch);
        Scratch.delete(work);
        return say(branch, before);
    }

    private Event say(String branch, String before) {
        String after = repository().resolve(branch).orElseThrow();
        var commit = repository().commit(after);
        return spine.store()
                .write(tx ->
                        spine.journal()
                                .append(
                                        tx,
                                        new Draft(
                                                PROJECT,
                                                Subject.of("change", after),
                                                "olga",
                                                new Fact.ChangePushed(
                                                        PROJECT,
                                                        "refs/heads/" + branch,
                                                        before,
                                                        after,
                                                        branch.equals("main"),
                                                        false,
                                                        List.of(
                                                                new Fact.Commit(
                                                                        after,
                                                                        commit.subject(),
                                                                        "Olga",
                                                                        "o@example.org",
                                                                        0,
                                                                        List.of(),
                                                                        List.of()))))));
    }

    public GitRepository repository() {
        return spine.repositories().find(PROJECT).orElseThrow();
    }

    /** What git said; it has to succeed. */
    public static String git(Path folder, String... words) {
        var command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + said);
            }
            return said;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        leave();
        Scratch.delete(data);
    }

    /** Lets go of all, and keeps the folder for another ground. */
    public void leave() {
        spine.sandbox().close();
        spine.repositories().close();
        spine.store().close();
    }
}
