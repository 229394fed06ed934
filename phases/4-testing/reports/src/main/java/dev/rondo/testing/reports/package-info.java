/**
 * Readers of test, coverage and finding reports. The files come from jobs that are not trusted:
 * each is read as a stream, with a bound on everything, and told in one vocabulary whatever its
 * format. Faults are named by text keys, which the phase's own module says in words.
 */
@NullMarked
package dev.rondo.testing.reports;

import org.jspecify.annotations.NullMarked;
