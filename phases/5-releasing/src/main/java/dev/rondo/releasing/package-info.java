/**
 * Releasing: from a change that passed its gate to a version with notes, a way back, the approvals
 * that its environments ask for, and a place in the calendar.
 */
@NullMarked
package dev.rondo.releasing;

import org.jspecify.annotations.NullMarked;
