/** What starts workflows: events, times, and people who ask for it. */
@NullMarked
package dev.rondo.triggers;

import org.jspecify.annotations.NullMarked;
