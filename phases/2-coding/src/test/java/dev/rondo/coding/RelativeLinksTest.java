package dev.rondo.coding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RelativeLinksTest {

    private static String rewritten(String html) {
        return new RelativeLinks(new CodeUrls("shop"), "main", "docs").rewrite(html);
    }

    @Test
    void relativeLinksLeadIntoTheRepository() {
        assertThat(rewritten("<a href=\"a%20b.md#top\" rel=\"nofollow\">x</a>"))
                .isEqualTo(
                        "<a href=\"/projects/shop/coding/files/docs/a%20b.md?at=main#top\""
                                + " rel=\"nofollow\">x</a>");
        assertThat(rewritten("<img src=\"../logo.png\" alt=\"\" />"))
                .isEqualTo("<img src=\"/projects/shop/coding/raw/logo.png?at=main\" alt=\"\" />");
        assertThat(rewritten("<a href=\"../../../../etc/passwd\">x</a>"))
                .contains("/files/etc/passwd");
    }

    @Test
    void allOthersStay() {
        for (String html :
                new String[] {
                    "<a href=\"https://example.org/x\">x</a>",
                    "<a href=\"/projects\">x</a>",
                    "<a href=\"#part\">x</a>",
                    "<a href=\"mailto:a@example.org\">x</a>",
                    "<p>href=\"x\"</p>"
                }) {
            assertThat(rewritten(html)).isEqualTo(html);
        }
    }
}
