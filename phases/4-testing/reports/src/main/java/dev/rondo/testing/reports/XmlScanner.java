package dev.rondo.testing.reports;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pull reader of XML 1.0 for files that are not trusted. The JDK's own reader gathers a whole
 * attribute or CDATA section before it tells of it, and refuses files with control characters,
 * which test tools write when a message has colours in it. This one holds at most {@link
 * Limits#KEPT_CHARS} of any text, knows no entity but the five of XML, opens nothing, refuses
 * declarations inside a DOCTYPE, and knows its line and column exactly. Namespaces are dropped.
 */
final class XmlScanner {
    enum Token {
        START,
        END,
        DONE
    }

    private final CharSource in;
    private final Limits limits;
    private final Deque<String> open = new ArrayDeque<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private String name = "";
    private boolean emptyElement;
    private boolean rootSeen;
    private int line;
    private int column;

    XmlScanner(CharSource in, Limits limits) {
        this.in = in;
        this.limits = limits;
    }

    /** The next tag; text between tags is read over. */
    Token next() {
        if (emptyElement) {
            emptyElement = false;
            return close();
        }
        return advance(null);
    }

    /** The local name of the element that was started or ended last. */
    String name() {
        return name;
    }

    /** How many elements are open, the current one included. */
    int depth() {
        return open.size();
    }

    /** An attribute of the element started last, by its local name. */
    Optional<String> attribute(String wanted) {
        int at = names.indexOf(wanted);
        return at < 0 ? Optional.empty() : Optional.of(values.get(at));
    }

    String attribute(String wanted, String otherwise) {
        return attribute(wanted).orElse(otherwise);
    }

    /**
     * The text of the element started last, with that of the elements in it, up to its end, of
     * which the first {@link Limits#KEPT_CHARS} are kept. Afterwards the element is ended.
     */
    String content() {
        var text = new StringBuilder();
        leave(text);
        return text.toString();
    }

    /** Reads over the rest of the element started last. Afterwards it is ended. */
    void skip() {
        leave(null);
    }

    private void leave(@Nullable StringBuilder text) {
        int outside = open.size() - 1;
        while (open.size() > outside) {
            if (emptyElement) {
                emptyElement = false;
                close();
            } else {
                advance(text);
            }
        }
    }

    /** A fault at the tag that was read last. */
    Unreadable fault(String key, Object... arguments) {
        return new Unreadable(line, column, key, arguments);
    }

    private Token advance(@Nullable StringBuilder text) {
        while (true) {
            if (!text(text)) {
                return end();
            }
            line = in.line();
            column = in.column();
            in.read();
            switch (in.peek()) {
                case '?' -> skipUntil("?>");
                case '!' -> declaration(text);
                case '/' -> {
                    return endTag();
                }
                default -> {
                    return startTag();
                }
            }
        }
    }

    private Token end() {
        if (!open.isEmpty()) {
            throw here("testing.report.xml.open", open.getFirst());
        }
        if (!rootSeen) {
            throw here("testing.report.xml.none");
        }
        return Token.DONE;
    }

    /** Reads up to the next tag; false at the end of the file. */
    private boolean text(@Nullable StringBuilder kept) {
        while (true) {
            int c = in.peek();
            if (c < 0) {
                return false;
            }
            if (c == '<') {
                return true;
            }
            if (open.isEmpty() && !XmlText.space(c)) {
                throw here("testing.report.xml.outside");
            }
            if (c == '&') {
                reference(kept);
            } else {
                XmlText.keep(kept, in.read());
            }
        }
    }

    private void declaration(@Nullable StringBuilder kept) {
        in.read();
        if (in.peek() == '-') {
            expect("--");
            skipUntil("-->");
        } else if (in.peek() == '[' && !open.isEmpty()) {
            expect("[CDATA[");
            cdata(kept);
        } else {
            expect("DOCTYPE");
            doctype();
        }
    }

    private void cdata(@Nullable StringBuilder kept) {
        int brackets = 0;
        while (true) {
            int c = read();
            if (c == ']') {
                brackets++;
            } else if (c == '>' && brackets >= 2) {
                XmlText.keepBrackets(kept, brackets - 2);
                return;
            } else {
                XmlText.keepBrackets(kept, brackets);
                XmlText.keep(kept, c);
                brackets = 0;
            }
        }
    }

    /** JaCoCo and Cobertura name a DTD of their own; it is never opened. */
    private void doctype() {
        if (rootSeen) {
            throw here("testing.report.xml.outside");
        }
        int quote = 0;
        for (int length = 0; length < 4 * Limits.NAME_CHARS; length++) {
            int c = read();
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '[') {
                throw fault("testing.report.xml.doctype");
            } else if (c == '>') {
                return;
            }
        }
        throw fault("testing.report.xml.doctype");
    }

    private Token startTag() {
        var raw = readName();
        if (open.isEmpty() && rootSeen) {
            throw fault("testing.report.xml.roots", raw);
        }
        rootSeen = true;
        name = local(raw);
        if (open.size() >= limits.depth()) {
            throw fault("testing.report.depth", limits.depth());
        }
        names.clear();
        values.clear();
        boolean more = true;
        while (more) {
            boolean spaced = skipSpace();
            switch (in.peek()) {
                case '>' -> {
                    in.read();
                    more = false;
                }
                case '/' -> {
                    expect("/>");
                    emptyElement = true;
                    more = false;
                }
                case -1 -> read();
                default -> {
                    if (!spaced) {
                        throw here("testing.report.xml.tag", raw);
                    }
                    attribute();
                }
            }
        }
        open.push(raw);
        return Token.START;
    }

    private void attribute() {
        var key = local(readName());
        skipSpace();
        expect("=");
        skipSpace();
        int quote = read();
        if (quote != '"' && quote != '\'') {
            throw here("testing.report.xml.quote", key);
        }
        if (names.size() >= Limits.ATTRIBUTES) {
            throw here("testing.report.xml.attributes", Limits.ATTRIBUTES);
        }
        var value = new StringBuilder();
        for (int length = 0; ; length++) {
            if (length > limits.attributeChars()) {
                throw here("testing.report.xml.long", key, limits.attributeChars());
            }
            int c = in.peek();
            if (c == quote) {
                in.read();
                break;
            }
            if (c == '&') {
                reference(value);
            } else if (c == '<') {
                throw here("testing.report.xml.less", key);
            } else {
                read();
                XmlText.keep(value, XmlText.space(c) ? ' ' : c);
            }
        }
        names.add(key);
        values.add(value.toString());
    }

    private Token endTag() {
        in.read();
        var raw = readName();
        skipSpace();
        expect(">");
        if (open.isEmpty() || !open.getFirst().equals(raw)) {
            throw fault("testing.report.xml.end", raw, open.isEmpty() ? "" : open.getFirst());
        }
        return close();
    }

    private Token close() {
        name = local(open.pop());
        return Token.END;
    }

    private void reference(@Nullable StringBuilder kept) {
        in.read();
        word.setLength(0);
        while (word.length() <= 12) {
            int c = read();
            if (c == ';') {
                XmlText.keepCodePoint(kept, resolve(word.toString()));
                return;
            }
            word.append((char) c);
        }
        throw here("testing.report.xml.entity", word);
    }

    private int resolve(String entity) {
        return switch (entity) {
            case "lt" -> '<';
            case "gt" -> '>';
            case "amp" -> '&';
            case "quot" -> '"';
            case "apos" -> '\'';
            default -> {
                try {
                    if (entity.startsWith("#")) {
                        boolean hex = entity.startsWith("#x");
                        int c = Integer.parseInt(entity.substring(hex ? 2 : 1), hex ? 16 : 10);
                        if (Character.isValidCodePoint(c)) {
                            yield c;
                        }
                    }
                } catch (NumberFormatException e) {
                    // said below
                }
                throw here("testing.report.xml.entity", entity);
            }
        };
    }

    private String readName() {
        word.setLength(0);
        while (XmlText.nameChar(in.peek())) {
            if (word.length() >= Limits.NAME_CHARS) {
                throw here("testing.report.xml.name", Limits.NAME_CHARS);
            }
            word.append((char) in.read());
        }
        if (word.isEmpty()) {
            throw here("testing.report.xml.noname");
        }
        return word.toString();
    }

    private static String local(String raw) {
        return raw.substring(raw.indexOf(':') + 1);
    }

    private boolean skipSpace() {
        boolean any = false;
        while (XmlText.space(in.peek())) {
            in.read();
            any = true;
        }
        return any;
    }

    private void skipUntil(String end) {
        int matched = 0;
        while (matched < end.length()) {
            int c = read();
            if (c == end.charAt(matched)) {
                matched++;
            } else if (!(matched == end.length() - 1 && c == end.charAt(0) && c == '-')) {
                matched = c == end.charAt(0) ? 1 : 0;
            }
        }
    }

    private void expect(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (in.peek() != text.charAt(i)) {
                throw here("testing.report.xml.expected", text);
            }
            in.read();
        }
    }

    private int read() {
        int c = in.read();
        if (c < 0) {
            throw open.isEmpty()
                    ? here("testing.report.xml.cut")
                    : here("testing.report.xml.open", open.getFirst());
        }
        return c;
    }

    private Unreadable here(String key, Object... arguments) {
        return new Unreadable(in.line(), in.column(), key, arguments);
    }
}
