package dev.rondo.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The head of a push: which refs shall move, and what the client understands (gitprotocol-pack,
 * "Reference Update Request"). The pack follows behind it in the same stream.
 *
 * @param shallow lines about where the client's history is cut off, passed on as they are
 */
record PushCommands(
        List<RefUpdate> updates, SequencedSet<String> capabilities, List<String> shallow) {

    /** SHA-1, or SHA-256 in a repository that uses it. */
    private static final Pattern OBJECT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    private static final int MAX_COMMANDS = 50_000;
    private static final int MAX_REF_LENGTH = 1000;

    static PushCommands read(InputStream in) throws IOException {
        var updates = new ArrayList<RefUpdate>();
        var capabilities = new LinkedHashSet<String>();
        var shallow = new ArrayList<String>();
        for (byte[] data = PktLine.read(in); data != null; data = PktLine.read(in)) {
            String line = new String(data, StandardCharsets.UTF_8);
            if (line.startsWith("shallow ")) {
                shallow.add(line);
            } else {
                updates.add(command(line, capabilities));
            }
            if (updates.size() + shallow.size() > MAX_COMMANDS) {
                throw new BadPush("a push may name at most " + MAX_COMMANDS + " refs");
            }
        }
        return new PushCommands(updates, capabilities, shallow);
    }

    private static RefUpdate command(String line, Set<String> capabilities) throws BadPush {
        int zero = line.indexOf('\0');
        if (zero >= 0) {
            capabilities.addAll(List.of(line.substring(zero + 1).strip().split(" +")));
        }
        String[] parts = (zero >= 0 ? line.substring(0, zero) : line).stripTrailing().split(" ", 3);
        if (parts.length < 3
                || !OBJECT.matcher(parts[0]).matches()
                || !OBJECT.matcher(parts[1]).matches()
                || parts[2].length() > MAX_REF_LENGTH) {
            throw new BadPush("not a ref update that this server understands");
        }
        return new RefUpdate(parts[2], parts[0], parts[1]);
    }

    boolean has(String capability) {
        return capabilities.contains(capability);
    }

    /** How long a line of the side band may be for this client; 0 when it knows no side band. */
    int band() {
        return has("side-band-64k") ? PktLine.MAX_DATA : has("side-band") ? 996 : 0;
    }

    boolean reports() {
        return has("report-status") || has("report-status-v2");
    }

    /**
     * These commands as native git shall see them: always with a report and a side band, so that
     * what became of each ref is known here whatever the client understands.
     */
    byte[] forGit(List<RefUpdate> accepted) throws IOException {
        var asked = new LinkedHashSet<>(capabilities);
        if (!reports()) {
            asked.add("report-status");
        }
        asked.remove("side-band");
        asked.add("side-band-64k");
        var out = new ByteArrayOutputStream();
        for (String line : shallow) {
            PktLine.write(out, line);
        }
        boolean first = true;
        for (RefUpdate update : accepted) {
            String line = update.before() + " " + update.after() + " " + update.ref();
            PktLine.write(out, first ? line + "\0 " + String.join(" ", asked) : line);
            first = false;
        }
        out.write(PktLine.FLUSH);
        return out.toByteArray();
    }

    /** The client sent what no git sends. */
    static final class BadPush extends IOException {
        private static final long serialVersionUID = 1L;
        private final String complaint;

        BadPush(String complaint) {
            super(complaint);
            this.complaint = complaint;
        }

        String complaint() {
            return complaint;
        }
    }
}
