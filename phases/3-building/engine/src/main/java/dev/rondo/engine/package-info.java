/** Leads runs: from the first job that may begin to the end of the last one. */
@NullMarked
package dev.rondo.engine;

import org.jspecify.annotations.NullMarked;
