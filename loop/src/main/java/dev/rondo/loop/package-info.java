/**
 * What looks across the phases, from the journal alone: home, the thread of a change, DORA, the
 * timeline, the handbook, commands and the webhooks that carry events out.
 */
@NullMarked
package dev.rondo.loop;

import org.jspecify.annotations.NullMarked;
