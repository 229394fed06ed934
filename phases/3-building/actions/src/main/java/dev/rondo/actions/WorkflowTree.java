package dev.rondo.actions;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A workflow with all that its jobs call.
 *
 * @param calls by the id of the job
 * @param permissions by the id of the job, where a file says something: the job, its workflow or a
 *     caller; elsewhere the installation's policy holds
 */
public record WorkflowTree(
        Workflow workflow, Map<String, Call> calls, Map<String, Permissions> permissions) {

    /**
     * A called workflow. {@code reference} is complete: {@code owner/name/path@ref}, or a path of
     * the repository that the first file lies in.
     */
    public record Call(
            String reference,
            Interface takes,
            Optional<Permissions> permissions,
            WorkflowTree tree) {}

    /** All jobs, those that call included. */
    public int jobs() {
        return workflow.jobs().size()
                + calls.values().stream().mapToInt(call -> call.tree().jobs()).sum();
    }

    /** Where called workflows come from. */
    @FunctionalInterface
    public interface Files {
        /** The text of a complete reference; empty where there is none or it may not be read. */
        Optional<String> text(String reference);

        /** Whether it can be said what a reference leads to; what is not known is left out. */
        default boolean known(String reference) {
            return true;
        }
    }

    /** The tree, or what is wrong with it, each mistake with its file. */
    public sealed interface Reading {
        record Valid(WorkflowTree tree) implements Reading {}

        record Invalid(List<Fault> faults) implements Reading {
            public String text() {
                return String.join("\n", faults.stream().map(Fault::line).toList());
            }
        }
    }

    /**
     * A mistake in one of the files.
     *
     * @param caller what stands in front for people who only know the first file; mostly empty
     */
    public record Fault(String file, Mistake mistake, String caller) {
        public String line() {
            return caller + mistake.line(file);
        }
    }

    /**
     * Reads a workflow and all that it calls, and checks one against the other: inputs, secrets,
     * permissions, depth, cycles.
     */
    public static Reading read(
            String file, String text, Files files, Limits limits, Permissions.Policy policy) {
        return new CallReader(files, limits, policy).read(file, text);
    }
}
