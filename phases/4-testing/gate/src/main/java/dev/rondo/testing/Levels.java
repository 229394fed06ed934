package dev.rondo.testing;

import dev.rondo.testing.reports.TestResult;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * To which level of the pyramid a test belongs when {@code .rondo/tests.yml} does not say: told by
 * the words that teams use in names of folders, reports, jobs and classes. What says nothing is a
 * unit test.
 */
final class Levels {
    private static final Set<String> UI =
            Set.of(
                    "ui",
                    "e2e",
                    "browser",
                    "selenium",
                    "cypress",
                    "playwright",
                    "webdriver",
                    "puppeteer",
                    "gui",
                    "acceptance");
    private static final Set<String> INTEGRATION =
            Set.of("integration", "integrationtest", "it", "its", "failsafe", "api", "contract");
    private static final Set<String> UNIT = Set.of("unit", "unittest", "surefire");
    private static final Pattern CAMEL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern NOT_WORD = Pattern.compile("[^A-Za-z0-9]+");

    private Levels() {}

    /** By a report's path and the job that made it; empty where neither says anything. */
    static Optional<Level> ofReport(String path, String job) {
        return ofWords(path).or(() -> ofWords(job));
    }

    /** By where the test stands: its file, its class or its suite. The test's own name is prose. */
    static Level ofTest(TestResult test, Optional<Level> report) {
        return report.or(() -> ofPlace(test.file(), test.className(), test.name(), test.suite()))
                .orElse(Level.UNIT);
    }

    /** As for a test, by a suite's name. */
    static Level ofSuite(String name, Optional<Level> report) {
        return report.or(() -> ofClass(name)).orElse(Level.UNIT);
    }

    private static Optional<Level> ofPlace(
            String file, String className, String name, String suite) {
        return ofWords(file)
                .or(() -> className.equals(name) ? Optional.empty() : ofClass(className))
                .or(() -> ofClass(suite));
    }

    /** A class or file has no blanks; a sentence such as "it adds" says nothing about a level. */
    private static Optional<Level> ofClass(String name) {
        return name.indexOf(' ') >= 0 ? Optional.empty() : ofWords(name);
    }

    private static Optional<Level> ofWords(String text) {
        Optional<Level> found = Optional.empty();
        for (var part : NOT_WORD.split(text)) {
            for (var word : CAMEL.split(part)) {
                var lower = word.toLowerCase(Locale.ROOT);
                if (UI.contains(lower)) {
                    return Optional.of(Level.UI);
                }
                if (INTEGRATION.contains(lower)) {
                    found = Optional.of(Level.INTEGRATION);
                } else if (found.isEmpty() && UNIT.contains(lower)) {
                    found = Optional.of(Level.UNIT);
                }
            }
        }
        return found;
    }
}
