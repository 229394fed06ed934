/**
 * The store of metrics: labelled series of numbers over time, in SQLite files of their own, one per
 * UTC day, as Gorilla chunks of 120 samples; the label index stands in memory. {@link
 * dev.rondo.monitoring.metrics.MetricStore#fetch} is the border: whoever asks knows nothing of
 * files and chunks.
 */
@NullMarked
package dev.rondo.monitoring.metrics;

import org.jspecify.annotations.NullMarked;
