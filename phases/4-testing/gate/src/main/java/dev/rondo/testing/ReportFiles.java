package dev.rondo.testing;

import dev.rondo.testing.reports.Limits;
import dev.rondo.testing.reports.Problem;
import dev.rondo.testing.reports.ReportFormat;
import dev.rondo.testing.reports.ReportReader;
import dev.rondo.testing.reports.Unreadable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The verb {@code rondo report FILE…}: reads reports on the user's own disk and says what is in
 * them, without a server. A FILE may be a file, a folder (every report in it is read, everything
 * else left aside), a glob, or {@code -} for standard input.
 *
 * <p>Exit codes: {@value #GOOD} all was read and no test failed; {@value #TESTS_FAILED} all was
 * read and a test failed or ended in error; {@value #UNREADABLE} a file could not be read, nothing
 * was found, or the arguments make no sense.
 */
public final class ReportFiles {
    public static final int GOOD = 0;
    public static final int TESTS_FAILED = 1;
    public static final int UNREADABLE = 2;

    private final Path directory;
    private final InputStream input;
    private final PrintStream out;
    private final PrintStream err;
    private final Sentences sentences;
    private final ReportReader reader = new ReportReader(Limits.STANDARD);

    /**
     * @param directory that relative names and globs start from
     * @param input read where FILE is {@code -}
     */
    public ReportFiles(
            Path directory, InputStream input, PrintStream out, PrintStream err, Locale locale) {
        this.directory = directory;
        this.input = input;
        this.out = out;
        this.err = err;
        this.sentences = Sentences.in(locale);
    }

    /** One file and what was in it, or why it could not be read. */
    record Reading(
            String name, List<ReportFormat> format, ReportSummary summary, List<Problem> faults) {}

    /**
     * @param arguments what follows {@code report} on the command line
     * @return the exit code
     */
    public int run(List<String> arguments) {
        boolean json = false;
        boolean options = true;
        var names = new ArrayList<String>();
        for (var argument : arguments) {
            if (options && argument.equals("--")) {
                options = false;
            } else if (options && argument.equals("--json")) {
                json = true;
            } else if (options && (argument.equals("--help") || argument.equals("-h"))) {
                out.println(sentences.say("testing.report.usage"));
                return GOOD;
            } else if (options && argument.startsWith("-") && argument.length() > 1) {
                err.println(sentences.say("testing.report.option", argument));
                return UNREADABLE;
            } else {
                names.add(argument);
            }
        }
        if (names.isEmpty()) {
            err.println(sentences.say("testing.report.usage"));
            return UNREADABLE;
        }
        return report(names, json);
    }

    private int report(List<String> names, boolean json) {
        var readings = new ArrayList<Reading>();
        for (var name : names) {
            readings.addAll(name.equals("-") ? List.of(standardInput()) : read(name));
        }
        var total = new ReportSummary();
        readings.forEach(reading -> total.add(reading.summary));
        if (json) {
            out.println(ReportOutput.json(readings, total, sentences));
        } else {
            ReportOutput.text(readings, total, sentences, out);
        }
        for (var reading : readings) {
            for (var fault : reading.faults) {
                err.println(ReportOutput.line(reading.name, fault, sentences));
            }
        }
        if (readings.stream().anyMatch(reading -> !reading.faults.isEmpty())) {
            return UNREADABLE;
        }
        return total.failures().isEmpty() ? GOOD : TESTS_FAILED;
    }

    private Reading standardInput() {
        return read("-", input);
    }

    private List<Reading> read(String name) {
        List<ReportSearch.Found> found;
        try {
            found = new ReportSearch(directory).find(name);
        } catch (Unreadable e) {
            return List.of(refused(name, e.problem()));
        }
        var readings = new ArrayList<Reading>();
        for (var file : found) {
            if (!file.named() && !looksLikeReport(file.path())) {
                continue;
            }
            readings.add(read(file));
        }
        if (readings.isEmpty()) {
            return List.of(refused(name, new Problem("testing.report.nothing", List.of(), 0, 0)));
        }
        return readings;
    }

    /** In a folder, what does not begin like a report is something else; a broken one is told. */
    private boolean looksLikeReport(Path file) {
        try (var in = Files.newInputStream(file)) {
            return ReportFormat.probable(in.readNBytes(ReportFormat.HEAD));
        } catch (IOException e) {
            return true;
        }
    }

    private Reading read(ReportSearch.Found file) {
        try (var in = Files.newInputStream(file.path())) {
            return read(file.name(), in);
        } catch (IOException e) {
            var problem = new Problem("testing.report.io", List.of(ReportSearch.reason(e)), 0, 0);
            return refused(file.name(), problem);
        }
    }

    private Reading read(String name, InputStream in) {
        var summary = new ReportSummary();
        try {
            var format = reader.read(in, summary);
            return new Reading(name, List.of(format), summary, List.of());
        } catch (Unreadable e) {
            return refused(name, e.problem());
        }
    }

    /** Half a report counts for nothing: what was read before the fault is dropped. */
    private static Reading refused(String name, Problem problem) {
        return new Reading(name, List.of(), new ReportSummary(), List.of(problem));
    }
}
