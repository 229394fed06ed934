package dev.rondo.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.journal.Wording;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What events say, in the language of whoever reads it. */
class TextsTest {

    private static final Texts TEXTS = Texts.of().strict();

    private static String german(Wording wording) {
        return TEXTS.say(Locale.GERMAN, Optional.of(wording), "in English");
    }

    @Test
    void aSentenceOfAnEventIsSaidInTheReadersLanguage() {
        assertThat(german(Wording.of("web.time.minutes", 5L))).isEqualTo("vor 5 Minuten");
        var inner = Wording.of("web.time.hours", 2L);
        assertThat(german(Wording.of("web.accounts.created", inner)))
                .isEqualTo("Das Konto vor 2 Stunden ist angelegt.");
        assertThat(german(Wording.all(List.of(Wording.of("web.home"), inner))))
                .endsWith(" vor 2 Stunden");
    }

    @Test
    void whatHasNoTextHereStaysAsItWasWritten() {
        assertThat(german(Wording.of("gone.key", "x"))).isEqualTo("in English");
        assertThat(german(Wording.of("web.accounts.created", Wording.of("gone.key"))))
                .isEqualTo("in English");
        assertThat(TEXTS.say(Locale.GERMAN, Optional.empty(), "in English"))
                .isEqualTo("in English");
    }
}
