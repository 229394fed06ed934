package dev.rondo.results;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.rondo.store.Ids;
import dev.rondo.store.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of this module, sealed in its folder: one secret for what only Rondo itself checks, and
 * one pair by which others check identity tokens. The pair is made when it is first asked for,
 * because that takes a second.
 */
final class JobKeys {

    private static final String CONTEXT = "building/results/";

    private final Path folder;
    private final Secrets secrets;
    private final byte[] secret;
    private Optional<RSAKey> pair = Optional.empty();

    private JobKeys(Path folder, Secrets secrets) {
        this.folder = folder;
        this.secrets = secrets;
        this.secret = Base64.getDecoder().decode(kept("job-secret", JobKeys::makeSecret));
    }

    static JobKeys open(Path folder, Secrets secrets) {
        return new JobKeys(folder, secrets);
    }

    private String kept(String name, Supplier<String> maker) {
        var file = folder.resolve(name + ".sealed");
        try {
            if (!Files.exists(file)) {
                var fresh = folder.resolve(name + ".new");
                Files.write(fresh, secrets.seal(maker.get(), CONTEXT + name));
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return secrets.open(Files.readAllBytes(file), CONTEXT + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String makeSecret() {
        var secret = new byte[64];
        new SecureRandom().nextBytes(secret);
        return Base64.getEncoder().encodeToString(secret);
    }

    private static String makePair() {
        try {
            return new RSAKeyGenerator(2048)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyID(Ids.next())
                    .generate()
                    .toJSONString();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** With the private half. */
    synchronized RSAKey pair() {
        if (pair.isEmpty()) {
            try {
                pair = Optional.of(RSAKey.parse(kept("identity-key", JobKeys::makePair)));
            } catch (ParseException e) {
                throw new IllegalStateException("the key for identity tokens cannot be read", e);
            }
        }
        return pair.get();
    }

    /** What everybody may know, as JWKS. */
    String published() {
        return new JWKSet(pair().toPublicJWK()).toString(true);
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
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
