package dev.rondo.testing.reports;

import java.io.InputStream;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** A pull reader of JSON for files that are not trusted: Jackson with our limits and our faults. */
final class JsonScanner implements AutoCloseable {
    private final JsonParser parser;
    private final Limits limits;

    JsonScanner(InputStream in, Limits limits) {
        var constraints =
                StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxStringLength(limits.attributeChars())
                        .maxNameLength(Limits.NAME_CHARS)
                        .maxNumberLength(100)
                        .build();
        this.limits = limits;
        this.parser =
                JsonFactory.builder()
                        .streamReadConstraints(constraints)
                        .build()
                        .createParser(ObjectReadContext.empty(), in);
    }

    /** What is done with the value of a property, to its end. */
    interface Property {
        void read(JsonScanner json);
    }

    /** Begins the document; its first token must be this one. */
    void begin(JsonToken expected) {
        advance();
        expect(expected);
    }

    /** Nothing may follow the document. */
    void end() {
        try {
            if (parser.nextToken() != null) {
                throw fault("testing.report.json.after");
            }
        } catch (JacksonException e) {
            throw fault(e);
        }
    }

    /** Reads the object that begins here; properties that nobody asks for are read over. */
    void object(Map<String, Property> properties) {
        expect(JsonToken.START_OBJECT);
        while (advance() != JsonToken.END_OBJECT) {
            var property = properties.get(parser.currentName());
            advance();
            if (property == null || parser.currentToken() == JsonToken.VALUE_NULL) {
                skip();
            } else {
                property.read(this);
            }
        }
    }

    /** Reads the list that begins here. */
    void list(Runnable each) {
        expect(JsonToken.START_ARRAY);
        while (advance() != JsonToken.END_ARRAY) {
            each.run();
        }
    }

    /** The text of the string, number or truth value here, shortened to what is kept. */
    String text() {
        if (parser.currentToken() == null || !parser.currentToken().isScalarValue()) {
            throw fault("testing.report.json.text");
        }
        try {
            // PostgreSQL keeps no NUL
            var text = parser.getString().replace('\u0000', '\uFFFD');
            return text.length() > Limits.KEPT_CHARS ? text.substring(0, Limits.KEPT_CHARS) : text;
        } catch (JacksonException e) {
            throw fault(e);
        }
    }

    /** The number here; 0 where it is not a whole number that fits. */
    int number() {
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                ? parser.getValueAsInt(0)
                : skipped();
    }

    void skip() {
        try {
            parser.skipChildren();
        } catch (JacksonException e) {
            throw fault(e);
        }
    }

    private int skipped() {
        skip();
        return 0;
    }

    private JsonToken advance() {
        try {
            var token = parser.nextToken();
            if (token == null) {
                throw fault("testing.report.json.cut");
            }
            return token;
        } catch (JacksonException e) {
            throw fault(e);
        }
    }

    private void expect(JsonToken expected) {
        if (parser.currentToken() != expected) {
            throw fault(
                    expected == JsonToken.START_ARRAY
                            ? "testing.report.json.list"
                            : "testing.report.json.object");
        }
    }

    Unreadable fault(String key, Object... arguments) {
        var place = parser.currentLocation();
        return new Unreadable(place.getLineNr(), place.getColumnNr(), key, arguments);
    }

    private Unreadable fault(JacksonException e) {
        if (e.getCause() instanceof Unreadable guard) {
            return guard;
        }
        var place = e.getLocation();
        int line = place == null ? 0 : Math.max(0, place.getLineNr());
        int column = place == null ? 0 : Math.max(0, place.getColumnNr());
        return e instanceof StreamConstraintsException
                ? new Unreadable(
                        line,
                        column,
                        "testing.report.json.limit",
                        limits.depth(),
                        limits.attributeChars())
                : new Unreadable(
                        line, column, "testing.report.json.syntax", e.getOriginalMessage());
    }

    @Override
    public void close() {
        parser.close();
    }
}
