package dev.rondo.web;

import dev.rondo.journal.Subject;
import gg.jte.Content;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reusable pieces of pages; each is a {@link Content} that nests in any template. */
public final class Parts {

    /** Nothing at all; as a panel's body it hides the panel. */
    public static final Content NOTHING =
            new Content() {
                @Override
                public void writeTo(gg.jte.TemplateOutput output) {
                    // Nothing is written.
                }

                @Override
                public boolean isEmptyContent() {
                    return true;
                }
            };

    private Parts() {}

    /** Several pieces, one behind the other. */
    public static Content all(Content... pieces) {
        var list = List.of(pieces);
        return output -> list.forEach(piece -> piece.writeTo(output));
    }

    /** Plain text, escaped. */
    public static Content text(String text) {
        return output -> output.writeContent(Html.escape(text));
    }

    /** A link, or the bare text where there is no page. */
    public static Content link(String text, Optional<String> path) {
        return path.<Content>map(there -> Html.of("a").attr("href", there).text(text).close())
                .orElseGet(() -> text(text));
    }

    /** A link to a subject's page, if its phase is there. */
    public static Content link(Visit visit, Subject subject, String text) {
        return link(text, visit.link(subject));
    }

    // ---- Small things -------------------------------------------------------------------------

    /**
     * A state as a word with its colour; the text of the key, or {@code state} where it has none.
     */
    public static Content badge(Visit visit, String key, String state) {
        return badge(visit.textOr(key, state), Tone.of(state));
    }

    public static Content badge(Visit visit, String key, Tone tone) {
        return badge(visit.text(key), tone);
    }

    public static Content badge(String text, Tone tone) {
        return Html.of("span").attr("class", "badge " + tone.css()).text(text).close();
    }

    /** How long ago; date and time to the second on hovering. */
    public static Content time(Visit visit, Instant at) {
        if (at.toEpochMilli() == 0) {
            return text("–");
        }
        return Html.of("time")
                .attr("datetime", at.toString())
                .attr("title", visit.times().exact(at))
                .text(visit.times().ago(at, Instant.now()))
                .close();
    }

    /** Date and time to the second. */
    public static Content exactTime(Visit visit, Instant at) {
        return Html.of("time")
                .attr("datetime", at.toString())
                .text(visit.times().exact(at))
                .close();
    }

    public static Content duration(Visit visit, Duration length) {
        return Html.of("span")
                .attr("class", "duration")
                .text(visit.times().duration(length))
                .close();
    }

    /** Initials of a person in a circle whose colour belongs to the name. */
    public static Content avatar(String name) {
        var initials = new StringBuilder();
        for (var word : name.split("[\\s._-]+")) {
            if (!word.isEmpty() && initials.length() < 2) {
                initials.appendCodePoint(Character.toUpperCase(word.codePointAt(0)));
            }
        }
        return Html.of("span")
                .attr("class", "avatar")
                .attr("data-tint", Math.floorMod(name.hashCode(), 8) + 1)
                .attr("title", name)
                .attr("aria-hidden", "true")
                .text(initials.toString())
                .close();
    }

    /** Code that the browser colours; {@code language} as highlight.js names it, or empty. */
    public static Content code(String code, String language) {
        return Html.of("pre")
                .attr("class", "code")
                .open("code")
                .attrIf(!language.isEmpty(), "class", "language-" + language)
                .text(code)
                .close()
                .close();
    }

    /** A ratio between 0 and 1 as a bar. */
    public static Content bar(double ratio, Tone tone, String label) {
        var share = Math.clamp(ratio, 0, 1);
        return Html.of("progress")
                .attr("class", "bar " + tone.css())
                .attr("max", "1")
                .attr("value", String.format(Locale.ROOT, "%.4f", share))
                .attr("aria-label", label)
                .text(label)
                .close();
    }

    // ---- Forms --------------------------------------------------------------------------------

    /** Stands in every form that is posted. */
    public static Content csrf(Visit visit) {
        return Html.of("input")
                .attr("type", "hidden")
                .attr("name", CrossSite.FIELD)
                .attr("value", visit.csrf())
                .end();
    }

    public static Content field(Visit visit, Field field) {
        return field.render(visit);
    }

    /** A form that is one button, for an action without input. */
    public static Content action(Visit visit, String path, String key, String css) {
        return Html.of("form")
                .attr("method", "post")
                .attr("action", path)
                .attr("class", "inline")
                .add(csrf(visit))
                .open("button")
                .attr("class", "button " + css)
                .text(visit.text(key))
                .close()
                .close();
    }

    // ---- Whole blocks -------------------------------------------------------------------------

    /** What stands where there is nothing yet: why, and what to do next. */
    public static Content empty(Visit visit, String titleKey, String hintKey) {
        return empty(visit, titleKey, hintKey, NOTHING);
    }

    /** As above, with the button that does it. */
    public static Content empty(Visit visit, String titleKey, String hintKey, Content action) {
        return Html.of("div")
                .attr("class", "empty")
                .add(LoopFigure.mark("empty-mark"))
                .open("h2")
                .text(visit.text(titleKey))
                .close()
                .open("p")
                .text(visit.text(hintKey))
                .close()
                .add(action)
                .close();
    }

    /** A button that is a link. */
    public static Content button(String text, String path, String css) {
        return Html.of("a").attr("class", "button " + css).attr("href", path).text(text).close();
    }

    /** The pages before and after; keeps the other parameters of the query. */
    public static Content pager(Visit visit, Paging.Slice<?> slice) {
        if (slice.before().isEmpty() && slice.after().isEmpty()) {
            return NOTHING;
        }
        return Pager.render(visit, slice);
    }

    /** All panels of the other phases about a subject, as a grid. */
    public static Content panels(Visit visit, Subject subject) {
        return panels(visit, visit.panels(subject));
    }

    public static Content panels(Visit visit, List<PanelView> panels) {
        if (panels.isEmpty()) {
            return NOTHING;
        }
        var html = Html.of("div").attr("class", "panels");
        for (var panel : panels) {
            html.open("section")
                    .attr("class", panel.failed() ? "panel failed" : "panel")
                    .open("h2")
                    .text(panel.title())
                    .close()
                    .add(panel.content())
                    .close();
        }
        return html.close();
    }

    /**
     * A chart that the browser draws from JSON at a path and fetches again every few seconds:
     * {@code {"times":[epoch seconds], "series":[{"title","values":[…], "tone":"good|bad|…"}],
     * "unit":"ratio|seconds|bytes|count|per-second", "markers":[{"at","title"}]}}.
     */
    public static Content chart(Visit visit, String title, String jsonPath, int everySeconds) {
        return Html.of("figure")
                .attr("class", "chart")
                .attr("data-chart", jsonPath)
                .attr("data-every", everySeconds)
                .open("figcaption")
                .text(title)
                .close()
                .open("div")
                .attr("class", "plot")
                .attr("role", "img")
                .attr("aria-label", title)
                .close()
                .open("noscript")
                .open("a")
                .attr("href", jsonPath)
                .text(visit.text("web.chart.data"))
                .close()
                .close()
                .close();
    }

    /** A small line of values, drawn here: no script needed. */
    public static Content sparkline(List<Double> values, String label) {
        return Sparkline.render(values, label);
    }

    /** The lying eight with its eight segments; {@code lit} is a place from 1 to 8, or 0. */
    public static Content ring(Visit visit, int lit) {
        return LoopFigure.ring(visit, lit);
    }

    // ---- Live ---------------------------------------------------------------------------------

    /**
     * Content that hears what is published about the subjects: inside, {@code
     * hx-trigger="sse:name"} fetches again and {@code sse-swap="name"} takes the HTML.
     */
    public static Content live(Visit visit, List<Subject> about, Content content) {
        var path = new StringBuilder("/projects/").append(visit.project().name()).append("/live");
        char sign = '?';
        for (var subject : about) {
            path.append(sign).append("about=").append(Urls.encode(subject.toString()));
            sign = '&';
        }
        return Html.of("div")
                .attr("hx-ext", "sse")
                .attr("sse-connect", path.toString())
                .attr("class", "live")
                .add(content)
                .close();
    }

    public static Content live(Visit visit, Subject about, Content content) {
        return live(visit, List.of(about), content);
    }

    /** For pages that look at the project as a whole. */
    public static Content live(Visit visit, Content content) {
        return live(visit, List.of(), content);
    }
}
