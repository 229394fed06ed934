package dev.rondo.store;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;

/**
 * Seals secrets with AES-256-GCM (Google Tink). The key stands in a file that only its owner can
 * read; it is made on first start and belongs into the backup. A secret is bound to its context,
 * such as {@code shop/secret/NPM_TOKEN}: sealed bytes moved elsewhere do not open.
 */
public final class Secrets {

    private final Aead aead;

    private Secrets(Aead aead) {
        this.aead = aead;
    }

    public static Secrets open(Path keyFile) {
        try {
            AeadConfig.register();
            var keys = Files.exists(keyFile) ? read(keyFile) : make(keyFile);
            return new Secrets(keys.getPrimitive(RegistryConfiguration.get(), Aead.class));
        } catch (GeneralSecurityException | IOException failed) {
            throw new StoreFailure(
                    StoreFailure.Category.SEALED,
                    "the key file "
                            + keyFile
                            + " cannot be used: "
                            + Troubles.oneLine(failed.getMessage())
                            + "; restore it from a backup",
                    failed);
        }
    }

    private static KeysetHandle read(Path keyFile) throws IOException, GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.parseKeyset(
                Files.readString(keyFile), InsecureSecretKeyAccess.get());
    }

    private static KeysetHandle make(Path keyFile) throws IOException, GeneralSecurityException {
        var keys = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
        var text = TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get());
        var fresh = keyFile.resolveSibling(keyFile.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(
                fresh,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, text, StandardOpenOption.DSYNC);
        Files.move(fresh, keyFile);
        return keys;
    }

    public byte[] seal(String plain, String context) {
        try {
            return aead.encrypt(bytes(plain), bytes(context));
        } catch (GeneralSecurityException failed) {
            throw new StoreFailure(StoreFailure.Category.SEALED, "cannot seal " + context, failed);
        }
    }

    /**
     * @throws StoreFailure when the key is another one, the context is another one, or a bit has
     *     changed
     */
    public String open(byte[] sealed, String context) {
        try {
            return new String(aead.decrypt(sealed, bytes(context)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException failed) {
            throw new StoreFailure(
                    StoreFailure.Category.SEALED,
                    "cannot open the secret " + context + ": another key file, or damaged",
                    failed);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
