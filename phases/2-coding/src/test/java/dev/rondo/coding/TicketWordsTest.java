package dev.rondo.coding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicketWordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Pay by card | '' | ''",
                "Pay by card (#12) | 12 | ''",
                "Fixes #2 | 2 | 2",
                "fix: #3 | 3 | 3",
                "Closes #1, #2 and #3; see #4 | 1,2,3,4 | 1,2,3",
                "RESOLVED #7 | 7 | 7",
                "prefixes #9 | 9 | ''",
                "Fixes a#5, x/#6, &#39; and ##8 | '' | ''",
                "#1 #1 #1 | 1 | ''",
                "#1234567890 is no number | '' | ''",
                "fixed#4 | '' | ''",
                "Fixes the thing of #5 | 5 | ''"
            })
    void messagesNameWorkItems(String message, String mentions, String fixes) {
        var words = TicketWords.of(message);
        assertThat(words.mentions().toString().replaceAll("[\\[\\] ]", "")).isEqualTo(mentions);
        assertThat(words.fixes().toString().replaceAll("[\\[\\] ]", "")).isEqualTo(fixes);
    }

    @Test
    void aMessageCannotNameEndlessly() {
        var message = new StringBuilder("Fixes");
        for (int i = 1; i < 1000; i++) {
            message.append(i == 1 ? " #" : ", #").append(i);
        }
        assertThat(TicketWords.of(message.toString()).fixes()).hasSize(50);
    }
}
