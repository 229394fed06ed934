package dev.rondo.jobs;

import dev.rondo.actions.Value;
import java.util.Map;

/**
 * What the expressions of a job see at its beginning. {@code github} lacks what only the job knows
 * (workspace, token, event's path); {@code matrix} is {@link Value#NOTHING} without one.
 */
public record Contexts(
        Map<String, Value> github,
        Value needs,
        Value strategy,
        Value matrix,
        Value inputs,
        Value vars) {}
