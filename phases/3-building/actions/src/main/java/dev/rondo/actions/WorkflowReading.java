package dev.rondo.actions;

import java.util.List;

/** What reading a file gave. */
public sealed interface WorkflowReading {

    record Valid(Workflow workflow) implements WorkflowReading {}

    /**
     * At least one mistake, in the order of the file. {@code name} is the file's, if it was seen.
     */
    record Invalid(String file, String name, List<Mistake> mistakes) implements WorkflowReading {
        /** All mistakes, one a line, with file, line and column. */
        public String text() {
            return String.join("\n", mistakes.stream().map(m -> m.line(file)).toList());
        }
    }

    /** Reads a workflow file and checks all of it before anything runs. */
    static WorkflowReading read(String file, String text) {
        return read(file, text, Limits.GITHUB);
    }

    static WorkflowReading read(String file, String text, Limits limits) {
        return switch (new WorkflowReader(file, limits).read(text)) {
            case Valid valid -> {
                List<Mistake> mistakes = Filters.mistakes(valid.workflow().on());
                yield mistakes.isEmpty()
                        ? valid
                        : new Invalid(file, valid.workflow().name(), mistakes);
            }
            case Invalid invalid -> invalid;
        };
    }
}
