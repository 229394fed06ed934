package dev.rondo.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/**
 * Signed webhooks to addresses that users name. A host's addresses are checked at the moment of
 * connecting, and the connection goes to the very address that was checked, so that a name server
 * cannot say one thing to the check and another to the call. Redirects are not followed; of an
 * answer its beginning is kept, the rest is thrown away.
 *
 * <p>Signed twice: as Standard Webhooks has it ({@code webhook-id}, {@code webhook-timestamp},
 * {@code webhook-signature}; https://www.standardwebhooks.com), and as GitHub does ({@code
 * X-Hub-Signature-256}). The client starts with the first call. May be used from many threads.
 */
public final class Outgoing implements AutoCloseable {

    private static final long TIMEOUT_MILLIS = 10_000;
    private static final int MOST_CONNECTIONS = 4;
    private static final int MOST_CHARACTERS = 4096;

    /** Some more is read, so that no secret is cut in two and half of it shown. */
    private static final int MOST_BYTES = 2 * MOST_CHARACTERS;

    private static final String HUB = "X-Hub-Signature-256";
    private static final String STANDARD = "webhook-signature";
    private static final String MASK = "***";

    private final Reach reach;
    private @Nullable HttpClient client;
    private boolean closed;

    public Outgoing(Reach reach) {
        this.reach = reach;
    }

    /**
     * What is to be delivered.
     *
     * @param id the same for each try, for the receiver to know it again
     * @param headers beyond those for the signature and the id
     */
    public record Delivery(
            URI url,
            String secret,
            String id,
            String contentType,
            Map<String, String> headers,
            String body) {}

    /**
     * What came back, for people to look at: the secret and what was signed with it are masked,
     * even where the receiver repeats them.
     *
     * @param headers a line each
     * @param body its beginning
     */
    public record Answer(int status, String headers, String body) {}

    /** Why there is no answer. */
    public enum Reason {
        FORBIDDEN,
        UNKNOWN_HOST,
        REFUSED,
        INSECURE,
        LATE,
        STOPPED,
        BROKEN;

        /** As it is stored, and part of the key of its text. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** There was no answer; the message is for the log, the reason for people. */
    public static final class Unanswered extends IOException {
        private static final long serialVersionUID = 1L;

        private final Reason reason;

        Unanswered(Reason reason, String message, @Nullable Throwable cause) {
            super(message, cause);
            this.reason = reason;
        }

        public Reason reason() {
            return reason;
        }
    }

    /**
     * Whether the host of an address may be called, as far as can be told now: a name that cannot
     * be looked up may be known later, and is checked again with each call.
     */
    public boolean allows(URI url) {
        var host = Reach.bare(String.valueOf(url.getHost()));
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .anyMatch(address -> reach.allows(host, address));
        } catch (UnknownHostException unknown) {
            return true;
        }
    }

    /**
     * Posts once.
     *
     * @return the status of the answer
     * @throws Unanswered when there is none, or when the address may not be called
     */
    public int post(Delivery delivery) throws Unanswered, InterruptedException {
        return call(delivery, Instant.now()).status();
    }

    /** The request as it goes out at a time, a line each, without what is signed and the body. */
    public static String shown(Delivery delivery, Instant at) {
        var lines = new StringBuilder("POST ").append(bare(delivery.url())).append('\n');
        lines.append("Content-Type: ").append(delivery.contentType()).append('\n');
        headers(delivery, at.getEpochSecond())
                .forEach((name, value) ->
                        lines.append(name)
                                .append(": ")
                                .append(name.equals(HUB) || name.equals(STANDARD) ? MASK : value)
                                .append('\n'));
        return lines.toString();
    }

    /** An address without a name and password that stand in it. */
    public static String bare(URI url) {
        return url.toString().replaceFirst("(?<=//)[^/@]+@", MASK + "@");
    }

    private static Map<String, String> headers(Delivery delivery, long at) {
        var headers = new LinkedHashMap<>(delivery.headers());
        headers.put("User-Agent", "Rondo");
        headers.put("X-Rondo-Delivery", delivery.id());
        headers.put(HUB, hub(delivery));
        headers.put("webhook-id", delivery.id());
        headers.put("webhook-timestamp", Long.toString(at));
        headers.put(STANDARD, standard(delivery, at));
        return headers;
    }

    /** As {@link #post}, at a time that the caller writes down, with all that came back. */
    public Answer call(Delivery delivery, Instant when) throws Unanswered, InterruptedException {
        var answer = new CompletableFuture<Answer>();
        var headers = headers(delivery, when.getEpochSecond());
        var body = new ByteArrayOutputStream();
        var request =
                client().newRequest(delivery.url())
                        .method(HttpMethod.POST)
                        .timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                        .headers(fields -> headers.forEach(fields::put))
                        .onResponseContent((response, content) -> keep(content, body))
                        .body(
                                new StringRequestContent(
                                        delivery.contentType(),
                                        delivery.body(),
                                        StandardCharsets.UTF_8));
        request.send(result -> {
            if (result.isSucceeded()) {
                answer.complete(answer(result.getResponse(), body, secrets(delivery, headers)));
            } else {
                answer.completeExceptionally(result.getFailure());
            }
        });
        try {
            return answer.get(2 * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw unanswered(failed.getCause());
        } catch (TimeoutException late) {
            request.abort(late);
            throw new Unanswered(Reason.LATE, "no answer in time", late);
        }
    }

    private static void keep(ByteBuffer content, ByteArrayOutputStream body) {
        int room = Math.min(content.remaining(), MOST_BYTES - body.size());
        if (room > 0) {
            var bytes = new byte[room];
            content.get(bytes);
            body.writeBytes(bytes);
        }
    }

    private static List<String> secrets(Delivery delivery, Map<String, String> headers) {
        return Stream.of(
                        delivery.secret(),
                        delivery.secret().replaceFirst("^whsec_", ""),
                        headers.getOrDefault(HUB, "").replaceFirst("^sha256=", ""),
                        headers.getOrDefault(STANDARD, "").replaceFirst("^v1,", ""))
                .filter(secret -> !secret.isEmpty())
                .toList();
    }

    private static Answer answer(
            Response response, ByteArrayOutputStream body, List<String> secrets) {
        var lines = new StringBuilder();
        for (var field : response.getHeaders()) {
            boolean cookie = field.getLowerCaseName().startsWith("set-cookie");
            lines.append(field.getName())
                    .append(": ")
                    .append(cookie ? MASK : field.getValue())
                    .append('\n');
        }
        return new Answer(
                response.getStatus(),
                excerpt(lines.toString(), secrets),
                excerpt(body.toString(StandardCharsets.UTF_8), secrets));
    }

    /** PostgreSQL takes no zero character, and nobody can read the other ones. */
    private static String excerpt(String text, List<String> secrets) {
        var masked = text;
        for (var secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        var readable = masked.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "");
        return readable.substring(0, Math.min(MOST_CHARACTERS, readable.length()));
    }

    private static Unanswered unanswered(@Nullable Throwable failure) {
        var cause = failure instanceof CompletionException c ? c.getCause() : failure;
        var reason =
                switch (cause) {
                    case Unanswered known -> known.reason();
                    case TimeoutException _ -> Reason.LATE;
                    case SocketTimeoutException _ -> Reason.LATE;
                    case ConnectException _ -> Reason.REFUSED;
                    case SSLException _ -> Reason.INSECURE;
                    case null, default -> Reason.BROKEN;
                };
        return new Unanswered(reason, said(cause), cause);
    }

    private static String said(@Nullable Throwable cause) {
        if (cause == null) {
            return "no answer";
        }
        var words = cause.getMessage();
        return words == null || words.isBlank() ? cause.getClass().getSimpleName() : words;
    }

    private synchronized HttpClient client() throws Unanswered {
        if (closed) {
            throw new Unanswered(Reason.STOPPED, "Rondo stops", null);
        }
        var made = client;
        if (made == null) {
            made = new HttpClient();
            made.setFollowRedirects(false);
            made.setConnectTimeout(TIMEOUT_MILLIS);
            made.setIdleTimeout(TIMEOUT_MILLIS);
            made.setDestinationIdleTimeout(10 * TIMEOUT_MILLIS);
            made.setMaxConnectionsPerDestination(MOST_CONNECTIONS);
            made.setHttpCookieStore(new org.eclipse.jetty.http.HttpCookieStore.Empty());
            made.setName("outgoing");
            made.setSocketAddressResolver(this::resolve);
            try {
                made.start();
            } catch (Exception failed) {
                throw new IllegalStateException("no client for outgoing calls", failed);
            }
            client = made;
        }
        return made;
    }

    /** Looks the host up and lets only those of its addresses pass that may be called. */
    private void resolve(
            String host,
            int port,
            Map<String, Object> context,
            Promise<List<InetSocketAddress>> promise) {
        Thread.ofVirtual()
                .name("outgoing-lookup")
                .start(() -> {
                    try {
                        promise.succeeded(lookedUp(Reach.bare(host), port));
                    } catch (Unanswered failed) {
                        promise.failed(failed);
                    }
                });
    }

    private List<InetSocketAddress> lookedUp(String host, int port) throws Unanswered {
        InetAddress[] all;
        try {
            all = InetAddress.getAllByName(host);
        } catch (UnknownHostException unknown) {
            throw new Unanswered(Reason.UNKNOWN_HOST, "no address is known for " + host, unknown);
        }
        var good =
                Arrays.stream(all)
                        .filter(address -> reach.allows(host, address))
                        .map(address -> new InetSocketAddress(address, port))
                        .toList();
        if (good.isEmpty()) {
            throw new Unanswered(
                    Reason.FORBIDDEN,
                    host
                            + " is an address of this machine or of a private network; an"
                            + " administrator may allow it by webhook-allow",
                    null);
        }
        return good;
    }

    private static String hub(Delivery delivery) {
        var key = delivery.secret().getBytes(StandardCharsets.UTF_8);
        return "sha256=" + HexFormat.of().formatHex(hmac(key, delivery.body()));
    }

    /** Over id, time and body, so that an old delivery cannot be sent again as a new one. */
    private static String standard(Delivery delivery, long at) {
        var signed = delivery.id() + "." + at + "." + delivery.body();
        return "v1," + Base64.getEncoder().encodeToString(hmac(key(delivery.secret()), signed));
    }

    /** A secret with the prefix of Standard Webhooks is base64; any other is taken as it stands. */
    private static byte[] key(String secret) {
        if (secret.startsWith("whsec_")) {
            try {
                return Base64.getDecoder().decode(secret.substring("whsec_".length()));
            } catch (IllegalArgumentException notBase64) {
                // Taken as it stands.
            }
        }
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            try {
                client.stop();
            } catch (Exception failed) {
                throw new IllegalStateException(
                        "the client for outgoing calls did not end", failed);
            }
        }
    }
}
