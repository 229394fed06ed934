package dev.rondo.joblogs;

import dev.rondo.web.Visit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Logs to take away: one as text, all of a run as a zip file in GitHub's layout. */
public final class LogDownloads {
    /** What GitHub calls that which comes before the first step. */
    public static final String SET_UP = "Set up job";

    private static final int LONGEST_NAME = 100;

    private LogDownloads() {}

    public static void text(Visit visit, LogFile log) throws IOException {
        visit.http().contentType("text/plain; charset=utf-8");
        visit.http().header("X-Content-Type-Options", "nosniff");
        if (log.exists()) {
            visit.http().result(new LogText(Files.newBufferedReader(log.file())));
        } else {
            visit.http().result(""); // Not begun, or left out: it has said nothing.
        }
    }

    /** A job with its log, and the titles of its steps by their places. */
    public record Part(String job, LogFile log, Map<Integer, String> titles) {}

    /**
     * In GitHub's layout: {@code 0_build.txt} holds a job, {@code build/2_Compile.txt} one of its
     * steps. Lines of a step that come after those of the next stay with that one.
     */
    public static void zip(Visit visit, long run, List<Part> parts) throws IOException {
        visit.http().contentType("application/zip");
        visit.http().disableCompression();
        visit.http().header("Content-Disposition", "attachment; filename=\"logs_" + run + ".zip\"");
        Set<String> names = new HashSet<>();
        try (var zip = new ZipOutputStream(visit.http().outputStream(), StandardCharsets.UTF_8)) {
            int place = 0;
            for (Part part : parts) {
                String name = plain(part.job());
                String file = place++ + "_" + name;
                if (part.log().exists() && names.add(file)) {
                    zip.putNextEntry(new ZipEntry(file + ".txt"));
                    try (BufferedReader lines = Files.newBufferedReader(part.log().file());
                            InputStream in = new LogText(lines)) {
                        in.transferTo(zip);
                    }
                    zip.closeEntry();
                    if (names.add(name + "/")) {
                        steps(zip, name, part);
                    }
                }
            }
        }
    }

    private static String plain(String name) {
        return name.replaceAll("[/\\\\:<>|*?\"\\p{Cntrl}]", "");
    }

    private static void steps(ZipOutputStream zip, String job, Part part) throws IOException {
        int now = -1;
        try (BufferedReader lines = Files.newBufferedReader(part.log().file())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int step = LogText.step(line);
                if (step > now) {
                    now = step;
                    zip.putNextEntry(new ZipEntry(job + "/" + file(part, step) + ".txt"));
                }
                zip.write(LogText.shown(line).getBytes(StandardCharsets.UTF_8));
            }
        }
        zip.closeEntry();
    }

    /** What comes before the first step sets the job up, and has the number 1. */
    private static String file(Part part, int step) {
        String title = part.titles().getOrDefault(step, SET_UP);
        String name = step + 1 + "_" + plain(title);
        return name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }
}
