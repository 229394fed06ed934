package dev.rondo.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * The control group of one program: several folders in version 1, one in version 2, none where
 * nothing can be written. File names of both versions are tried, since none is used by both for
 * different things.
 */
record Group(List<Path> folders) {

    boolean none() {
        return folders.isEmpty();
    }

    void set(String file, String value) throws IOException {
        for (var folder : folders) {
            var path = folder.resolve(file);
            if (Files.exists(path)) {
                Files.writeString(path, value);
            }
        }
    }

    /** How often the kernel killed a process of it for memory. */
    long memoryKills() {
        return Math.max(
                line("memory.oom_control", "oom_kill ").orElse(0),
                line("memory.events", "oom_kill ").orElse(0));
    }

    /** How often a fork was refused. */
    long refusedForks() {
        return line("pids.events", "max ").orElse(0);
    }

    OptionalLong cpuNanos() {
        var first = line("cpuacct.usage", "");
        if (first.isPresent()) {
            return first;
        }
        var second = line("cpu.stat", "usage_usec ");
        return second.isPresent() ? OptionalLong.of(second.getAsLong() * 1000) : second;
    }

    OptionalLong memoryBytes() {
        var used = or(line("memory.usage_in_bytes", ""), line("memory.current", ""));
        if (used.isEmpty()) {
            return used;
        }
        long cache =
                or(
                                line("memory.stat", "total_inactive_file "),
                                line("memory.stat", "inactive_file "))
                        .orElse(0);
        return OptionalLong.of(Math.max(0, used.getAsLong() - cache));
    }

    OptionalLong peakBytes() {
        return or(line("memory.max_usage_in_bytes", ""), line("memory.peak", ""));
    }

    List<Long> processes() {
        return folders.stream()
                .flatMap(folder -> ProcFiles.text(folder.resolve("cgroup.procs")).lines())
                .map(Long::parseLong)
                .distinct()
                .toList();
    }

    /** The kernel refuses while a process is still on its way out; what is left is swept later. */
    boolean removed() {
        boolean gone = true;
        for (var folder : folders) {
            try {
                Files.deleteIfExists(folder);
            } catch (IOException e) {
                gone = false;
            }
        }
        return gone;
    }

    private OptionalLong line(String file, String start) {
        for (var folder : folders) {
            for (var line : ProcFiles.text(folder.resolve(file)).split("\n")) {
                if (line.startsWith(start) && !line.isBlank()) {
                    var value = line.substring(start.length()).trim();
                    if (value.chars().allMatch(Character::isDigit)) {
                        return OptionalLong.of(Long.parseLong(value));
                    }
                }
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong or(OptionalLong first, OptionalLong second) {
        return first.isPresent() ? first : second;
    }
}
