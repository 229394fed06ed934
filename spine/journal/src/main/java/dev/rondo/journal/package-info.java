/**
 * The event log, the heart of Rondo: every fact is appended in the transaction that changes the
 * state, with edges to its causes and a hash over the one before; reactions hear the facts in
 * order.
 */
@NullMarked
package dev.rondo.journal;

import org.jspecify.annotations.NullMarked;
