/**
 * Testing: reads what a run's tools reported (tests, coverage, findings), keeps it as evidence, and
 * lets the quality gate decide on it. The readers and the gate's rules are pure; they also serve the
 * {@code report} verb of the command line, which needs no server.
 */
@NullMarked
package dev.rondo.testing;

import org.jspecify.annotations.NullMarked;
