/** What a phase is: the one contract that all eight fulfil, and the spine that each is given. */
@NullMarked
package dev.rondo.phase;

import org.jspecify.annotations.NullMarked;
