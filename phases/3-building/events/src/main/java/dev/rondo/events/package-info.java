/**
 * What happens in a project, as workflows see it: the name of the event, its payload in the shape
 * of GitHub's webhooks, and the ref and commit that a run of it has. Reads, decides nothing about
 * runs, writes nothing.
 */
@NullMarked
package dev.rondo.events;

import org.jspecify.annotations.NullMarked;
