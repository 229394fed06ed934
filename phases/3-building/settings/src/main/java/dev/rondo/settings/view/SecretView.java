package dev.rondo.settings.view;

import java.time.Instant;

/** A secret without its value. */
public record SecretView(String name, String by, Instant at) {}
