package dev.rondo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rondo.engine.ActionSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {

    @TempDir Path folder;

    private Settings read(Map<String, String> flags, Map<String, String> environment) {
        var all = new HashMap<>(flags);
        all.put("data", folder.toString());
        return new SettingsReader(all, environment, folder).read();
    }

    @Test
    void theMailServerComesFromFlagsAndItsPasswordFromTheEnvironment() {
        var mail =
                read(
                                Map.of("smtp", "smtp://rondo@mail.example.org:2525"),
                                Map.of(
                                        "RONDO_SMTP_PASSWORD", "hush",
                                        "RONDO_SMTP_SENDER", "rondo@example.org"))
                        .outward()
                        .mail()
                        .orElseThrow();
        assertThat(mail.host()).isEqualTo("mail.example.org");
        assertThat(mail.port()).isEqualTo(2525);
        assertThat(mail.security()).isEqualTo("starttls");
        assertThat(mail.password()).isEqualTo("hush");
        assertThat(mail.sender()).isEqualTo("rondo@example.org");
        assertThat(mail.toString()).doesNotContain("hush");
    }

    @Test
    void theMailServerComesFromTheFileToo() throws IOException {
        Files.writeString(folder.resolve("secret"), "hush\n");
        Files.writeString(
                folder.resolve("rondo.toml"),
                """
                smtp = "smtps://rondo@mail.example.org"
                smtp-password-file = "secret"
                webhook-allow = "10.0.0.0/8"
                max-push = "5M"
                keep.artifacts = 30
                keep.cache-size = "20G"
                """);
        var settings = read(Map.of(), Map.of());
        var mail = settings.outward().mail().orElseThrow();
        assertThat(mail.port()).isEqualTo(465);
        assertThat(mail.security()).isEqualTo("tls");
        assertThat(mail.password()).isEqualTo("hush");
        assertThat(mail.sender()).isEqualTo("rondo@mail.example.org");
        assertThat(settings.maxPushBytes()).isEqualTo(5L << 20);
        assertThat(settings.keeps().artifacts().time()).hasDays(30);
        assertThat(settings.keeps().logs().time()).hasDays(90);
        assertThat(settings.keeps().caches().bytes()).isEqualTo(20L << 30);
    }

    @Test
    void theServerOfActionsHasATokenThatNobodyPrints() {
        var upstream =
                read(
                                Map.of("actions.upstream", "https://git.example.org"),
                                Map.of("RONDO_ACTIONS_UPSTREAM_TOKEN", "hush"))
                        .actions()
                        .upstream()
                        .orElseThrow();
        assertThat(upstream.toString()).contains("git.example.org").doesNotContain("hush");
        assertThat(upstream)
                .isEqualTo(
                        new ActionSettings.Upstream.Server(
                                URI.create("https://git.example.org"), Optional.of("hush")));
    }

    @Test
    void aClusterIsReadWithWhatItsPodsMayUse() {
        var settings =
                read(
                                Map.of(
                                        "kubernetes.image", "ci:1",
                                        "kubernetes.labels", "big, kubernetes",
                                        "kubernetes.memory", "8Gi",
                                        "kubernetes.request-cpu", "500m",
                                        "kubernetes.user", "1001",
                                        "kubernetes.address", "http://10.0.0.5:8080/",
                                        "kubernetes.nodes", "pool=ci"),
                                Map.of())
                        .cluster()
                        .orElseThrow();
        assertThat(settings.labels()).containsExactly("big", "kubernetes");
        assertThat(settings.address()).contains(URI.create("http://10.0.0.5:8080"));
        assertThat(settings.access().namespace()).isEqualTo("default");
        assertThat(settings.pods().resources().limits()).isEqualTo(Map.of("memory", "8Gi"));
        assertThat(settings.pods().resources().requests()).isEqualTo(Map.of("cpu", "500m"));
        assertThat(settings.pods().resources().nodes()).isEqualTo(Map.of("pool", "ci"));
        assertThat(settings.pods().user()).contains(1001L);
        assertThat(read(Map.of(), Map.of()).cluster()).isEmpty();
    }

    @Test
    void withoutAMailServerThereIsNone() {
        assertThat(read(Map.of(), Map.of()).outward().mail()).isEmpty();
        assertThat(read(Map.of(), Map.of()).maxPushBytes()).isEqualTo(2L << 30);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "smtp; mail.example.org; smtp://[ACCOUNT@]HOST[:PORT]",
                "smtp; http://mail; smtp://[ACCOUNT@]HOST[:PORT]",
                "smtp; smtp://rondo:secret@mail; the password does not belong into the address",
                "smtp; smtp://rondo@mail; there is no password for the account rondo",
                "smtp-sender; a@b; smtp, the mail server, is not",
                "actions.upstream-token; t; actions.upstream, the server, is not",
                "actions.upstream-token-file; none; cannot read",
                "webhook-allow; 10.0.0.0/40; not 10.0.0.0/40",
                "max-push; lots; max-push: a size such as 500M or 2G, not lots",
                "max-push; 0; max-push",
                "kubernetes.memory; 8Gi; there is no kubernetes.image",
                "keep.logs; ever; keep.logs: a number of days, not ever",
            })
    void whatCannotBeMeantIsRefusedInOneLine(String name, String value, String said) {
        assertThatThrownBy(() -> read(Map.of(name, value), Map.of()))
                .isInstanceOf(UsageProblem.class)
                .hasMessageContaining(said);
    }
}
