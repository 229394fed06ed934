package dev.rondo.releasing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.releasing.ConventionalCommit.Footer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples and rules of conventionalcommits.org 1.0.0. */
class ConventionalCommitTest {

    private static ConventionalCommit parse(String message) {
        return ConventionalCommit.parse(message).orElseThrow();
    }

    @Test
    void aFooterTellsWhatBreaks() {
        var commit =
                parse(
                        """
                        feat: allow provided config object to extend other configs

                        BREAKING CHANGE: `extends` key in config file is now used for extending other config files
                        """);
        assertThat(commit.breaking()).isTrue();
        assertThat(commit.breakingText()).startsWith("`extends` key").endsWith("config files");
        assertThat(commit.bump()).isEqualTo(Bump.MAJOR);
    }

    @Test
    void anExclamationMarkBreaksWithoutAFooter() {
        var commit = parse("feat(api)!: send an email to the customer");
        assertThat(commit.breaking()).isTrue();
        assertThat(commit.breakingText()).isEmpty();
        assertThat(commit.scope()).isEqualTo("api");
    }

    @Test
    void bodyOfSeveralParagraphsAndFootersAreToldApart() {
        var commit =
                parse(
                        """
                        fix: prevent racing of requests

                        Introduce a request id and a reference to latest request. Dismiss
                        incoming responses other than from latest request.

                        Remove timeouts: they are obsolete now.

                        Reviewed-by: Z
                        Refs: #123
                        Closes #42
                        """);
        assertThat(commit.body()).startsWith("Introduce").endsWith("obsolete now.");
        assertThat(commit.footers())
                .containsExactly(
                        new Footer("Reviewed-by", "Z"),
                        new Footer("Refs", "#123"),
                        new Footer("Closes", "#42"));
    }

    @Test
    void aFootersValueGoesOnOverLinesAndParagraphs() {
        var commit =
                parse(
                        """
                        chore!: drop support for Node 6

                        BREAKING CHANGE: use JavaScript features
                        not available in Node 6.

                        Reviewed-by: Z
                        """);
        assertThat(commit.footers())
                .containsExactly(
                        new Footer(
                                "BREAKING CHANGE",
                                "use JavaScript features\nnot available in Node 6."),
                        new Footer("Reviewed-by", "Z"));
        assertThat(commit.body()).isEmpty();
    }

    @Test
    void breakingChangeIsWrittenInCapitals() {
        assertThat(parse("fix: a\n\nbreaking change: b").breaking()).isFalse();
        assertThat(parse("fix: a\n\nBREAKING-CHANGE: b").breaking()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "feat: a, MINOR",
        "FEAT: a, MINOR",
        "fix(cart): a, PATCH",
        "perf: a, PATCH",
        "revert: let us never speak of it again, PATCH",
        "docs: correct spelling, NONE",
        "chore(deps)!: a, MAJOR"
    })
    void eachTypeAsksForItsBump(String message, Bump bump) {
        assertThat(parse(message).bump()).isEqualTo(bump);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Add a shop",
                "feat add a shop",
                "feat:add a shop",
                "feat: ",
                "feat (api): a",
                "feat(): a",
                "feat!!: a",
                ": a",
                "Merge branch 'main' into x"
            })
    void whatIsNoConventionalCommitIsNotReadAsOne(String message) {
        assertThat(ConventionalCommit.parse(message)).isEmpty();
    }

    @Test
    void windowsLineEndsDoNotMatter() {
        var commit = parse("fix: a\r\n\r\nbody\r\n\r\nRefs: #1\r\n");
        assertThat(commit.body()).isEqualTo("body");
        assertThat(commit.footers()).containsExactly(new Footer("Refs", "#1"));
    }
}
