package dev.rondo.web;

import dev.rondo.journal.Subject;
import java.util.Optional;

/** Turns a subject into the path of its page; the phase that owns the kind knows it. */
@FunctionalInterface
public interface Links {
    Optional<String> url(String project, Subject subject);
}
