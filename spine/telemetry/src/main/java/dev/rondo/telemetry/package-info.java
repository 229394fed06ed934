/**
 * The one port through which Rondo measures: the traffic router, the sandbox and Rondo itself write
 * counters, gauges and histograms here; monitoring reads them, and {@code /metrics} prints them.
 */
@NullMarked
package dev.rondo.telemetry;

import org.jspecify.annotations.NullMarked;
