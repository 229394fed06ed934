package dev.rondo.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A field of a form, with its label, hint and error: {@code Field.text("title",
 * "planning.field.title").value(t).required()}. Texts are keys.
 */
public final class Field {

    /** A choice of a select; its title is said as it stands. */
    public record Choice(String value, String title) {}

    private final String kind;
    private final String name;
    private final String labelKey;
    private final List<Choice> choices = new ArrayList<>();
    private String value = "";
    private String hintKey = "";
    private String error = "";
    private String list = "";
    private String complete = "";
    private int rows = 6;
    private int most;
    private boolean required;
    private boolean focused;

    private Field(String kind, String name, String labelKey) {
        this.kind = kind;
        this.name = name;
        this.labelKey = labelKey;
    }

    public static Field text(String name, String labelKey) {
        return new Field("text", name, labelKey);
    }

    public static Field number(String name, String labelKey) {
        return new Field("number", name, labelKey);
    }

    public static Field password(String name, String labelKey) {
        return new Field("password", name, labelKey);
    }

    public static Field email(String name, String labelKey) {
        return new Field("email", name, labelKey);
    }

    public static Field date(String name, String labelKey) {
        return new Field("date", name, labelKey);
    }

    public static Field area(String name, String labelKey) {
        return new Field("area", name, labelKey);
    }

    public static Field select(String name, String labelKey, List<Choice> choices) {
        var field = new Field("select", name, labelKey);
        field.choices.addAll(choices);
        return field;
    }

    /** Its value is {@code true} when it is checked. */
    public static Field check(String name, String labelKey) {
        return new Field("checkbox", name, labelKey);
    }

    public String name() {
        return name;
    }

    public Field value(String text) {
        this.value = text;
        return this;
    }

    public Field hint(String key) {
        this.hintKey = key;
        return this;
    }

    /** What is wrong with it, as a sentence in the reader's language. */
    public Field error(String sentence) {
        this.error = sentence;
        return this;
    }

    /** The refusal's sentence, if it is about this field. */
    public Field error(Visit visit, Refusal refusal) {
        return refusal.field().equals(name)
                ? error(visit.text(refusal.key(), refusal.args().toArray()))
                : this;
    }

    public Field error(Visit visit, Optional<Refusal> refusal) {
        return refusal.map(there -> error(visit, there)).orElse(this);
    }

    /** Offers values as one types: id of a {@code datalist} on the page. */
    public Field suggestions(String id) {
        this.list = id;
        return this;
    }

    /** What a browser may fill in, such as {@code username}. */
    public Field complete(String token) {
        this.complete = token;
        return this;
    }

    public Field rows(int count) {
        this.rows = count;
        return this;
    }

    public Field most(int characters) {
        this.most = characters;
        return this;
    }

    public Field required() {
        this.required = true;
        return this;
    }

    public Field focused() {
        this.focused = true;
        return this;
    }

    Html render(Visit visit) {
        var id = "f-" + name;
        var html = Html.of("div").attr("class", error.isEmpty() ? "field" : "field wrong");
        if (kind.equals("checkbox")) {
            html.open("label").attr("class", "check");
            control(html, id);
            html.open("span").text(visit.text(labelKey)).close().close();
        } else {
            html.open("label").attr("for", id).text(visit.text(labelKey));
            if (required) {
                html.open("span")
                        .attr("class", "must")
                        .attr("aria-hidden", "true")
                        .text("*")
                        .close();
            }
            html.close();
            control(html, id);
        }
        if (!hintKey.isEmpty()) {
            html.open("p").attr("class", "hint").text(visit.text(hintKey)).close();
        }
        if (!error.isEmpty()) {
            html.open("p").attr("class", "error").attr("id", id + "-error").text(error).close();
        }
        return html.close();
    }

    private void control(Html html, String id) {
        switch (kind) {
            case "area" -> {
                common(html.open("textarea"), id).attr("rows", rows);
                // The first line break of a textarea is not part of its value.
                html.text("\n" + value).close();
            }
            case "select" -> {
                common(html.open("select"), id);
                for (var choice : choices) {
                    html.open("option")
                            .attr("value", choice.value())
                            .flag(choice.value().equals(value), "selected")
                            .text(choice.title())
                            .close();
                }
                html.close();
            }
            case "checkbox" ->
                    common(html.open("input").attr("type", "checkbox").attr("value", "true"), id)
                            .flag(value.equals("true"), "checked")
                            .end();
            default ->
                    common(html.open("input").attr("type", kind).attr("value", value), id)
                            .attrIf(kind.equals("number"), "step", "any")
                            .attrIf(!list.isEmpty(), "list", list)
                            .attrIf(!complete.isEmpty(), "autocomplete", complete)
                            .attrIf(
                                    kind.equals("password"),
                                    "autocomplete",
                                    name.equals("password") ? "current-password" : "new-password")
                            .end();
        }
    }

    private Html common(Html html, String id) {
        return html.attr("id", id)
                .attr("name", name)
                .attrIf(most > 0, "maxlength", String.valueOf(most))
                .attrIf(!error.isEmpty(), "aria-invalid", "true")
                .attrIf(!error.isEmpty(), "aria-describedby", id + "-error")
                .flag(required, "required")
                .flag(focused, "autofocus");
    }
}
