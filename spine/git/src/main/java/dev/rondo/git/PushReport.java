package dev.rondo.git;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of each ref of a push (gitprotocol-pack, "Report Status"): git's own report, with the
 * refs that were refused before git was asked.
 */
final class PushReport {

    private final List<String> lines = new ArrayList<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private String unpack = "unpack ok";

    /** Reads git's report as it came through channel 1 of the side band. */
    static PushReport read(byte[] bytes) throws IOException {
        var report = new PushReport();
        var in = new ByteArrayInputStream(bytes);
        while (in.available() > 0) {
            byte[] data = PktLine.read(in);
            if (data == null) {
                break;
            }
            String line = new String(data, StandardCharsets.UTF_8).stripTrailing();
            if (line.startsWith("unpack ")) {
                report.unpack = line;
            } else {
                report.lines.add(line);
            }
        }
        return report;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    void accept(String ref) {
        lines.add("ok " + ref);
    }

    void refuse(String ref, String reason) {
        lines.removeIf(line -> line.equals("ok " + ref) || line.startsWith("ng " + ref + " "));
        refused.put(ref, reason);
    }

    void refuseAll(List<RefUpdate> updates, String reason) {
        updates.forEach(update -> refuse(update.ref(), reason));
    }

    Optional<String> refusal(String ref) {
        return Optional.ofNullable(refused.get(ref));
    }

    /** Those of the updates that git has made. */
    List<RefUpdate> made(List<RefUpdate> updates) {
        return updates.stream().filter(u -> lines.contains("ok " + u.ref())).toList();
    }

    byte[] bytes() throws IOException {
        var out = new ByteArrayOutputStream();
        PktLine.write(out, unpack + "\n");
        for (String line : lines) {
            PktLine.write(out, line + "\n");
        }
        for (var entry : refused.entrySet()) {
            PktLine.write(out, "ng " + entry.getKey() + " " + oneLine(entry.getValue()) + "\n");
        }
        out.write(PktLine.FLUSH);
        return out.toByteArray();
    }

    /** A report is framed by lines, so a reason is one line, and short enough for a terminal. */
    private static String oneLine(String reason) {
        String line = reason.replaceAll("\\s+", " ").strip();
        return line.length() <= 300 ? line : line.substring(0, 299) + "…";
    }
}
