package dev.rondo.sandbox;

/**
 * What a program uses now.
 *
 * @param cpuSeconds user and system time since its start, all processes
 * @param memoryBytes working set: what could not be taken away without hurting it
 */
public record Reading(double cpuSeconds, long memoryBytes, int processes) {}
