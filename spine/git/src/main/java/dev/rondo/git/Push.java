package dev.rondo.git;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One push. The commands are read first and asked about; the pack then streams into {@code git
 * receive-pack}; its report is held back until whoever must know of the moved refs knows. Git
 * finishes what it began even when the client is gone, so that no moved ref goes unheard.
 */
final class Push {

    private static final Logger LOG = LoggerFactory.getLogger(Push.class);
    private static final int MAX_REPORT = 32 << 20;

    /** How much more than allowed is read and thrown away, so that the client hears the reason. */
    private static final long MAX_WASTE = 4L << 30;

    private final NativeGit git;
    private final GitExchange exchange;
    private final Path repository;
    private final PushRules rules;
    private @Nullable IOException clientGone;
    private @Nullable OutputStream client;
    private long received;
    private boolean moved;

    Push(NativeGit git, GitExchange exchange, Path repository, PushRules rules) {
        this.git = git;
        this.exchange = exchange;
        this.repository = repository;
        this.rules = rules;
    }

    /** Says whether any ref has moved. */
    boolean answer(InputStream body) throws IOException {
        PushCommands commands = PushCommands.read(body);
        exchange.status(200);
        exchange.header("Content-Type", GitService.RECEIVE_PACK.contentType("result"));
        if (!commands.updates().isEmpty()) {
            PushReport refusals = judge(commands);
            List<RefUpdate> accepted =
                    commands.updates().stream()
                            .filter(u -> refusals.refusal(u.ref()).isEmpty())
                            .toList();
            PushReport report =
                    accepted.isEmpty() ? refusals : receive(body, commands, accepted, refusals);
            drain(body);
            send(commands, report);
        }
        if (clientGone != null) {
            throw clientGone;
        }
        client().close();
        return moved;
    }

    private PushReport judge(PushCommands commands) {
        var report = new PushReport();
        for (RefUpdate update : commands.updates()) {
            refusal(update).ifPresent(reason -> report.refuse(update.ref(), reason));
        }
        boolean some =
                commands.updates().stream().anyMatch(u -> report.refusal(u.ref()).isPresent());
        if (some && commands.has("atomic")) {
            for (RefUpdate update : commands.updates()) {
                if (report.refusal(update.ref()).isEmpty()) {
                    report.refuse(update.ref(), "atomic push failure");
                }
            }
        }
        return report;
    }

    private Optional<String> refusal(RefUpdate update) {
        if (!update.ref().startsWith("refs/") || !Repository.isValidRefName(update.ref())) {
            return Optional.of("this is not a valid ref name");
        }
        return rules.refusal().apply(update);
    }

    private PushReport receive(
            InputStream body, PushCommands commands, List<RefUpdate> accepted, PushReport refusals)
            throws IOException {
        boolean pack = accepted.stream().anyMatch(update -> !update.deleted());
        if (!pack) {
            // Without a pack nothing tells a whole request from a torn one but its end.
            drain(body);
            if (clientGone != null) {
                return refusals;
            }
        }
        var command = List.of("receive-pack", "--stateless-rpc", ".");
        PushReport report;
        try (var process =
                git.serve(repository, Redirect.PIPE, command, SmartHttp.environment(exchange))) {
            feed(process, commands.forGit(accepted), body, pack);
            report = PushReport.read(relay(process.output(), commands));
            if (report.isEmpty()) {
                report = reportFromRefs(accepted, process.lastComplaint());
            }
        }
        if (received > maxBytes()) {
            refuseUnmade(report, accepted, tooLarge());
        }
        record(report, accepted);
        for (RefUpdate update : commands.updates()) {
            var reason = refusals.refusal(update.ref());
            if (reason.isPresent()) {
                report.refuse(update.ref(), reason.get());
            }
        }
        return report;
    }

    private long maxBytes() {
        return Math.min(git.settings().maxPushBytes(), rules.maxBytes());
    }

    private String tooLarge() {
        return "the push is larger than " + Bytes.words(maxBytes()) + ", which is the limit here";
    }

    /** Passes on what the client sends; a torn or too large pack ends git's input too early. */
    private void feed(GitProcess process, byte[] head, InputStream body, boolean pack) {
        try (OutputStream in = process.input()) {
            in.write(head);
            byte[] buffer = new byte[64 << 10];
            while (pack) {
                int n = readSome(body, buffer);
                if (n < 0 || received > maxBytes()) {
                    return;
                }
                in.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // Git has seen enough and says why in its report.
            LOG.debug("git stopped reading a push to {}", repository, e);
        }
    }

    private int readSome(InputStream body, byte[] buffer) {
        if (clientGone != null) {
            return -1;
        }
        try {
            int n = body.read(buffer);
            received += Math.max(n, 0);
            return n;
        } catch (IOException e) {
            clientGone = e;
            return -1;
        }
    }

    private void drain(InputStream body) {
        byte[] buffer = new byte[64 << 10];
        long enough = received + MAX_WASTE;
        int n = 0;
        while (n >= 0 && received < enough) {
            n = readSome(body, buffer);
        }
    }

    /** Shows git's progress to the client at once and returns git's report. */
    private byte[] relay(InputStream out, PushCommands commands) throws IOException {
        var report = new ByteArrayOutputStream();
        try {
            for (byte[] data = PktLine.read(out); data != null; data = PktLine.read(out)) {
                if (data.length > 0 && data[0] == 1) {
                    report.write(data, 1, data.length - 1);
                    if (report.size() > MAX_REPORT) {
                        throw new IOException("git's report of a push is too long");
                    }
                } else if (data.length > 0 && commands.band() > 0) {
                    byte channel = data[0];
                    byte[] text = Arrays.copyOfRange(data, 1, data.length);
                    tell(to -> PktLine.band(to, channel, text, commands.band()));
                }
            }
        } catch (EOFException e) {
            LOG.debug("git ended without a report of a push to {}", repository, e);
        }
        return report.toByteArray();
    }

    /** Git died without a report: what the refs say counts. */
    private PushReport reportFromRefs(List<RefUpdate> accepted, String complaint) {
        var report = new PushReport();
        Map<String, String> refs = new HashMap<>();
        git.run(repository, "for-each-ref", "--format=%(objectname) %(refname)")
                .lines()
                .map(line -> line.split(" ", 2))
                .forEach(parts -> refs.put(parts[1], parts[0]));
        for (RefUpdate update : accepted) {
            String now = refs.get(update.ref());
            if (now == null ? update.deleted() : now.equals(update.after())) {
                report.accept(update.ref());
            } else {
                report.refuse(
                        update.ref(), complaint.isEmpty() ? "git stopped half-way" : complaint);
            }
        }
        return report;
    }

    private static void refuseUnmade(PushReport report, List<RefUpdate> accepted, String reason) {
        List<RefUpdate> made = report.made(accepted);
        report.refuseAll(accepted.stream().filter(u -> !made.contains(u)).toList(), reason);
    }

    private void record(PushReport report, List<RefUpdate> accepted) {
        List<RefUpdate> refs =
                report.made(accepted).stream().filter(u -> !u.before().equals(u.after())).toList();
        if (refs.isEmpty()) {
            return;
        }
        moved = true;
        try {
            rules.refsUpdated().accept(refs);
        } catch (RuntimeException e) {
            LOG.error("refs of {} moved but nobody could record it: {}", repository, refs, e);
            report.refuseAll(
                    refs, "the ref has moved, but the server could not record it; it will later");
        }
    }

    private void send(PushCommands commands, PushReport report) throws IOException {
        byte[] bytes = report.bytes();
        tell(to -> {
            if (commands.band() > 0) {
                if (commands.reports()) {
                    PktLine.band(to, 1, bytes, commands.band());
                }
                to.write(PktLine.FLUSH);
            } else if (commands.reports()) {
                to.write(bytes);
            }
        });
    }

    private interface Line {
        void writeTo(OutputStream out) throws IOException;
    }

    private void tell(Line line) {
        if (clientGone == null) {
            try {
                line.writeTo(client());
                client().flush();
            } catch (IOException e) {
                clientGone = e;
            }
        }
    }

    private OutputStream client() throws IOException {
        if (client == null) {
            client = exchange.answer();
        }
        return client;
    }
}
