package dev.rondo.git;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where git may put its own files, and its limits.
 *
 * @param home a folder that belongs to this module: git's configuration and spooled requests
 * @param maxPushBytes the largest push, as it arrives
 * @param maxTime the longest that one fetch or push may take
 * @param maxProcesses how many native git processes may run for clients at once
 * @param pushesPerTidying after how many pushes a repository is repacked in the background; 0 for
 *     never
 */
public record GitSettings(
        Path home, long maxPushBytes, Duration maxTime, int maxProcesses, int pushesPerTidying) {

    /** The largest negotiation of a fetch: about a million object names. */
    static final long MAX_REQUEST_BYTES = 64L << 20;

    /** The usual limits: 2 GiB and one hour a push, 24 processes, tidying each 20 pushes. */
    public static GitSettings in(Path home) {
        return new GitSettings(home, 2L << 30, Duration.ofHours(1), 24, 20);
    }

    public GitSettings withMaxPushBytes(long bytes) {
        return new GitSettings(home, bytes, maxTime, maxProcesses, pushesPerTidying);
    }
}
