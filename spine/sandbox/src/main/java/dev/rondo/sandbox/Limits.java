package dev.rondo.sandbox;

import java.time.Duration;

/**
 * How much a program may use. Zero means no limit.
 *
 * @param memoryBytes resident memory of all its processes together, {@code /tmp} included
 * @param processes processes and threads at once
 * @param cores processors' worth of CPU time, such as 0.5
 * @param wallTime from its start on; of deployed instances usually zero
 * @param diskBytes what the writable mounts hold together
 * @param outputBytes what is passed on of its output; the rest is dropped after one line that says
 *     so
 */
public record Limits(
        long memoryBytes,
        int processes,
        double cores,
        Duration wallTime,
        long diskBytes,
        long outputBytes) {

    private static final long MIB = 1024L * 1024;

    /** 4 GiB, 2048 processes, an hour, 10 GiB on disk, 64 MiB of output. */
    public static Limits ofJob() {
        return new Limits(4096 * MIB, 2048, 0, Duration.ofHours(1), 10_240 * MIB, 64 * MIB);
    }

    /** 512 MiB, 512 processes, no end, 1 GiB on disk, logs turned over at 16 MiB. */
    public static Limits ofService() {
        return new Limits(512 * MIB, 512, 0, Duration.ZERO, 1024 * MIB, 16 * MIB);
    }

    public Limits withMemory(long bytes) {
        return new Limits(bytes, processes, cores, wallTime, diskBytes, outputBytes);
    }

    public Limits withProcesses(int count) {
        return new Limits(memoryBytes, count, cores, wallTime, diskBytes, outputBytes);
    }

    public Limits withCores(double count) {
        return new Limits(memoryBytes, processes, count, wallTime, diskBytes, outputBytes);
    }

    public Limits withWallTime(Duration time) {
        return new Limits(memoryBytes, processes, cores, time, diskBytes, outputBytes);
    }

    public Limits withDisk(long bytes) {
        return new Limits(memoryBytes, processes, cores, wallTime, bytes, outputBytes);
    }

    public Limits withOutput(long bytes) {
        return new Limits(memoryBytes, processes, cores, wallTime, diskBytes, bytes);
    }
}
