package dev.rondo.engine;

import dev.rondo.records.Run;
import dev.rondo.records.RunStep;
import dev.rondo.records.StepRows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down how the steps of one job stand, on a thread of its own: a step does not wait for the
 * disk, and what comes quickly is written together. All is written when it is closed.
 */
final class StepScribe implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StepScribe.class);
    private static final int WAITING = 1_000;

    private final Workshop shop;
    private final Run run;
    private final BlockingQueue<Page> pages = new ArrayBlockingQueue<>(WAITING);
    private final Thread thread;

    private sealed interface Page {
        record Step(RunStep row) implements Page {}

        record End() implements Page {}
    }

    StepScribe(Workshop shop, Run run, String job) {
        this.shop = shop;
        this.run = run;
        this.thread = Thread.ofVirtual().name("steps-" + run.id() + "-" + job).start(this::write);
    }

    void write(RunStep row) {
        put(new Page.Step(row));
    }

    private void write() {
        boolean open = true;
        while (open) {
            var taken = new ArrayList<Page>();
            try {
                taken.add(pages.take());
            } catch (InterruptedException e) {
                return;
            }
            pages.drainTo(taken);
            var rows = new LinkedHashMap<Integer, RunStep>();
            for (Page page : taken) {
                switch (page) {
                    case Page.Step step -> rows.put(step.row().place(), step.row());
                    case Page.End end -> open = false;
                }
            }
            if (!rows.isEmpty()) {
                save(rows);
            }
        }
    }

    private void save(LinkedHashMap<Integer, RunStep> rows) {
        try {
            shop.spine()
                    .store()
                    .update(tx ->
                            rows.values().forEach(row -> StepRows.save(tx.sql(), run.id(), row)));
            shop.changed(run);
        } catch (RuntimeException e) {
            LOG.error("steps of run {} could not be written", run.id(), e);
        }
    }

    private void put(Page page) {
        boolean interrupted = false;
        while (true) {
            try {
                pages.put(page);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        put(new Page.End());
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
