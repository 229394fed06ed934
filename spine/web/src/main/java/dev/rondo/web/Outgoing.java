package dev.rondo.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/**
 * Signed webhooks to addresses that users name. A host's addresses are checked at the moment of
 * connecting, and the connection goes to the very address that was checked, so that a name server
 * cannot say one thing to the check and another to the call. Redirects are not followed; answers
 * are read to no end and thrown away.
 *
 * <p>Signed twice: as Standard Webhooks has it ({@code webhook-id}, {@code webhook-timestamp},
 * {@code webhook-signature}; https://www.standardwebhooks.com), and as GitHub does ({@code
 * X-Hub-Signature-256}). The client starts with the first call. May be used from many threads.
 */
public final class Outgoing implements AutoCloseable {

    private static final long TIMEOUT_MILLIS = 10_000;
    private static final int MOST_CONNECTIONS = 4;

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
     * @throws IOException when there is none, or when the address may not be called
     */
    public int post(Delivery delivery) throws IOException, InterruptedException {
        var at = Instant.now().getEpochSecond();
        var answer = new CompletableFuture<Integer>();
        var request =
                client().newRequest(delivery.url())
                        .method(HttpMethod.POST)
                        .timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                        .headers(fields -> {
                            delivery.headers().forEach(fields::put);
                            fields.put("User-Agent", "Rondo");
                            fields.put("X-Rondo-Delivery", delivery.id());
                            fields.put("X-Hub-Signature-256", hub(delivery));
                            fields.put("webhook-id", delivery.id());
                            fields.put("webhook-timestamp", Long.toString(at));
                            fields.put("webhook-signature", standard(delivery, at));
                        })
                        .body(
                                new StringRequestContent(
                                        delivery.contentType(),
                                        delivery.body(),
                                        StandardCharsets.UTF_8));
        request.send(result -> {
            if (result.isSucceeded()) {
                answer.complete(result.getResponse().getStatus());
            } else {
                answer.completeExceptionally(result.getFailure());
            }
        });
        try {
            return answer.get(2 * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new IOException(said(failed.getCause()), failed.getCause());
        } catch (TimeoutException late) {
            request.abort(late);
            throw new IOException("no answer in time", late);
        }
    }

    private static String said(@Nullable Throwable failure) {
        var cause = failure instanceof CompletionException c ? c.getCause() : failure;
        if (cause == null) {
            return "no answer";
        }
        var words = cause.getMessage();
        return words == null || words.isBlank() ? cause.getClass().getSimpleName() : words;
    }

    private synchronized HttpClient client() throws IOException {
        if (closed) {
            throw new IOException("Rondo stops");
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
                    } catch (IOException failed) {
                        promise.failed(failed);
                    }
                });
    }

    private List<InetSocketAddress> lookedUp(String host, int port) throws IOException {
        InetAddress[] all;
        try {
            all = InetAddress.getAllByName(host);
        } catch (UnknownHostException unknown) {
            throw new IOException("no address is known for " + host, unknown);
        }
        var good =
                Arrays.stream(all)
                        .filter(address -> reach.allows(host, address))
                        .map(address -> new InetSocketAddress(address, port))
                        .toList();
        if (good.isEmpty()) {
            throw new IOException(
                    host
                            + " is an address of this machine or of a private network; an"
                            + " administrator may allow it by webhook-allow");
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
