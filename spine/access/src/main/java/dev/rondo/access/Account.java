package dev.rondo.access;

import java.time.Instant;

/** A person, or a program that acts for one. {@code language} and {@code theme} may be empty. */
public record Account(
        String name,
        String title,
        String email,
        boolean admin,
        String language,
        String theme,
        boolean disabled,
        Instant createdAt) {}
