package dev.rondo.engine;

import dev.rondo.actions.ExpressionFault;
import dev.rondo.actions.Scope;
import dev.rondo.actions.Value;
import dev.rondo.actions.Workflow;
import dev.rondo.actions.WorkflowTree;
import dev.rondo.records.JobResult;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import dev.rondo.records.RunRows;
import dev.rondo.records.RunStore;
import dev.rondo.records.Waits;
import dev.rondo.store.Micros;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Leads one run from its queue to its end, on a virtual thread that mostly waits. What happened
 * stands in the database before it has an effect, so a new one can take over after a crash.
 */
final class LiveRun {
    private final Workshop shop;
    private final Run run;
    private final Crew crew;
    private final Board board;
    private final Level first;
    private final Map<String, Level> levels = new LinkedHashMap<>();
    private final Expansion expansion;
    private final Places places;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final Stops stops;
    private final Briefing briefing;
    private boolean holdsGroup;
    private boolean over;
    private long wakeAt;

    LiveRun(Workshop shop, Run run, WorkflowTree tree, Calls calls, Crew crew) {
        this.shop = shop;
        this.run = run;
        this.crew = crew;
        this.board = new Board(shop, run);
        this.expansion = new Expansion(board);
        this.places = new Places(crew, shop.spine().store().read(sql -> Places.repairs(sql, run)));
        Map<String, Value> github =
                shop.spine().store().read(sql -> shop.github(sql, run, tree.workflow()));
        this.first = Level.first(tree, github, shop.settings().variables().open(run.project(), ""));
        this.stops = new Stops(shop, run, board);
        this.briefing = new Briefing(shop, run, board, calls);
    }

    /** Asks for the run's group; before others may ask, so that their order is that of the runs. */
    void begin() {
        Optional<Gates.Passage> way;
        try {
            way = crew.gates().group(run, first);
        } catch (ExpressionFault e) {
            end("failure", e.message());
            return;
        }
        holdsGroup = way.isEmpty();
        switch (way.orElseGet(() -> new Gates.Passage.Blocked(Waits.NOT, 0))) {
            case Gates.Passage.Blocked blocked when !holdsGroup -> {
                shop.spine()
                        .store()
                        .update(tx -> RunStore.waits(tx.sql(), run.id(), blocked.why()));
                shop.changed(run);
            }
            case Gates.Passage.Ended ended ->
                    end(ended.result().outcome(), ended.result().message());
            default -> {}
        }
    }

    /** Something that the run waits for may have changed; from any thread. */
    void look() {
        signals.add(new Signal.Look());
    }

    /** Returns when the run has ended, or when the thread is interrupted because Rondo stops. */
    void lead() throws InterruptedException {
        while (!holdsGroup && !over) {
            if (stops.asked()) {
                end("cancelled", stops.why());
            } else {
                handle(signals.take());
                if (!stops.asked()) {
                    begin();
                }
            }
        }
        if (over) {
            return;
        }
        shop.spine().store().update(tx -> shop.runs().start(tx, run));
        shop.changed(run);
        reopen(first);
        while (!advance()) {
            long left = Math.max(1, wakeAt - Micros.now());
            Optional.ofNullable(signals.poll(left, TimeUnit.MICROSECONDS)).ifPresent(this::handle);
            stops.endWhenOld();
        }
    }

    void interruptJobs() {
        places.interrupt();
    }

    private void handle(Signal signal) {
        switch (signal) {
            case Signal.Granted granted -> launch(granted.job());
            case Signal.Ended ended -> ended(ended.job(), ended.result());
            case Signal.Look look -> {
                stops.read();
                board.readStops();
            }
        }
    }

    /** Finds the workflows again that were called before Rondo ended. */
    private void reopen(Level level) {
        levels.put(level.caller(), level);
        var graph = new JobGraph(level.workflow(), board.within(level.caller()));
        for (RunJob row : board.within(level.caller())) {
            if (!row.call().calls().isEmpty() && row.running()) {
                Workflow.Job job = level.workflow().job(row.job()).orElseThrow();
                Scope scope = expansion.scope(level, graph, job, row);
                reopen(level.called(job, row, scope, Value.json(row.call().inputs())));
            }
        }
    }

    /** Starts what can be started; true when the run has ended. */
    private boolean advance() {
        boolean moved = true;
        while (moved) {
            moved = false;
            wakeAt = stops.deadline();
            for (Level level : List.copyOf(levels.values())) {
                for (Workflow.Job job : level.workflow().jobs()) {
                    moved |= advance(level, job);
                }
            }
            wakeAt = Math.min(wakeAt, stops.deadline());
        }
        if (!board.finished()) {
            board.tellWaits();
            return false;
        }
        String message = stops.why().isEmpty() ? JobGraph.message(board.all()) : stops.why();
        end(JobGraph.outcome(board.all(), stops.asked()), message);
        return true;
    }

    /** Jobs about which nothing was decided, as in a run that never began, end with it. */
    private void end(String outcome, String message) {
        over = true;
        board.all().stream()
                .filter(row -> !row.finished())
                .forEach(row -> board.finish(row, JobResult.of("cancelled", "")));
        shop.spine()
                .store()
                .update(tx -> {
                    Run now = RunRows.run(tx.sql(), run.id()).orElse(run);
                    shop.runs().finish(tx, now, outcome, message, board.all());
                    crew.gates().groups().leave(tx, run.id(), "");
                });
        shop.changed(run);
    }

    /** True when a job was decided, opened or ended, so that others may follow. */
    private boolean advance(Level level, Workflow.Job job) {
        boolean moved = false;
        var graph = new JobGraph(level.workflow(), board.within(level.caller()));
        for (RunJob row : graph.of(job.id())) {
            if (row.finished()) {
                continue;
            }
            try {
                moved |= advance(level, graph, job, row);
            } catch (ExpressionFault e) {
                finish(row, JobResult.of("failure", e.message()));
                moved = true;
            }
        }
        return moved;
    }

    private boolean advance(Level level, JobGraph graph, Workflow.Job job, RunJob row) {
        Optional<String> reason = stops.reason(level, graph, job, row);
        if (reason.isPresent()) {
            return cancel(row, reason.get());
        }
        return switch (row.state()) {
            case "waiting" -> graph.ready(job) && decide(level, graph, job, row);
            case "queued" ->
                    row.call().calls().isEmpty()
                            ? queue(level, graph, job, row)
                            : open(level, graph, job, row);
            default -> !row.call().calls().isEmpty() && close(row);
        };
    }

    /** Ends a job, or with a called workflow all of its jobs; true when it ended at once. */
    private boolean cancel(RunJob row, String reason) {
        if (row.opened()) {
            board.within(row.id()).stream()
                    .filter(below -> !below.finished())
                    .forEach(below -> cancel(below, reason));
            return close(row);
        }
        Optional<JobThread> thread = places.thread(row.id());
        if (thread.isEmpty()) {
            finish(row, JobResult.of("cancelled", reason));
            return true;
        }
        if (stops.force(row)) {
            thread.get().kill();
        } else {
            thread.get().cancel();
        }
        return false;
    }

    private void finish(RunJob row, JobResult result) {
        places.leave(row.id());
        board.finish(row, result);
        crew.gates().groups().leave(run.id(), row.id());
    }

    private boolean decide(Level level, JobGraph graph, Workflow.Job job, RunJob row) {
        boolean cancelled = stops.asked();
        if (!graph.holds(job, level.scope(job, graph), cancelled)) {
            finish(row, JobResult.of(cancelled ? "cancelled" : "skipped", ""));
        } else {
            board.replace(row, expansion.rows(level, graph, job, row, Micros.now()));
        }
        return true;
    }

    private boolean queue(Level level, JobGraph graph, Workflow.Job job, RunJob row) {
        if (places.has(row.id()) || full(level, graph, job, row)) {
            return false;
        }
        Scope scope = expansion.scope(level, graph, job, row);
        return switch (crew.gates().pass(run, level, job, row, scope)) {
            case Gates.Passage.Blocked blocked -> blocked(row, blocked);
            case Gates.Passage.Ended ended -> {
                finish(row, ended.result());
                yield true;
            }
            case Gates.Passage.Free free -> {
                board.waits(row, Waits.NOT);
                places.ask(
                        run,
                        row,
                        new Places.Place(level, job, free.station()),
                        () -> signals.add(new Signal.Granted(row.id())));
                yield false;
            }
        };
    }

    /** How many of a matrix are on their way is bounded by {@code max-parallel}. */
    private boolean full(Level level, JobGraph graph, Workflow.Job job, RunJob row) {
        Optional<Integer> most = expansion.full(level, graph, job, row, places::has);
        most.ifPresent(bound -> board.waits(row, Waits.of("parallel", bound)));
        return most.isPresent();
    }

    private boolean blocked(RunJob row, Gates.Passage.Blocked blocked) {
        board.waits(row, blocked.why());
        wakeAt = Math.min(wakeAt, blocked.until());
        return false;
    }

    /** Puts the jobs of the workflow that a job calls into the run. */
    private boolean open(Level level, JobGraph graph, Workflow.Job job, RunJob row) {
        if (full(level, graph, job, row)) {
            return false;
        }
        Scope scope = expansion.scope(level, graph, job, row);
        Value.Obj given = level.given(job, scope);
        Level inner = level.called(job, row, scope, given);
        Optional<Gates.Passage> way =
                crew.gates()
                        .group(run, level, job.concurrency(), row.id(), scope)
                        .or(() ->
                                crew.gates()
                                        .group(
                                                run,
                                                level,
                                                inner.workflow().concurrency(),
                                                row.id() + "/",
                                                inner.scope()));
        if (way.isPresent()) {
            return switch (way.get()) {
                case Gates.Passage.Blocked blocked -> blocked(row, blocked);
                case Gates.Passage.Ended ended -> {
                    finish(row, ended.result());
                    yield true;
                }
                case Gates.Passage.Free free -> false;
            };
        }
        board.open(row, given.toJson(), inner.rows(run.id()));
        levels.put(inner.caller(), inner);
        return true;
    }

    /** Ends a job that calls a workflow once all of that one's jobs have ended. */
    private boolean close(RunJob row) {
        Level inner = levels.get(row.id());
        List<RunJob> below = board.within(row.id());
        if (inner == null || row.finished() || !below.stream().allMatch(RunJob::finished)) {
            return false;
        }
        var graph = new JobGraph(inner.workflow(), below);
        levels.remove(row.id());
        JobResult result;
        try {
            result =
                    new JobResult(
                            graph.result(),
                            false,
                            row.gate().stop(),
                            Value.of(inner.outputs(graph)).toJson(),
                            List.of(),
                            "");
        } catch (ExpressionFault e) {
            result = JobResult.of("failure", e.message());
        }
        finish(row, result);
        failFast(row, result);
        return true;
    }

    private void launch(String id) {
        Optional<RunJob> row = board.row(id).filter(one -> one.state().equals("queued"));
        Optional<Places.Place> place = places.of(id);
        if (row.isEmpty() || place.isEmpty()) {
            places.leave(id);
            return;
        }
        Level level = place.get().level();
        Workflow.Job job = place.get().job();
        JobTask task;
        try {
            task = briefing.task(level, job, board.start(row.get()), place.get().station());
        } catch (ExpressionFault e) {
            finish(board.row(id).orElseThrow(), JobResult.of("failure", e.message()));
            return;
        }
        places.run(
                id,
                new JobThread(
                        shop,
                        task,
                        (ended, result) -> signals.add(new Signal.Ended(ended, result))));
    }

    private void ended(String id, JobResult result) {
        Optional<RunJob> row = board.row(id).filter(one -> !one.finished());
        if (row.isEmpty()) {
            return;
        }
        boolean stopped =
                result.outcome().equals("cancelled") && !row.get().gate().stop().isEmpty();
        finish(row.get(), stopped ? result.because(row.get().gate().stop()) : result);
        failFast(row.get(), result);
    }

    /** One combination that failed ends the others, unless it is said otherwise. */
    private void failFast(RunJob failed, JobResult result) {
        Level level = levels.get(failed.call().caller());
        if (level == null || !result.outcome().equals("failure") || result.allowed()) {
            return;
        }
        var graph = new JobGraph(level.workflow(), board.within(level.caller()));
        Workflow.Job job = level.workflow().job(failed.job()).orElseThrow();
        if (graph.of(job.id()).size() > 1 && level.parallel(job, graph).failFast()) {
            for (RunJob other : graph.of(job.id())) {
                if (!other.finished()) {
                    cancel(
                            other,
                            "The strategy configuration was canceled because \"%s\" failed"
                                    .formatted(failed.id()));
                }
            }
        }
    }
}
