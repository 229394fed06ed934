package dev.rondo.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.web.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextsTest {
    private static final Pattern KEY = Pattern.compile("\"(testing\\.[a-z.]+[a-z])\"");

    private final Texts texts = Texts.of("testing");

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(texts.keys(Locale.GERMAN)).isEqualTo(texts.keys(Locale.ENGLISH));
    }

    @Test
    void everyKeyThatTheCodeNamesHasAText() throws IOException {
        var named = new TreeSet<String>();
        for (var root : new String[] {"src/main", "../reports/src/main"}) {
            try (var files = Files.walk(Path.of(root))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    if (file.toString().matches(".*\\.(java|jte)")) {
                        var matcher = KEY.matcher(Files.readString(file));
                        while (matcher.find()) {
                            named.add(matcher.group(1));
                        }
                    }
                }
            }
        }
        assertThat(named).hasSizeGreaterThan(150);
        assertThat(texts.keys(Locale.ENGLISH)).containsAll(named);
    }

    @Test
    void everyTextIsAProperMessage() {
        for (var language : Texts.LANGUAGES) {
            for (var key : texts.keys(language)) {
                if (key.startsWith("testing.")) {
                    var text = texts.say(language, key);
                    if (text.contains("{0")) {
                        assertThat(new MessageFormat(text, language)).as(key).isNotNull();
                        assertThat(text.replace("''", "")).as(key).doesNotContain("'");
                    }
                }
            }
        }
    }
}
