package dev.rondo.git;

import dev.rondo.git.GitFailure.Category;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The smart HTTP protocol (git's documentation, gitprotocol-http) in front of native git, as {@code
 * git http-backend} does it: protocol 0 to 2, shallow and partial. Packs stream through; nothing of
 * them is kept in memory. Who may do what has been asked before; {@link PushRules} decide over
 * single refs.
 */
public final class SmartHttp {

    private static final Logger LOG = LoggerFactory.getLogger(SmartHttp.class);
    private static final int BUFFER = 64 << 10;

    private final NativeGit git;
    private final Consumer<Path> pushed;

    SmartHttp(NativeGit git, Consumer<Path> pushed) {
        this.git = git;
        this.pushed = pushed;
    }

    /** Answers one request; an {@link IOException} means that the client is gone. */
    public void answer(GitExchange exchange, Path repository, PushRules rules) throws IOException {
        exchange.header("Expires", "Fri, 01 Jan 1980 00:00:00 GMT");
        exchange.header("Pragma", "no-cache");
        exchange.header("Cache-Control", "no-cache, max-age=0, must-revalidate");
        var service = GitService.of(exchange.resource(), exchange.parameter("service"));
        try {
            if (service.isEmpty()) {
                boolean dumb = exchange.resource().equals("/info/refs");
                refuse(
                        exchange,
                        dumb ? 403 : 404,
                        dumb ? "this server speaks git's smart protocol only" : "not found");
            } else if (exchange.resource().equals("/info/refs")) {
                advertise(exchange, repository, service.get());
            } else if (!exchange.method().equals("POST")) {
                refuse(exchange, 405, "git posts here");
            } else if (!exchange.header("Content-Type")
                    .orElse("")
                    .equals(service.get().contentType("request"))) {
                refuse(exchange, 415, "expected " + service.get().contentType("request"));
            } else if (service.get() == GitService.UPLOAD_PACK) {
                upload(exchange, repository);
            } else {
                if (new Push(git, exchange, repository, rules).answer(decoded(exchange))) {
                    pushed.accept(repository);
                }
            }
        } catch (GitFailure e) {
            LOG.warn("{} {}: {}", exchange.method(), repository.getFileName(), e.complaint());
            int code = e.category() == Category.BUSY ? 503 : 413;
            refuse(exchange, e.category() == Category.BROKEN ? 500 : code, e.complaint());
        } catch (PushCommands.BadPush e) {
            refuse(exchange, 400, e.complaint());
        }
    }

    /** Answers with a line that git shows its user behind "remote:". */
    public static void refuse(GitExchange exchange, int status, String line) throws IOException {
        exchange.status(status);
        exchange.header("Content-Type", "text/plain; charset=utf-8");
        try (OutputStream out = exchange.answer()) {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private void advertise(GitExchange exchange, Path repository, GitService service)
            throws IOException {
        var command = List.of(service.command(), "--stateless-rpc", "--advertise-refs", ".");
        var env = environment(exchange);
        try (var process = git.serve(repository, Redirect.PIPE, command, env)) {
            process.input().close();
            boolean second =
                    service == GitService.UPLOAD_PACK
                            && env.getOrDefault("GIT_PROTOCOL", "").contains("version=2");
            relay(
                    exchange,
                    service.contentType("advertisement"),
                    process,
                    second ? "" : "# service=git-" + service.command() + "\n");
        }
    }

    private void upload(GitExchange exchange, Path repository) throws IOException {
        var command = List.of("upload-pack", "--stateless-rpc", ".");
        try (var spool = Spool.of(decoded(exchange), GitSettings.MAX_REQUEST_BYTES, git.spool());
                var process =
                        git.serve(repository, spool.input(), command, environment(exchange))) {
            spool.feed(process);
            relay(exchange, GitService.UPLOAD_PACK.contentType("result"), process, "");
        }
    }

    /** Waits for git's first bytes, so that a git that cannot even start is an honest error. */
    private static void relay(
            GitExchange exchange, String contentType, GitProcess process, String headline)
            throws IOException {
        byte[] buffer = new byte[BUFFER];
        InputStream in = process.output();
        int n = in.read(buffer);
        if (n < 0 && process.exitCode() != 0) {
            throw new GitFailure(Category.BROKEN, "git: " + process.lastComplaint());
        }
        exchange.status(200);
        exchange.header("Content-Type", contentType);
        try (OutputStream out = exchange.answer()) {
            if (!headline.isEmpty()) {
                PktLine.write(out, headline);
                out.write(PktLine.FLUSH);
            }
            for (; n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                if (in.available() == 0) {
                    out.flush();
                }
            }
        }
    }

    private static InputStream decoded(GitExchange exchange) throws IOException {
        String encoding = exchange.header("Content-Encoding").orElse("");
        return encoding.equals("gzip") || encoding.equals("x-gzip")
                ? new GZIPInputStream(exchange.body(), BUFFER)
                : exchange.body();
    }

    static Map<String, String> environment(GitExchange exchange) {
        var env = new HashMap<String, String>();
        exchange.header("Git-Protocol")
                .filter(protocol -> protocol.matches("[a-z0-9=:.-]{1,100}"))
                .ifPresent(protocol -> env.put("GIT_PROTOCOL", protocol));
        String user = exchange.user().replaceAll("[^A-Za-z0-9._@-]", "_");
        env.put("REMOTE_USER", user);
        env.put("GIT_COMMITTER_NAME", user);
        env.put("GIT_COMMITTER_EMAIL", user + "@rondo");
        return env;
    }
}
