package dev.rondo.settings.view;

import java.time.Instant;

/** A variable of a project or of an environment. */
public record VariableView(String name, String value, String by, Instant at) {}
