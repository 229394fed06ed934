package dev.rondo.actions;

import java.util.Optional;

/**
 * {@code environment}: where a job deploys to.
 *
 * @param url evaluated when the job is done, since it may name outputs of steps
 * @param deployment false where the job only wants the environment's secrets and variables
 */
public record JobEnvironment(Template name, Optional<Template> url, boolean deployment) {

    static JobEnvironment of(Template written) {
        if (written instanceof Template.Mapping mapping) {
            return new JobEnvironment(
                    mapping.get("name").orElse(Template.Mapping.EMPTY),
                    mapping.get("url"),
                    !mapping.get("deployment").map(Template::source).orElse("").equals("false"));
        }
        return new JobEnvironment(written, Optional.empty(), true);
    }

    /** The name; empty means that the job has no environment. */
    public String name(Scope scope) {
        return name.value(scope).text().strip();
    }
}
