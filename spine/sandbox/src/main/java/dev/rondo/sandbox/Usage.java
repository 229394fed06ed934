package dev.rondo.sandbox;

import java.time.Duration;

/** What a program used until its end; CPU and memory are 0 where nothing could measure them. */
public record Usage(Duration wallTime, double cpuSeconds, long peakMemoryBytes) {}
