package dev.rondo.events;

import dev.rondo.access.Project;
import dev.rondo.git.GitRepository;
import dev.rondo.git.GitSettings;
import dev.rondo.git.Repositories;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import dev.rondo.phase.WorkItems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A real repository with two commits and a tag, and a journal in memory. */
final class Ground implements AutoCloseable, Happenings.Lookup {
    private final Path folder;
    private final Repositories repositories;
    private final List<Event> events = new ArrayList<>();
    FinishedRun run;

    Ground() throws IOException {
        folder = Files.createTempDirectory("rondo-events-");
        repositories =
                new Repositories(
                        Files.createDirectories(folder.resolve("repositories")),
                        GitSettings.in(Files.createDirectories(folder.resolve("home"))));
        repositories.create("shop", "main");
        Path work = Files.createDirectories(folder.resolve("work"));
        git(work, "init", "-q", "-b", "main");
        git(work, "config", "user.name", "Olga");
        git(work, "config", "user.email", "o@example.org");
        Files.writeString(work.resolve("a"), "1");
        git(work, "add", "-A");
        git(work, "commit", "-q", "-m", "One");
        Files.writeString(work.resolve("a"), "2");
        git(work, "commit", "-q", "-a", "-m", "Two", "-m", "with a body");
        git(work, "tag", "-a", "-m", "first", "v1.0.0");
        git(work, "push", "-q", repository().folder().toString(), "main", "main:topic", "v1.0.0");
        run = run(0, false);
    }

    private static void git(Path folder, String... words) {
        var command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + said);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    GitRepository repository() {
        return repositories.find("shop").orElseThrow();
    }

    String head() {
        return repository().resolve("main").orElseThrow();
    }

    Scene scene() {
        return new Scene(
                URI.create("https://rondo.example.org"),
                "rondo",
                new Project("shop", "Shop", "", "main", Instant.EPOCH),
                repository(),
                (project, subject) ->
                        Optional.of("/" + project + "/" + subject.kind() + "/" + subject.id()));
    }

    Event event(Fact fact, String actor, Instant at) {
        return new Event(
                events.size() + 1,
                "id",
                dev.rondo.journal.Kind.of(fact.getClass()).word(),
                1,
                "shop",
                Subject.of("x", "y"),
                actor,
                at,
                new tools.jackson.databind.json.JsonMapper().writeValueAsString(fact),
                "",
                List.of());
    }

    List<Happening> of(Fact fact) {
        return Happenings.of(scene(), event(fact, "olga", Instant.now()), this);
    }

    /** As {@link #of}, and the journal remembers it. */
    List<Happening> tell(Fact fact) {
        Event event = event(fact, "olga", Instant.now());
        events.add(event);
        return Happenings.of(scene(), event, this);
    }

    FinishedRun run(int depth, boolean rerun) {
        return new FinishedRun(
                3,
                2,
                "r",
                1,
                "CI",
                ".github/workflows/ci.yml",
                "Two",
                "push",
                "refs/heads/main",
                head(),
                "olga",
                "completed",
                FinishedRun.conclusion("invalid"),
                rerun ? 2 : 1,
                rerun,
                depth,
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    @Override
    public Optional<WorkItems.Item> item(long number) {
        return Optional.of(
                new WorkItems.Item(
                        number,
                        "bug",
                        "The item",
                        "Its text",
                        true,
                        List.of("b", "c"),
                        "otto",
                        "Sprint 1",
                        "olga",
                        Instant.EPOCH));
    }

    @Override
    public Optional<FinishedRun> run(String id) {
        return Optional.of(run);
    }

    @Override
    public boolean amongManyTags(Event event) {
        return false;
    }

    @Override
    public List<Event> story(Event event) {
        return events;
    }

    @Override
    public void close() {
        repositories.close();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
