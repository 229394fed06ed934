package dev.rondo.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.web.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every text exists in English and German, and no template holds a sentence of its own. */
class EveryTextTest {

    private static final Texts TEXTS = Texts.of(modules());

    static List<String> modules() {
        var modules = new ArrayList<>(List.of("access", "loop", "app"));
        modules.addAll(Rondo.PARTS);
        modules.addAll(Rondo.PHASES);
        return modules;
    }

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(new TreeSet<>(TEXTS.keys(Locale.GERMAN)))
                .isEqualTo(new TreeSet<>(TEXTS.keys(Locale.ENGLISH)));
    }

    @Test
    void theLoopsTemplatesUseOnlyKeysThatExist() throws IOException {
        var key = Pattern.compile("\"((?:loop|web|access|app)\\.[a-z][a-zA-Z0-9.-]*[a-zA-Z0-9])\"");
        var missing = new TreeSet<String>();
        try (Stream<Path> files = Files.walk(TidyTest.root().resolve("loop/src/main"))) {
            for (var file :
                    files.filter(one -> one.toString().matches(".*\\.(jte|java)")).toList()) {
                var matcher = key.matcher(Files.readString(file));
                while (matcher.find()) {
                    if (!TEXTS.has(matcher.group(1)) && !matcher.group(1).endsWith(".")) {
                        missing.add(matcher.group(1) + " in " + file.getFileName());
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
    }
}
