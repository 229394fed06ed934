package dev.rondo.joblogs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** Reads a log from its beginning to its end: for its groups, and for words. */
public final class LogScan {
    /** So many groups and matches are told at most. */
    private static final int MOST = 5_000;

    /** A log may be tens of megabytes: so many are read through at the same time. */
    private static final Semaphore PLACES = new Semaphore(4);

    private LogScan() {}

    private interface Eye {
        /** False when enough was seen. */
        boolean see(long number, String step, String text);
    }

    private static void scan(LogFile log, Eye eye) {
        if (!log.exists()) {
            return;
        }
        PLACES.acquireUninterruptibly();
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(
                                Files.newInputStream(log.file()), StandardCharsets.UTF_8),
                        1 << 16)) {
            long number = 0;
            String line = lines.readLine();
            while (line != null && eye.see(number, step(line), text(line))) {
                number++;
                line = lines.readLine();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            PLACES.release();
        }
    }

    private static String step(String line) {
        int first = line.indexOf('\t');
        int second = line.indexOf('\t', first + 1);
        return first < 0 || second < 0 ? "" : line.substring(first + 1, second);
    }

    private static String text(String line) {
        int second = line.indexOf('\t', line.indexOf('\t') + 1);
        return line.substring(second + 1);
    }

    /**
     * Pairs of first and last line; -1 where the end has not come yet. Where a line of another step
     * comes between, a group ends in front of it.
     */
    public static List<long[]> groups(LogFile log) {
        var groups = new ArrayList<long[]>();
        var open = new ArrayDeque<long[]>();
        var last = new AtomicReference<>("");
        scan(
                log,
                (number, step, text) -> {
                    if (!step.equals(last.getAndSet(step))) {
                        open.forEach(group -> group[1] = number - 1);
                        open.clear();
                    }
                    if (text.startsWith("##[group]")) {
                        long[] group = {number, -1};
                        groups.add(group);
                        open.push(group);
                    } else if (text.equals("##[endgroup]") && !open.isEmpty()) {
                        open.pop()[1] = number;
                    }
                    return groups.size() < MOST || !open.isEmpty();
                });
        return groups;
    }

    /** Numbers of lines; {@code more} when there would be further ones. */
    public record Matches(List<Long> lines, boolean more) {}

    /** Lines that hold a word in any case. */
    public static Matches matches(LogFile log, String word) {
        String wanted = word.toLowerCase(Locale.ROOT);
        var found = new ArrayList<Long>();
        if (wanted.isBlank()) {
            return new Matches(List.of(), false);
        }
        scan(
                log,
                (number, step, text) -> {
                    String shown =
                            text.indexOf('\u001b') < 0
                                    ? text
                                    : text.replaceAll("\u001b\\[[0-9;:]*m", "");
                    if (shown.toLowerCase(Locale.ROOT).contains(wanted)) {
                        found.add(number);
                    }
                    return found.size() <= MOST;
                });
        return new Matches(
                List.copyOf(found.subList(0, Math.min(found.size(), MOST))), found.size() > MOST);
    }
}
