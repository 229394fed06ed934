/**
 * Phase 8, monitoring: samples what Rondo measures, judges canaries, watches over alert rules and
 * draws it all. Metrics are kept by {@code dev.rondo.monitoring.metrics}, verdicts are reached by
 * {@code dev.rondo.monitoring.judgement}; this module brings both together with the journal.
 */
@NullMarked
package dev.rondo.monitoring;

import org.jspecify.annotations.NullMarked;
