package dev.rondo.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.actions.ProblemMatchers.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProblemMatchersTest {
    private static final String ONE =
            """
            {"problemMatcher": [{"owner": "%s", "severity": "%s", "pattern": [
              {"regexp": "^(.+):(\\\\d+):(\\\\d+): (.+)$", "file": 1, "line": 2, "column": 3, "message": 4}]}]}
            """;
    private static final String ESLINT =
            """
            {"problemMatcher": [{"owner": "eslint-stylish", "pattern": [
              {"regexp": "^([^\\\\s].*)$", "file": 1},
              {"regexp": "^\\\\s+(\\\\d+):(\\\\d+)\\\\s+(error|warning|info)\\\\s+(.*)\\\\s\\\\s+(.*)$",
               "line": 1, "column": 2, "severity": 3, "message": 4, "code": 5, "loop": true}]}]}
            """;

    private static ProblemMatchers of(String... files) {
        var matchers = new ProblemMatchers();
        for (String file : files) {
            switch (ProblemMatcher.read(file)) {
                case ProblemMatcher.Reading.Good(List<ProblemMatcher> all) ->
                        all.forEach(matchers::add);
                case ProblemMatcher.Reading.Bad(String why) -> throw new AssertionError(why);
            }
        }
        return matchers;
    }

    private static List<Annotation> all(ProblemMatchers matchers, String... lines) {
        var found = new ArrayList<Annotation>();
        for (String line : lines) {
            matchers.line(line).ifPresent(found::add);
        }
        return found;
    }

    @Test
    void oneLineGivesAnAnnotationWithoutItsColours() {
        assertThat(
                        all(
                                of(ONE.formatted("gcc", "warning")),
                                "make",
                                "\u001b[31ma.c:3:7: bad\u001b[0m"))
                .containsExactly(
                        new Annotation(
                                "warning", "bad", "a.c", Optional.of(3), Optional.of(7), ""));
    }

    @Test
    void lastPatternLoopsUntilALineDoesNotFit() {
        List<Annotation> found =
                all(
                        of(ESLINT),
                        "test.js",
                        "  1:0  error  Missing \"use strict\"  strict",
                        "  5:10  warning  'addOne' unused  no-unused-vars",
                        "",
                        "  9:1  error  no file above  x");
        assertThat(found).extracting(Annotation::file).containsExactly("test.js", "test.js");
        assertThat(found).extracting(Annotation::severity).containsExactly("error", "warning");
        assertThat(found.getLast().code()).isEqualTo("no-unused-vars");
    }

    @Test
    void newestMatcherComesFirstAndOneOwnerHasOne() {
        ProblemMatchers matchers = of(ONE.formatted("a", "warning"), ONE.formatted("b", "notice"));
        assertThat(matchers.owners()).containsExactly("b", "a");
        assertThat(all(matchers, "x:1:1: m").getFirst().severity()).isEqualTo("notice");
        matchers.remove("B");
        assertThat(all(matchers, "x:1:1: m").getFirst().severity()).isEqualTo("warning");
        matchers.remove("a");
        assertThat(all(matchers, "x:1:1: m")).isEmpty();
    }

    @Test
    void fileStandsBesideTheProjectThatItCameFrom() {
        ProblemMatchers matchers =
                of(
                        """
                        {"problemMatcher": [{"owner": "msbuild", "pattern": [
                          {"regexp": "^(\\\\S+): (\\\\S+) \\\\[(.+)\\\\]$", "file": 1, "message": 2, "fromPath": 3}]}]}
                        """);
        assertThat(all(matchers, "a.cs: bad [src/x/p.csproj]").getFirst().file())
                .isEqualTo("src/x/a.cs");
    }

    @Test
    void unknownSeverityAndEmptyMessageGiveNothing() {
        String pattern =
                "{\"problemMatcher\": [{\"owner\": \"o\", \"pattern\": [{\"regexp\": \"^(\\\\w+):(.*)$\","
                        + " \"severity\": 1, \"message\": 2}]}]}";
        assertThat(all(of(pattern), "fatal:x", "error:", "ERROR:y"))
                .extracting(Annotation::message)
                .containsExactly("y");
    }

    @Test
    void patternThatTriesTooManyWaysIsGivenUp() {
        ProblemMatchers matchers =
                of(
                        "{\"problemMatcher\": [{\"owner\": \"o\", \"pattern\": [{\"regexp\": \"^(a+)+(a+)+(a+)+(a+)+$\", \"message\": 1}]}]}");
        String line = "a".repeat(5_000) + "!";
        assertThat(all(matchers, line, line, line, line)).isEmpty();
        assertThat(matchers.owners()).isEmpty();
    }

    @Test
    void wrongFilesAreToldWhy() {
        String matcher = "{\"problemMatcher\": [{\"owner\": \"o\", \"pattern\": [%s]}]}";
        assertThat(why("no")).startsWith("The file is no JSON");
        assertThat(why("{}")).contains("no list 'problemMatcher'");
        assertThat(why("{\"problemMatcher\": [{}]}")).isEqualTo("Owner must not be empty");
        assertThat(why(ONE.formatted("o", "fatal")))
                .contains("unexpected default severity 'fatal'");
        assertThat(why(matcher.formatted(""))).contains("does not contain any patterns");
        assertThat(why(matcher.formatted("{\"regexp\": \"a\"}")))
                .isEqualTo("At least one pattern must set 'message'");
        assertThat(why(matcher.formatted("{\"regexp\": \"(a)\", \"message\": 2}")))
                .isEqualTo("The property 'message' is set to 2 which is out of range");
        assertThat(why(matcher.formatted("{\"regexp\": \"(a)\", \"message\": 1, \"loop\": true}")))
                .contains("Only the last pattern in a multiline matcher may set 'loop'");
        assertThat(why(matcher.formatted("{\"regexp\": \"(\", \"message\": 1}")))
                .contains("is no regular expression");
    }

    private static String why(String json) {
        return ProblemMatcher.read(json) instanceof ProblemMatcher.Reading.Bad(String why)
                ? why
                : "good";
    }
}
