/**
 * Testing: keeps what a run's tools reported as evidence, shows it, and lets the quality gate
 * decide on it. The gate's rules are pure; the {@code report} verb of the command line needs no
 * server.
 */
@NullMarked
package dev.rondo.testing;

import org.jspecify.annotations.NullMarked;
