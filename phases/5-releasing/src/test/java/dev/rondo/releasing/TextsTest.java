package dev.rondo.releasing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.web.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextsTest {

    private final Texts texts = Texts.of("releasing").strict();

    @Test
    void bothLanguagesHaveTheSameKeysAndArguments() {
        assertThat(texts.keys(Locale.GERMAN)).isEqualTo(texts.keys(Locale.ENGLISH));
        for (var key : texts.keys(Locale.ENGLISH)) {
            if (key.startsWith("releasing.")) {
                assertThat(arguments(texts.say(Locale.GERMAN, key)))
                        .as(key)
                        .isEqualTo(arguments(texts.say(Locale.ENGLISH, key)));
            }
        }
    }

    @Test
    void everyKeyInTheSourcesHasAText() throws IOException {
        var key = Pattern.compile("\"(releasing(?:\\.[a-z-]+)+)\"");
        try (var files = Files.walk(Path.of("src/main"))) {
            for (var file : files.filter(f -> f.toString().matches(".*\\.(java|jte)")).toList()) {
                key.matcher(Files.readString(file))
                        .results()
                        .forEach(found ->
                                assertThat(texts.has(found.group(1)))
                                        .as(found.group(1) + " in " + file)
                                        .isTrue());
            }
        }
    }

    private static java.util.List<String> arguments(String text) {
        return Pattern.compile("\\{\\d")
                .matcher(text)
                .results()
                .map(m -> m.group())
                .sorted()
                .toList();
    }
}
