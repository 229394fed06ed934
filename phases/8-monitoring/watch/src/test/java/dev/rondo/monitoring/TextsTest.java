package dev.rondo.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.web.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextsTest {

    private final Texts texts = Texts.of("monitoring").strict();

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(texts.keys(Locale.GERMAN)).isEqualTo(texts.keys(Locale.ENGLISH));
    }

    /** Keys that are made of data are found by their beginning. */
    @Test
    void everyKeyThatIsNamedHasAText() throws IOException {
        var named = new TreeSet<String>();
        var pattern = Pattern.compile("\"(monitoring\\.[a-z0-9.-]+[a-z0-9])\"");
        try (var files = Files.walk(Path.of("src/main"))) {
            for (var file : files.filter(f -> f.toString().matches(".*\\.(java|jte)")).toList()) {
                var matcher = pattern.matcher(Files.readString(file));
                while (matcher.find()) {
                    named.add(matcher.group(1));
                }
            }
        }
        assertThat(named).hasSizeGreaterThan(80);
        assertThat(texts.keys(Locale.ENGLISH)).containsAll(named);
    }

    @Test
    void everyReasonOfAJudgementIsASentenceInBothLanguages() {
        Object[] numbers = {0.2, 12L, 60L, 0.0, 0L, 540L};
        for (var key : texts.keys(Locale.ENGLISH)) {
            if (key.startsWith("monitoring.reason.")) {
                var arguments = Arrays.copyOf(numbers, 6);
                if (key.endsWith("route")) {
                    arguments = new Object[] {"/api/cart", 0.2, 12L, 60L, 0.0};
                } else if (key.endsWith("doubt")) {
                    arguments = new Object[] {3L, 120L, "/api/cart"};
                }
                assertThat(texts.say(Locale.ENGLISH, key, arguments)).doesNotContain("{");
                assertThat(texts.say(Locale.GERMAN, key, arguments)).doesNotContain("{");
            }
        }
        assertThat(texts.say(Locale.GERMAN, "monitoring.reason.errors", numbers))
                .contains("20,0%", "(12 von 60)");
    }
}
