package dev.rondo.building;

import dev.rondo.web.Visit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Logs to take away: one as text, all of a run as a zip file in GitHub's layout. */
final class LogDownloads {
    private LogDownloads() {}

    static void text(Visit visit, LogFile log) throws IOException {
        visit.http().contentType("text/plain; charset=utf-8");
        visit.http().header("X-Content-Type-Options", "nosniff");
        if (log.exists()) {
            visit.http().result(new LogText(Files.newBufferedReader(log.file())));
        } else {
            visit.http().result(""); // Not begun, or left out: it has said nothing.
        }
    }

    /** {@code 0_build.txt}, {@code 1_test.txt}, … as GitHub names them. */
    static void zip(Visit visit, Run run, List<RunJob> jobs, Function<RunJob, LogFile> logs)
            throws IOException {
        visit.http().contentType("application/zip");
        visit.http().disableCompression();
        visit.http()
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"logs_" + run.number() + ".zip\"");
        Set<String> names = new HashSet<>();
        try (var zip = new ZipOutputStream(visit.http().outputStream(), StandardCharsets.UTF_8)) {
            int place = 0;
            for (RunJob job : jobs) {
                LogFile log = logs.apply(job);
                String name =
                        place++ + "_" + job.name().replaceAll("[/\\\\:<>|*?\"\\p{Cntrl}]", "");
                if (log.exists() && names.add(name)) {
                    zip.putNextEntry(new ZipEntry(name + ".txt"));
                    try (BufferedReader lines = Files.newBufferedReader(log.file());
                            InputStream in = new LogText(lines)) {
                        in.transferTo(zip);
                    }
                    zip.closeEntry();
                }
            }
        }
    }
}
