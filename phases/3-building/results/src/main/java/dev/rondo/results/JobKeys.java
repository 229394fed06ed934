package dev.rondo.results;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.rondo.store.Ids;
import dev.rondo.store.Secrets;
import dev.rondo.web.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of this module, sealed in its folder and made on first use: one pair by which others
 * check identity tokens, and one secret for what only Rondo itself checks.
 */
final class JobKeys {

    private static final String CONTEXT = "building/results/keys";

    private final RSAKey pair;
    private final byte[] secret;

    private JobKeys(RSAKey pair, byte[] secret) {
        this.pair = pair;
        this.secret = secret;
    }

    record Stored(String pair, String secret) {}

    static JobKeys open(Path folder, Secrets secrets) {
        var file = folder.resolve("job-keys.sealed");
        try {
            if (!Files.exists(file)) {
                var fresh = folder.resolve("job-keys.new");
                Files.write(fresh, secrets.seal(Json.write(make()), CONTEXT));
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
            var stored = Json.read(secrets.open(Files.readAllBytes(file), CONTEXT), Stored.class);
            return new JobKeys(
                    RSAKey.parse(stored.pair()), Base64.getDecoder().decode(stored.secret()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException("the keys in " + file + " cannot be used", e);
        }
    }

    private static Stored make() throws JOSEException {
        var secret = new byte[64];
        new SecureRandom().nextBytes(secret);
        var pair = new RSAKeyGenerator(2048).keyUse(KeyUse.SIGNATURE).keyID(Ids.next()).generate();
        return new Stored(pair.toJSONString(), Base64.getEncoder().encodeToString(secret));
    }

    /** With the private half. */
    RSAKey pair() {
        return pair;
    }

    /** What everybody may know, as JWKS. */
    String published() {
        return new JWKSet(pair.toPublicJWK()).toString(true);
    }

    /** For tokens that only Rondo checks. */
    byte[] tokenSecret() {
        return Arrays.copyOf(secret, 32);
    }

    /** HMAC-SHA256 over a text, URL-safe. */
    String sign(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, 32, 32, "HmacSHA256"));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            mac.doFinal(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
