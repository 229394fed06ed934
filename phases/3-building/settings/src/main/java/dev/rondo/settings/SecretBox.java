package dev.rondo.settings;

import dev.rondo.store.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.crypto.agreement.X25519Agreement;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.crypto.engines.Salsa20Engine;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.bouncycastle.util.Pack;

/**
 * Opens what clients seal before they send it, as GitHub's interface wants secrets: libsodium's
 * {@code crypto_box_seal}, that is X25519 with a key made for the purpose, HSalsa20, and XSalsa20
 * with Poly1305 (nacl.cr.yp.to, "crypto_box"; doc.libsodium.org, "Sealed boxes"). The key pair of
 * this installation lies sealed in building's folder.
 */
final class SecretBox {
    private static final String NAME = "secret-box";
    private static final String CONTEXT = "building/" + NAME;
    private static final int KEY = 32;
    private static final int NONCE = 24;
    private static final int TAG = 16;

    /** "expand 32-byte k", as Salsa20 begins its state with 32-byte keys. */
    private static final int[] SIGMA = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};

    private final X25519PrivateKeyParameters secret;
    private final byte[] shown;

    private SecretBox(byte[] key) {
        this.secret = new X25519PrivateKeyParameters(key);
        this.shown = secret.generatePublicKey().getEncoded();
    }

    static SecretBox open(Path folder, Secrets secrets) {
        Path file = folder.resolve(NAME + ".sealed");
        try {
            if (!Files.exists(file)) {
                var key = new X25519PrivateKeyParameters(new SecureRandom());
                Path fresh = folder.resolve(NAME + ".new");
                Files.write(
                        fresh,
                        secrets.seal(
                                Base64.getEncoder().encodeToString(key.getEncoded()), CONTEXT));
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return new SecretBox(
                    Base64.getDecoder().decode(secrets.open(Files.readAllBytes(file), CONTEXT)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The public half in base64. */
    String key() {
        return Base64.getEncoder().encodeToString(shown);
    }

    /** Names the key: whoever sealed with another one is told so. */
    String keyId() {
        return new BigInteger(1, Arrays.copyOf(blake2b(8, shown), 8)).toString();
    }

    /** What was sealed for this key; empty where it was not, or was changed. */
    Optional<byte[]> opened(byte[] sealed) {
        if (sealed.length < KEY + TAG) {
            return Optional.empty();
        }
        byte[] from = Arrays.copyOf(sealed, KEY);
        byte[] tag = Arrays.copyOfRange(sealed, KEY, KEY + TAG);
        byte[] text = Arrays.copyOfRange(sealed, KEY + TAG, sealed.length);
        var cipher = new XSalsa20Engine();
        cipher.init(
                false,
                new ParametersWithIV(
                        new KeyParameter(shared(from)), blake2b(NONCE, concat(from, shown))));
        byte[] macKey = new byte[KEY];
        cipher.processBytes(new byte[KEY], 0, KEY, macKey, 0);
        if (!org.bouncycastle.util.Arrays.constantTimeAreEqual(tag, mac(macKey, text))) {
            return Optional.empty();
        }
        byte[] plain = new byte[text.length];
        cipher.processBytes(text, 0, text.length, plain, 0);
        return Optional.of(plain);
    }

    private static byte[] mac(byte[] key, byte[] text) {
        var mac = new Poly1305();
        mac.init(new KeyParameter(key));
        mac.update(text, 0, text.length);
        byte[] tag = new byte[TAG];
        mac.doFinal(tag, 0);
        return tag;
    }

    /** HSalsa20 over what both sides know, as {@code crypto_box_beforenm}. */
    private byte[] shared(byte[] from) {
        byte[] agreed = new byte[KEY];
        var agreement = new X25519Agreement();
        agreement.init(secret);
        agreement.calculateAgreement(new X25519PublicKeyParameters(from), agreed, 0);
        int[] key = new int[8];
        Pack.littleEndianToInt(agreed, 0, key);
        int[] state = new int[16];
        for (int i = 0; i < 4; i++) {
            state[5 * i] = SIGMA[i];
            state[1 + i] = key[i];
            state[11 + i] = key[4 + i];
        }
        int[] mixed = new int[16];
        Salsa20Engine.salsaCore(20, state, mixed);
        byte[] out = new byte[KEY];
        for (int i = 0; i < 4; i++) {
            // the core adds its input at the end, HSalsa20 does not
            Pack.intToLittleEndian(mixed[5 * i] - state[5 * i], out, 4 * i);
            Pack.intToLittleEndian(mixed[6 + i] - state[6 + i], out, 16 + 4 * i);
        }
        return out;
    }

    private static byte[] blake2b(int bytes, byte[] text) {
        var digest = new Blake2bDigest(bytes * 8);
        digest.update(text, 0, text.length);
        byte[] out = new byte[bytes];
        digest.doFinal(out, 0);
        return out;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return org.bouncycastle.util.Arrays.concatenate(first, second);
    }
}
