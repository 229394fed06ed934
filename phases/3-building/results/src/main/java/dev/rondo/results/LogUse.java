package dev.rondo.results;

/** How much the logs of a project's runs take; asked by the page that shows the figures of use. */
@FunctionalInterface
public interface LogUse {

    /** In bytes. */
    long bytes(String project);
}
