package dev.rondo.engine;

import dev.rondo.records.JobResult;
import dev.rondo.records.JobStore;
import dev.rondo.records.Run;
import dev.rondo.records.RunJob;
import dev.rondo.records.RunRows;
import dev.rondo.records.RunStore;
import dev.rondo.records.Waits;
import dev.rondo.store.Micros;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The jobs of a run that is led, kept in memory: each change is written first, with its event, and
 * only then seen. Used by the run's own thread alone.
 */
final class Board {
    private final Workshop shop;
    private final Run run;
    private Waits told;
    private final Map<String, RunJob> rows = new LinkedHashMap<>();

    Board(Workshop shop, Run run) {
        this.shop = shop;
        this.run = run;
        this.told = run.progress().waits();
        shop.spine()
                .store()
                .read(sql -> RunRows.jobs(sql, run.id()))
                .forEach(row -> rows.put(row.id(), row));
    }

    /** Who was asked to end meanwhile: the one thing that others write. */
    void readStops() {
        Map<String, String> stops = shop.spine().store().read(sql -> RunRows.stops(sql, run.id()));
        stops.forEach((id, reason) ->
                row(id).ifPresent(row -> rows.put(id, row.with(row.gate().stop(reason)))));
    }

    List<RunJob> all() {
        return List.copyOf(rows.values());
    }

    Optional<RunJob> row(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    /** The jobs of one workflow: of the first one, or of that which a job calls. */
    List<RunJob> within(String caller) {
        return rows.values().stream().filter(row -> row.call().caller().equals(caller)).toList();
    }

    boolean finished() {
        return rows.values().stream().allMatch(RunJob::finished);
    }

    /** Puts others in the place of a row. */
    void replace(RunJob row, List<RunJob> others) {
        shop.spine()
                .store()
                .update(tx -> {
                    shop.jobs().remove(tx.sql(), run.id(), row.id());
                    others.forEach(one -> shop.jobs().put(tx.sql(), one));
                });
        rows.remove(row.id());
        var all = new ArrayList<>(rows.values());
        all.addAll(others);
        rows.clear();
        RunJob.arranged(all).forEach(one -> rows.put(one.id(), one));
        shop.changed(run);
    }

    /** A job that calls a workflow now has that one's jobs below it. */
    void open(RunJob row, String inputs, List<RunJob> below) {
        RunJob opened =
                row.started(Micros.now())
                        .with(new RunJob.Call(row.call().caller(), row.call().calls(), inputs));
        var all = new ArrayList<RunJob>();
        all.add(opened);
        all.addAll(below);
        replace(row, all);
    }

    RunJob start(RunJob row) {
        RunJob started = row.started(Micros.now());
        shop.spine().store().update(tx -> shop.jobs().start(tx, run, started));
        rows.put(row.id(), started);
        shop.changed(run);
        return started;
    }

    void finish(RunJob row, JobResult result) {
        RunJob ended = row.ended(result, Micros.now());
        shop.spine().store().update(tx -> shop.jobs().finish(tx, run, ended, result));
        rows.put(row.id(), ended);
        shop.changed(run);
    }

    /** A run in which nothing runs since all waits for people, a timer or a runner waits itself. */
    void tellWaits() {
        boolean busy =
                rows.values().stream()
                        .anyMatch(row ->
                                row.running() && row.call().calls().isEmpty()
                                        || row.state().equals("queued")
                                                && !row.gate().waits().waiting());
        Waits now =
                busy
                        ? Waits.NOT
                        : rows.values().stream()
                                .filter(row -> !row.finished())
                                .map(row -> row.gate().waits())
                                .filter(why -> why.held() || why.kind().equals("labels"))
                                .findFirst()
                                .orElse(Waits.NOT);
        if (!now.equals(told)) {
            told = now;
            shop.spine().store().update(tx -> RunStore.waits(tx.sql(), run.id(), now));
            shop.changed(run);
        }
    }

    /** Says why a job waits; nothing happens where that is known. */
    void waits(RunJob row, Waits why) {
        if (row.gate().waits().equals(why)) {
            return;
        }
        shop.spine().store().update(tx -> JobStore.waits(tx.sql(), row, why));
        rows.put(row.id(), row.with(why));
        shop.changed(run);
    }
}
