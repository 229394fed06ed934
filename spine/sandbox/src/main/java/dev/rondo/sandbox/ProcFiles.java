package dev.rondo.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What Linux tells in /proc. Processes come and go: what cannot be read is not there. */
final class ProcFiles {

    private static final Path PROC = Path.of("/proc");
    private static final double TICKS_PER_SECOND = 100;

    private ProcFiles() {}

    /** One process as /proc/PID/stat shows it. */
    record Stat(long pid, long parent, double cpuSeconds, long started, int threads) {}

    /** Whether this process ignores a signal that usually ends one: HUP, INT, QUIT or PIPE. */
    static boolean ignoresSignals() {
        long usual = 1L << 0 | 1L << 1 | 1L << 2 | 1L << 12;
        return text(PROC.resolve("self/status"))
                .lines()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line ->
                        (Long.parseUnsignedLong(line.substring(7).strip(), 16) & usual) != 0);
    }

    static List<Stat> all() {
        var all = new ArrayList<Stat>();
        try (var entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (var entry : entries) {
                var stat = stat(Long.parseLong(entry.getFileName().toString()));
                if (stat.pid() != 0) {
                    all.add(stat);
                }
            }
        } catch (IOException e) {
            throw new SandboxFailure(SandboxFailure.Category.IO, "cannot read /proc", e);
        }
        return all;
    }

    /** pid 0 when there is none. */
    static Stat stat(long pid) {
        var text = text(PROC.resolve(pid + "/stat"));
        // The name in parentheses may hold spaces and parentheses itself.
        int end = text.lastIndexOf(')');
        if (end < 0) {
            return new Stat(0, 0, 0, 0, 0);
        }
        var field = text.substring(end + 2).trim().split(" ");
        boolean zombie = field[0].equals("Z") || field[0].equals("X");
        double cpu = (Long.parseLong(field[11]) + Long.parseLong(field[12])) / TICKS_PER_SECOND;
        return zombie
                ? new Stat(0, 0, 0, 0, 0)
                : new Stat(
                        pid,
                        Long.parseLong(field[1]),
                        cpu,
                        Long.parseLong(field[19]),
                        Integer.parseInt(field[17]));
    }

    /** All processes below one, without itself. */
    static List<Stat> below(long ancestor) {
        Map<Long, List<Stat>> byParent = new HashMap<>();
        for (var stat : all()) {
            byParent.computeIfAbsent(stat.parent(), key -> new ArrayList<>()).add(stat);
        }
        var below = new ArrayList<Stat>();
        var next = new ArrayList<>(List.of(ancestor));
        while (!next.isEmpty()) {
            for (var child : byParent.getOrDefault(next.removeLast(), List.of())) {
                below.add(child);
                next.add(child.pid());
            }
        }
        return below;
    }

    static long residentBytes(long pid) {
        for (var line : text(PROC.resolve(pid + "/status")).split("\n")) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        return 0;
    }

    static String commandLine(long pid) {
        return text(PROC.resolve(pid + "/cmdline")).replace('\0', ' ');
    }

    static boolean environmentHas(long pid, String variable) {
        return ("\0" + text(PROC.resolve(pid + "/environ"))).contains("\0" + variable);
    }

    /** The file's text, or the empty string. */
    static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
