package dev.rondo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of docs/bad-input.md promises nothing that no test keeps. */
class BadInputTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)#(\\w+)`");
    private static final Pattern PLAYED = Pattern.compile("scenario `([\\w/]+)`");
    private static final String SCENARIOS = "phases/3-building/runs/src/test/resources/scenarios";
    private static final int CASES = 60;

    @Test
    void eachTestOfTheTableExists() throws IOException {
        var table = Files.readString(TidyTest.root().resolve("docs/bad-input.md"));
        var tests = tests();
        var missing = new TreeSet<String>();
        int cases = 0;
        var named = NAMED.matcher(table);
        while (named.find()) {
            cases++;
            var method = Pattern.compile("\\bvoid " + named.group(2) + "\\(");
            if (!method.matcher(tests.getOrDefault(named.group(1), "")).find()) {
                missing.add(named.group());
            }
        }
        var played = PLAYED.matcher(table);
        while (played.find()) {
            cases++;
            var folder = TidyTest.root().resolve(SCENARIOS).resolve(played.group(1));
            if (!Files.isRegularFile(folder.resolve("expect.json"))) {
                missing.add(played.group());
            }
        }
        assertThat(missing).isEmpty();
        assertThat(cases).isGreaterThan(CASES);
        assertThat(table.lines().filter(line -> line.startsWith("| ")))
                .as("each row names its test")
                .filteredOn(line -> !line.startsWith("| case"))
                .allMatch(line -> NAMED.matcher(line).find() || PLAYED.matcher(line).find());
    }

    /** The text of each test class by its name. */
    private static Map<String, String> tests() throws IOException {
        var tests = new TreeMap<String, String>();
        try (var files = Files.walk(TidyTest.root())) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith("Test.java"))
                            .filter(path -> path.toString().contains("/src/test/java/"))
                            .filter(path -> !path.toString().contains("/target/"))
                            .toList()) {
                var name = file.getFileName().toString().replace(".java", "");
                tests.merge(name, Files.readString(file), String::concat);
            }
        }
        return tests;
    }
}
