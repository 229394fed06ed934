package dev.rondo.building;

import dev.rondo.access.Access;
import dev.rondo.access.Accounts;
import dev.rondo.access.Caller;
import dev.rondo.access.Outcome;
import dev.rondo.access.Projects;
import dev.rondo.containers.ContainerSettings;
import dev.rondo.containers.ContainerUse;
import dev.rondo.engine.Means;
import dev.rondo.git.GitRepository;
import dev.rondo.git.GitSettings;
import dev.rondo.git.RefUpdate;
import dev.rondo.git.Repositories;
import dev.rondo.joblogs.JobLogs;
import dev.rondo.jobs.JobFolders;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Reactor;
import dev.rondo.journal.Subject;
import dev.rondo.kits.Databases;
import dev.rondo.kits.machine.Scratch;
import dev.rondo.phase.ReportPatterns;
import dev.rondo.phase.Spine;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import dev.rondo.records.RunRows;
import dev.rondo.records.RunStep;
import dev.rondo.sandbox.Sandbox;
import dev.rondo.store.Blobs;
import dev.rondo.store.Database;
import dev.rondo.store.Secrets;
import dev.rondo.telemetry.ProcessTelemetry;
import dev.rondo.web.Site;
import dev.rondo.web.Texts;
import dev.rondo.web.Web;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole building phase on a real spine in a folder of its own, with one project and its owner.
 */
final class Yard implements AutoCloseable {
    static final String PROJECT = "shop";

    final Path data;
    final Spine spine;
    final Site site;
    final Web web;
    final Caller owner;
    private final Reactor reactor;
    private final BuildingPhase phase;

    Yard() {
        this(temporary(), List.of());
    }

    Yard(Path data, List<String> reports) {
        this(data, (project, commit) -> reports, dev.rondo.sandbox.Limits.ofJob());
    }

    /** With jobs that may use so much. */
    Yard(dev.rondo.sandbox.Limits limits) {
        this(temporary(), (project, commit) -> List.of(), limits);
    }

    /** With so many jobs at once. */
    Yard(Path data, int jobs) {
        this(data, jobs, Optional.empty());
    }

    /** With so many jobs at once, and an engine for their containers. */
    Yard(Path data, int jobs, Optional<String> engine) {
        this(data, means(data, dev.rondo.sandbox.Limits.ofJob(), jobs, engine));
    }

    /** With what jobs are given to run on. */
    Yard(Path data, Means means) {
        this(data, (project, commit) -> List.of(), means);
    }

    private Yard(Path data, ReportPatterns reports, dev.rondo.sandbox.Limits limits) {
        this(data, reports, means(data, limits, 4, Optional.empty()));
    }

    private static Means means(
            Path data, dev.rondo.sandbox.Limits limits, int jobs, Optional<String> engine) {
        return Means.of(jobs, List.of("x"), limits, containers(data, limits, engine));
    }

    private Yard(Path data, ReportPatterns reports, Means means) {
        this.data = data;
        var store =
                Databases.open(
                        new Database.Sqlite(data.resolve("rondo.db")),
                        List.of(
                                "dev/rondo/journal/db",
                                "dev/rondo/access/db",
                                "dev/rondo/building/db"));
        var journal = new Journal(store);
        var access = new Access(store, journal);
        var texts = Texts.of("access", "building", "results", "settings").strict();
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
                        folder("building"),
                        URI.create("http://127.0.0.1:1"));
        this.owner = owner(access);
        this.phase = new BuildingPhase(spine, reports, WorkItemsOfJournal::item, means);
        this.reactor = new Reactor(store, journal);
        site.menu(phase.menu()).panels(phase.panels());
        this.web = new Web(site, phase::routes);
    }

    /** Jobs may use containers of an engine, as in {@code DOCKER_HOST}. */
    private static Optional<ContainerSettings> containers(
            Path data, dev.rondo.sandbox.Limits limits, Optional<String> engine) {
        return ContainerUse.ON
                .settings(data, limits)
                .filter(one -> engine.isPresent())
                .map(one -> new ContainerSettings(engine, one.server(), false, limits));
    }

    static Path temporary() {
        return Scratch.folder("building");
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

    Yard start() {
        phase.start();
        reactor.start(phase.reactions());
        return this;
    }

    BuildingPhase phase() {
        return phase;
    }

    /** Commits these files on top of a branch, pushes, and says so as coding does. */
    Event push(String branch, Map<String, String> files) {
        return push(branch, files, "Change things");
    }

    Event push(String branch, Map<String, String> files, String message) {
        Path work = temporary();
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

    GitRepository repository() {
        return spine.repositories().find(PROJECT).orElseThrow();
    }

    static String git(Path folder, String... words) {
        var command = new java.util.ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + said);
            }
            return said;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Event workflow(String text) {
        return push("main", Map.of(".github/workflows/ci.yml", text));
    }

    Run run(long number) {
        return spine.store()
                .read(sql -> RunRows.numbered(sql, PROJECT, number))
                .orElseThrow(() -> new AssertionError("no run " + number));
    }

    /** Waits until a run has ended. */
    Run finished(long number) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .until(() ->
                        spine.store()
                                .read(sql -> RunRows.numbered(sql, PROJECT, number))
                                .map(Run::finished)
                                .orElse(false));
        return run(number);
    }

    RunJob job(Run run, String id) {
        return spine.store().read(sql -> RunRows.job(sql, run.id(), id)).orElseThrow();
    }

    List<RunStep> steps(Run run, String job) {
        return spine.store().read(sql -> RunRows.steps(sql, run.id(), job));
    }

    Optional<Run> maybeRun(long number) {
        return maybeRun(PROJECT, number);
    }

    Optional<Run> maybeRun(String project, long number) {
        return spine.store().read(sql -> RunRows.numbered(sql, project, number));
    }

    /** Whether it has looked at all that may start a workflow. */
    boolean heardAll() {
        return events().reversed().stream()
                .filter(event ->
                        dev.rondo.events.Happenings.FACTS.contains(event.fact().getClass()))
                .findFirst()
                .map(event -> heard(event.seq()))
                .orElse(true);
    }

    /** Whether the phase has looked at an event and queued what it sets off. */
    boolean heard(long seq) {
        boolean passed = reactor.lags().stream().allMatch(lag -> lag.seq() >= seq);
        return passed
                && spine.store()
                        .read(sql ->
                                sql.createQuery(
                                                "SELECT COUNT(*) FROM building_events"
                                                        + " WHERE seq <= ?")
                                        .bind(0, seq)
                                        .mapTo(Long.class)
                                        .one())
                        .equals(0L);
    }

    /** Remarks of a job as JSON: every column that is kept of them. */
    List<JsonNode> annotations(Run run, String job) {
        return spine
                .store()
                .read(sql ->
                        sql.createQuery(
                                        "SELECT * FROM building_annotations WHERE run = ?"
                                                + " AND job = ? ORDER BY place")
                                .bind(0, run.id())
                                .bind(1, job)
                                .mapToMap()
                                .list())
                .stream()
                .map(row -> (JsonNode) JsonMapper.shared().valueToTree(row))
                .toList();
    }

    /** Those that people see: in place of a job that calls a workflow, that one's. */
    List<RunJob> jobs(Run run) {
        List<RunJob> all = spine.store().read(sql -> RunRows.jobs(sql, run.id()));
        return all.stream().filter(job -> !job.opened()).toList();
    }

    /** The log without colours and times. */
    String log(Run run, String job) {
        var text = new StringBuilder();
        new JobLogs(spine.data())
                .of(run.id(), job)
                .read(0, 1_000_000)
                .forEach(line -> text.append(line.text()).append('\n'));
        return text.toString();
    }

    List<Event> events() {
        return spine.store().read(sql -> JournalReads.after(sql, 0, 10_000));
    }

    @Override
    public void close() {
        phase.stop();
        reactor.close();
        spine.sandbox().close();
        spine.repositories().close();
        spine.store().close();
        try {
            JobFolders.delete(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends as a kill would: nothing is finished, nothing is said. */
    void kill() {
        reactor.close();
        phase.abandon();
        spine.sandbox().close();
        spine.repositories().close();
        spine.store().close();
    }
}
