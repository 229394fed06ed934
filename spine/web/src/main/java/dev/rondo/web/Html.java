package dev.rondo.web;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import gg.jte.output.Utf8ByteOutput;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes small pieces of HTML, escaping all that comes in. It is a {@link Content} itself, so that
 * parts nest.
 */
final class Html implements Content {

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();
    private boolean inTag;

    static Html of(String element) {
        return new Html().open(element);
    }

    /** Content as a string, HTML escaped where its templates say so. */
    static String string(Content content) {
        var output = new StringOutput(4096);
        content.writeTo(new OwaspHtmlTemplateOutput(output));
        return output.toString();
    }

    /**
     * As {@link #string}, as the bytes that are sent: static parts of templates are copied only.
     */
    static byte[] bytes(Content content) {
        var output = new Utf8ByteOutput();
        content.writeTo(new OwaspHtmlTemplateOutput(output));
        return output.toByteArray();
    }

    static String escape(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    Html open(String element) {
        endTag();
        out.append('<').append(element);
        open.push(element);
        inTag = true;
        return this;
    }

    Html attr(String name, String value) {
        out.append(' ').append(name).append("=\"").append(escape(value)).append('"');
        return this;
    }

    Html attr(String name, long value) {
        return attr(name, Long.toString(value));
    }

    Html attrIf(boolean there, String name, String value) {
        return there ? attr(name, value) : this;
    }

    /** An attribute without value. */
    Html flag(boolean there, String name) {
        if (there) {
            out.append(' ').append(name);
        }
        return this;
    }

    Html text(String text) {
        endTag();
        out.append(escape(text));
        return this;
    }

    Html add(Content content) {
        endTag();
        out.append(string(content));
        return this;
    }

    Html close() {
        endTag();
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** Ends an element that has no content, such as input. */
    Html end() {
        out.append('>');
        inTag = false;
        open.pop();
        return this;
    }

    @Override
    public void writeTo(TemplateOutput output) {
        while (!open.isEmpty()) {
            close();
        }
        output.writeContent(out.toString());
    }

    @Override
    public boolean isEmptyContent() {
        return out.isEmpty();
    }

    private void endTag() {
        if (inTag) {
            out.append('>');
            inTag = false;
        }
    }
}
