package dev.rondo.web;

import dev.rondo.journal.Subject;
import gg.jte.Content;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One page with every part on it, to look at. */
final class SamplePage {

    private SamplePage() {}

    static Content of(Visit visit) {
        var markdown =
                """
                ## Why

                A customer **cannot** pay twice, see #12 and commit `abc` 1234567abc.

                - [x] done
                - [ ] open

                | route | requests | errors |
                |---|---:|---:|
                | /api/orders | 1204 | 240 |

                ```java
                record Order(String id, long cents) {}
                ```
                > quoted <script>alert(1)</script>
                """;
        return Parts.all(
                head(),
                badges(visit),
                tabs(),
                table(visit),
                form(visit),
                Parts.panels(visit, Subject.of("ticket", 12)),
                Parts.chart(visit, "Requests per second", "/projects/shop/figures", 5),
                card(Markdown.content(markdown, mentions())),
                Parts.empty(visit, "web.projects.choose", "web.signin.lead"));
    }

    private static Markdown.Mentions mentions() {
        return new Markdown.Mentions() {
            @Override
            public Optional<String> ticket(long number) {
                return Optional.of("/projects/shop/tickets/" + number);
            }

            @Override
            public Optional<String> commit(String id) {
                return Optional.of("/projects/shop/commits/" + id);
            }
        };
    }

    private static Content head() {
        return Html.of("header")
                .attr("class", "head")
                .open("h1")
                .text("A page with every part")
                .close()
                .open("p")
                .attr("class", "muted")
                .text("So that one sees at a glance what is ugly.")
                .close()
                .close();
    }

    private static Content badges(Visit visit) {
        var row = Html.of("p").attr("class", "row");
        for (var tone : Tone.values()) {
            row.add(Parts.badge(tone.name().toLowerCase(java.util.Locale.ROOT), tone));
        }
        row.add(Parts.time(visit, Instant.now().minusSeconds(4000)));
        row.add(Parts.duration(visit, Duration.ofMillis(83_200)));
        row.add(Parts.avatar("Ada Lovelace")).add(Parts.avatar("grace"));
        row.add(Parts.bar(0.7, Tone.GOOD, "70 %"));
        row.add(Parts.sparkline(List.of(1.0, 4.0, 2.0, 8.0, 5.0, 7.0), "six values"));
        return row.close();
    }

    private static Content tabs() {
        return Html.of("nav")
                .attr("class", "tabs")
                .open("a")
                .attr("href", "#")
                .attr("aria-current", "page")
                .text("Overview")
                .close()
                .open("a")
                .attr("href", "#")
                .text("History")
                .close()
                .close();
    }

    private static Content table(Visit visit) {
        var table = Html.of("div").attr("class", "scroll").open("table").attr("class", "table");
        table.open("thead").open("tr");
        for (var title : List.of("Version", "Requests", "Errors", "State")) {
            table.open("th").attrIf(title.endsWith("s"), "class", "num").text(title).close();
        }
        table.close().close().open("tbody");
        for (int i = 0; i < 4; i++) {
            table.open("tr")
                    .open("td")
                    .text("1." + i + ".0")
                    .close()
                    .open("td")
                    .attr("class", "num")
                    .text(String.valueOf(1000 * i * i))
                    .close()
                    .open("td")
                    .attr("class", "num")
                    .text(String.valueOf(7 * i))
                    .close()
                    .open("td")
                    .add(
                            Parts.badge(
                                    i == 3 ? "rolled back" : "live", i == 3 ? Tone.BAD : Tone.GOOD))
                    .close()
                    .close();
        }
        return table.close().close();
    }

    private static Content form(Visit visit) {
        return Html.of("form")
                .attr("class", "stack narrow card")
                .attr("method", "post")
                .attr("action", "/projects/shop/notes")
                .add(Parts.csrf(visit))
                .add(
                        Parts.field(
                                visit,
                                Field.text("text", "web.account.token.title")
                                        .required()
                                        .hint("web.account.name.hint")))
                .add(
                        Parts.field(
                                visit,
                                Field.text("bad", "web.account.email")
                                        .value("ada@")
                                        .error("This is not an e-mail address.")))
                .add(
                        Parts.field(
                                visit,
                                Field.select(
                                        "role",
                                        "web.members.role.label",
                                        List.of(
                                                new Field.Choice("a", "Reader"),
                                                new Field.Choice("b", "Writer")))))
                .add(Parts.field(visit, Field.area("more", "web.more").rows(3)))
                .add(Parts.field(visit, Field.check("admin", "web.accounts.admin")))
                .open("p")
                .attr("class", "row")
                .open("button")
                .attr("class", "button primary")
                .text("Save")
                .close()
                .open("button")
                .attr("type", "button")
                .attr("class", "button")
                .text("Cancel")
                .close()
                .open("button")
                .attr("type", "button")
                .attr("class", "button danger")
                .attr("data-confirm", "Really?")
                .text("Delete")
                .close()
                .close()
                .close();
    }

    private static Content card(Content content) {
        return Html.of("section").attr("class", "card").add(content).close();
    }
}
