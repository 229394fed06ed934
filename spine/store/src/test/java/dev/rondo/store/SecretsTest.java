package dev.rondo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    private static final String CONTEXT = "shop/secret/NPM_TOKEN";

    @TempDir Path folder;

    @Test
    void theKeyFileIsForItsOwnerAlone() throws IOException {
        Secrets.open(key());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(key());
        }
    }

    @Test
    void whatWasSealedOpensAfterARestart() {
        var sealed = Secrets.open(key()).seal("hunter2 – geheim", CONTEXT);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("hunter2");
        assertThat(Secrets.open(key()).open(sealed, CONTEXT)).isEqualTo("hunter2 – geheim");
    }

    @Test
    void theSameSecretSealedTwiceLooksDifferent() {
        var secrets = Secrets.open(key());
        assertThat(secrets.seal("same", CONTEXT)).isNotEqualTo(secrets.seal("same", CONTEXT));
    }

    @Test
    void sealedBytesMovedElsewhereDoNotOpen() {
        var secrets = Secrets.open(key());
        var sealed = secrets.seal("hunter2", CONTEXT);
        assertClosed(() -> secrets.open(sealed, "other/secret/NPM_TOKEN"));
    }

    @Test
    void everyFlippedBitIsFound() {
        var secrets = Secrets.open(key());
        var sealed = secrets.seal("x", CONTEXT);
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            var tampered = sealed.clone();
            tampered[bit / 8] ^= (byte) (1 << bit % 8);
            assertClosed(() -> secrets.open(tampered, CONTEXT));
        }
        assertClosed(() -> secrets.open(new byte[0], CONTEXT));
    }

    @Test
    void anotherKeyDoesNotOpen() {
        var sealed = Secrets.open(key()).seal("hunter2", CONTEXT);
        var other = Secrets.open(folder.resolve("other.key"));
        assertClosed(() -> other.open(sealed, CONTEXT));
    }

    @Test
    void aKeyFileThatIsNoneIsNamedAndLeftAsItIs() throws IOException {
        Files.writeString(key(), "not a key");
        assertThatThrownBy(() -> Secrets.open(key()))
                .isInstanceOf(StoreFailure.class)
                .hasMessageContaining(key().toString())
                .hasMessageContaining("restore it from a backup")
                .hasMessageNotContaining("\n");
        assertThat(key()).hasContent("not a key");
    }

    private Path key() {
        return folder.resolve("secret.key");
    }

    private static void assertClosed(ThrowingCallable opening) {
        assertThatThrownBy(opening)
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        failure ->
                                assertThat(failure.category())
                                        .isEqualTo(StoreFailure.Category.SEALED))
                .hasMessageNotContaining("hunter2");
    }
}
