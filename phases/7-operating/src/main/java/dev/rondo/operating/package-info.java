/**
 * Operating: which services run, who cares for them, and what is done when one is in trouble. An
 * incident opens by itself from a rollback or an alert, gathers its evidence and its timeline from
 * the journal, calls the person on call, and resolves itself when a newer version is live.
 */
@NullMarked
package dev.rondo.operating;

import org.jspecify.annotations.NullMarked;
