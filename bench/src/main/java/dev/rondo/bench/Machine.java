package dev.rondo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What the figures were measured on. */
final class Machine {

    private static final Path PROC = Path.of("/proc");

    private Machine() {}

    static String describe() {
        try {
            return String.format(
                    Locale.ROOT,
                    "%d cores, %.0f GiB, %s, Linux %s, Java %s, load %s",
                    Runtime.getRuntime().availableProcessors(),
                    kib(PROC.resolve("meminfo"), "MemTotal:") / 1024.0 / 1024.0,
                    distribution(),
                    System.getProperty("os.version"),
                    System.getProperty("java.version"),
                    Files.readString(PROC.resolve("loadavg")).split(" ")[0]);
        } catch (IOException unreadable) {
            return System.getProperty("os.name");
        }
    }

    private static String distribution() throws IOException {
        return Files.readAllLines(Path.of("/etc/os-release")).stream()
                .filter(line -> line.startsWith("PRETTY_NAME="))
                .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", ""))
                .findFirst()
                .orElse("Linux");
    }

    /** CPU seconds that a process has used so far, in itself and in children it waited for. */
    static double cpuSeconds(long pid) throws IOException {
        var stat = Files.readString(PROC.resolve(pid + "/stat"));
        // The name stands in brackets and may hold blanks; proc(5), fields 14 to 17.
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int field = 11; field <= 14; field++) {
            ticks += Long.parseLong(fields[field]);
        }
        return ticks / 100.0;
    }

    static double residentMebibytes(long pid) throws IOException {
        return kib(PROC.resolve(pid + "/status"), "VmRSS:") / 1024.0;
    }

    private static long kib(Path file, String key) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new BenchFailure(file + " has no " + key));
    }
}
