/** Rondo's speed as ratios against real peers, in one run on one machine. */
@NullMarked
package dev.rondo.bench;

import org.jspecify.annotations.NullMarked;
