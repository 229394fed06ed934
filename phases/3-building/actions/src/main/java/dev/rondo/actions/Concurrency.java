package dev.rondo.actions;

import java.util.Optional;

/**
 * {@code concurrency}: of one group one run goes on and one waits.
 *
 * @param cancelInProgress a truth or an expression; without it nothing is cancelled
 * @param keepsAll {@code queue: max}: those that wait are kept in order, not replaced by the newest
 */
public record Concurrency(Template group, Optional<Template> cancelInProgress, boolean keepsAll) {

    static Concurrency of(Template written) {
        if (written instanceof Template.Mapping mapping) {
            return new Concurrency(
                    mapping.get("group").orElse(Template.Mapping.EMPTY),
                    mapping.get("cancel-in-progress"),
                    mapping.get("queue").map(Template::source).orElse("").equals("max"));
        }
        return new Concurrency(written, Optional.empty(), false);
    }

    /** The group's name; groups are the same in any case. Empty means no group. */
    public String group(Scope scope) {
        Value name = group.value(scope);
        if (!name.primitive()) {
            throw ExpressionFault.evaluation(
                    "The concurrency group must be a text, but it is of the kind " + name.kind());
        }
        return name.text();
    }

    /** Throws {@link ExpressionFault} where the value is neither true nor false. */
    public boolean cancelsInProgress(Scope scope) {
        return cancelInProgress
                .map(template -> Truths.of("cancel-in-progress", template.value(scope)))
                .orElse(false);
    }
}
