package dev.rondo.app;

import dev.rondo.local.LocalRun;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Prints the jobs as they run: a title for each step, groups indented, marks in colour, and the
 * job's name in front where there are several.
 */
final class RunTerminal implements LocalRun.Watcher {
    private static final String RESET = "\u001b[0m";
    private static final List<String> COLOURS = List.of("36", "35", "34", "33", "32", "96", "95");
    private static final Set<String> FINE = Set.of("success", "skipped");

    private final PrintStream out;
    private final PrintStream notes;
    private final boolean colour;
    private final Map<String, Integer> depth = new HashMap<>();
    private final Map<String, String> steps = new HashMap<>();
    private final Map<String, String> colours = new HashMap<>();
    private final Set<String> quiet = new HashSet<>();
    private final Map<String, Long> begun = new HashMap<>();
    private final boolean verbose;
    private boolean several;
    private int width;

    /**
     * @param notes gets what is not part of a log
     * @param verbose also scripts, inputs and variables of each step
     */
    RunTerminal(PrintStream out, PrintStream notes, boolean colour, boolean verbose) {
        this.out = out;
        this.notes = notes;
        this.colour = colour;
        this.verbose = verbose;
    }

    @Override
    public synchronized void note(String sentence) {
        notes.println(paint("33", "rondo: " + sentence));
    }

    @Override
    public synchronized void begins(String workflow, List<String> jobs) {
        several = jobs.size() > 1;
        width = jobs.stream().mapToInt(String::length).max().orElse(0);
        out.println(paint("1", workflow));
    }

    @Override
    public synchronized void stepBegan(String job, String title) {
        several |= !colours.isEmpty() && !colours.containsKey(job);
        depth.put(job, 0);
        steps.put(job, title);
        begun.put(job, System.nanoTime());
        print(job, paint("1", "▶ " + title));
    }

    @Override
    public synchronized void stepEnded(String job, String title, String conclusion) {
        depth.put(job, 0);
        quiet.remove(job);
        steps.remove(job);
        Long from = begun.remove(job);
        if (conclusion.equals("skipped")) {
            print(job, paint("90", "- " + title + " (skipped)"));
        } else {
            double seconds = from == null ? 0 : (System.nanoTime() - from) / 1e9;
            print(job, sign(conclusion) + " " + title + time(seconds));
        }
    }

    @Override
    public synchronized void line(String job, String text) {
        if (!steps.containsKey(job)) {
            opening(job, text);
        } else if (text.startsWith("##[endgroup]")) {
            depth.merge(job, -1, (now, less) -> Math.max(0, now + less));
            quiet.remove(job);
        } else if (text.startsWith("##[group]")) {
            group(job, text.substring("##[group]".length()));
        } else {
            String indent = "  ".repeat(1 + depth.getOrDefault(job, 0));
            if (!quiet.contains(job)) {
                print(job, indent + marked(text));
            } else if (verbose) {
                print(job, indent + paint("90", plain(text)));
            }
        }
    }

    /** What is said before the first step and behind the last: of use when something is wrong. */
    private void opening(String job, String text) {
        if (text.startsWith("##[error]") || text.startsWith("##[warning]")) {
            print(job, "  " + marked(text));
        } else if (verbose) {
            print(job, paint("90", plain(text)));
        }
    }

    /** The first group of a step repeats its title, with the script or the inputs below it. */
    private void group(String job, String title) {
        boolean own = depth.merge(job, 1, Integer::sum) == 1 && title.startsWith("Run ");
        if (own) {
            quiet.add(job);
        }
        if (!own || verbose) {
            print(job, "  " + paint(own ? "90" : "1", (own ? "" : "▸ ") + title));
        }
    }

    private void print(String job, String text) {
        if (!several) {
            out.println(text);
            return;
        }
        String own =
                colours.computeIfAbsent(job, j -> COLOURS.get(colours.size() % COLOURS.size()));
        width = Math.max(width, job.length());
        out.println(paint(own, job + " ".repeat(width - job.length()) + " │ ") + text);
    }

    private String marked(String text) {
        for (Mark mark : Mark.values()) {
            if (text.startsWith(mark.written)) {
                return paint(mark.code, mark.word + text.substring(mark.written.length()));
            }
        }
        return colour ? text + (text.indexOf('\u001b') < 0 ? "" : RESET) : plain(text);
    }

    private enum Mark {
        ERROR("##[error]", "1;31", "Error: "),
        WARNING("##[warning]", "33", "Warning: "),
        NOTICE("##[notice]", "34", "Notice: "),
        DEBUG("##[debug]", "35", ""),
        SECTION("##[section]", "32", ""),
        COMMAND("[command]", "90", "$ ");

        private final String written;
        private final String code;
        private final String word;

        Mark(String written, String code, String word) {
            this.written = written;
            this.code = code;
            this.word = word;
        }
    }

    private static String plain(String text) {
        return text.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "");
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + RESET : text;
    }

    /** One line a job with its steps that failed, and one for all. */
    synchronized void end(LocalRun.Conclusion end) {
        out.println();
        for (var job : end.jobs()) {
            if (job.conclusion().equals("skipped")) {
                out.println(paint("90", "- " + job.name() + " (skipped)"));
                continue;
            }
            out.println(sign(job.conclusion()) + " " + job.name() + time(job.seconds()));
            failures(job);
        }
        boolean told = end.jobs().stream().anyMatch(job -> !job.message().isEmpty());
        if (!end.message().isEmpty() && !told) {
            out.println(plain(end.message()));
        }
        out.println(
                sign(end.conclusion()) + " " + paint("1", end.conclusion()) + time(end.seconds()));
    }

    /** The message of a job begins with the step that it is about. */
    private void failures(LocalRun.JobConclusion job) {
        String message = plain(job.message());
        for (var step : job.steps()) {
            if (!FINE.contains(step.conclusion())) {
                boolean about = message.startsWith(step.name() + ": ");
                String text = about ? message : step.name();
                out.println("    " + sign(step.conclusion()) + " " + text);
                message = about ? "" : message;
            }
        }
        if (!message.isEmpty()) {
            out.println("    " + paint("31", message));
        }
    }

    private String time(double seconds) {
        String text =
                seconds < 60
                        ? String.format(Locale.ROOT, "%.1f s", seconds)
                        : "%d min %d s".formatted((int) seconds / 60, (int) seconds % 60);
        return " " + paint("90", text);
    }

    private String sign(String conclusion) {
        return switch (conclusion) {
            case "success" -> paint("32", "✓");
            case "skipped" -> paint("90", "-");
            case "cancelled" -> paint("33", "■");
            default -> paint("31", "✗");
        };
    }
}
