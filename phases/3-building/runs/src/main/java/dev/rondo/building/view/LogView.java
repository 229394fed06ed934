package dev.rondo.building.view;

import dev.rondo.joblogs.LogLine;
import java.util.List;

/** The log of a job: its steps, and the lines from {@code from} up to {@code next}. */
public record LogView(
        RunRow run, JobView job, List<StepView> steps, List<LogLine> lines, long from, long next) {

    public boolean more() {
        return from > 0;
    }
}
