package dev.rondo.access;

import java.time.Instant;

/** A project: one repository, one backlog, one set of services. The name is its address. */
public record Project(
        String name, String title, String description, String defaultBranch, Instant createdAt) {}
