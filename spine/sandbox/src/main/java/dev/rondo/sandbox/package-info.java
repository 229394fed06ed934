/**
 * Runs programs that are not trusted: jobs to their end, deployed instances until they are stopped.
 * One interface for both ({@link dev.rondo.sandbox.Sandbox}); what a program may use is said by
 * {@link dev.rondo.sandbox.Program}; how it ended by {@link dev.rondo.sandbox.Ending}. What is
 * Rondo's own fault is a {@link dev.rondo.sandbox.SandboxFailure} instead.
 */
@NullMarked
package dev.rondo.sandbox;

import org.jspecify.annotations.NullMarked;
