package dev.rondo.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What needs no server: texts, Markdown, paging, times, routes. */
class PartsTest {

    private static final Texts TEXTS = Texts.of().strict();

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(TEXTS.keys(Locale.GERMAN)).isEqualTo(TEXTS.keys(Locale.ENGLISH));
    }

    @Test
    void missingKeyIsSaidLoudlyInTests() {
        assertThatThrownBy(() -> TEXTS.say(Locale.ENGLISH, "web.nothing"))
                .hasMessageContaining("web.nothing");
        assertThat(Texts.of().say(Locale.ENGLISH, "web.nothing")).isEqualTo("⟦web.nothing⟧");
    }

    @Test
    void numbersOfItemsAreNotGrouped() {
        assertThat(TEXTS.say(Locale.ENGLISH, "web.project.missing", 12345L)).contains("12345");
    }

    @Test
    void markdownOfStrangersCannotRunAnything() {
        var html =
                Markdown.html(
                        "[x](javascript:alert(1)) <script>alert(1)</script> <img src=x onerror=y>"
                                + " <a href=\"data:text/html,x\">y</a> <b style=\"color:red\">z</b>",
                        Markdown.Mentions.NONE);
        assertThat(html).doesNotContain("<script", "javascript:", "onerror", "data:", "style");
    }

    @Test
    void mentionsBecomeLinksOutsideOfCodeAndLinks() {
        var mentions = new Known();
        assertThat(Markdown.html("see #12, not `#13` nor [#14](https://x.org)", mentions))
                .contains("href=\"/t/12\"")
                .doesNotContain("/t/13", "/t/14");
        assertThat(Markdown.html("at 1234567abc.", mentions)).contains("href=\"/c/1234567abc\"");
        assertThat(Html.string(Markdown.line("Fix <it>, Fixes #7", mentions)))
                .isEqualTo("Fix &lt;it&gt;, Fixes <a href=\"/t/7\">#7</a>");
    }

    private static final class Known implements Markdown.Mentions {
        @Override
        public Optional<String> ticket(long number) {
            return Optional.of("/t/" + number);
        }

        @Override
        public Optional<String> commit(String id) {
            return Optional.of("/c/" + id);
        }
    }

    @Test
    void forwardPageKnowsWhatIsBehindAndBeforeIt() {
        var first = new Paging(Optional.empty(), false, 2).slice(List.of("a", "b", "c"), s -> s);
        assertThat(first.rows()).containsExactly("a", "b");
        assertThat(first.before()).isEmpty();
        assertThat(first.after()).contains("b");
        var second = new Paging(Optional.of("b"), false, 2).slice(List.of("c"), s -> s);
        assertThat(second.before()).contains("c");
        assertThat(second.after()).isEmpty();
    }

    @Test
    void lastPageIsReadBackwardsAndShownForwards() {
        var last = new Paging(Optional.empty(), true, 2).slice(List.of("z", "y", "x"), s -> s);
        assertThat(last.rows()).containsExactly("y", "z");
        assertThat(last.before()).contains("y");
        assertThat(last.after()).isEmpty();
    }

    @Test
    void timesAreSaidAsPeopleSayThem() {
        var now = Instant.parse("2026-11-22T12:00:00Z");
        var english = new Times(TEXTS, Locale.ENGLISH, ZoneOffset.UTC);
        var german = new Times(TEXTS, Locale.GERMAN, ZoneOffset.UTC);
        assertThat(english.ago(now.minusSeconds(2), now)).isEqualTo("just now");
        assertThat(english.ago(now.minusSeconds(60), now)).isEqualTo("one minute ago");
        assertThat(german.ago(now.minusSeconds(7200), now)).isEqualTo("vor 2 Stunden");
        assertThat(german.ago(now.minus(Duration.ofDays(1)), now)).isEqualTo("gestern");
        assertThat(german.duration(Duration.ofMillis(3200))).isEqualTo("3,2 s");
    }

    @Test
    void routeThatDemandsARightInAProjectNamesTheProject() {
        assertThatThrownBy(() -> new Routes().get("/things", May.READ, visit -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void figureClosesItsLoopAndCrossesItself() {
        assertThat(LoopFigure.point(1)[0]).isCloseTo(0, org.assertj.core.data.Offset.offset(1.0));
        assertThat(LoopFigure.point(5)[0]).isCloseTo(0, org.assertj.core.data.Offset.offset(1.0));
        assertThat(LoopFigure.point(3)[0]).isLessThan(-95);
        assertThat(LoopFigure.point(7)[0]).isGreaterThan(95);
    }
}
