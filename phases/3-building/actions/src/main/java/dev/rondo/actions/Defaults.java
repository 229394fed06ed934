package dev.rondo.actions;

import java.util.Optional;

/** {@code defaults.run}: for all steps below that say nothing themselves. */
public record Defaults(Optional<Template> shell, Optional<Template> workingDirectory) {

    static Defaults of(Template.Mapping keys) {
        Template.Mapping run = keys.mapping("defaults").mapping("run");
        return new Defaults(run.get("shell"), run.get("working-directory"));
    }

    /** These, and where they are silent those of the workflow around. */
    public Defaults or(Defaults around) {
        return new Defaults(shell.or(around::shell), workingDirectory.or(around::workingDirectory));
    }
}
