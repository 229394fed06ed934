package dev.rondo.actions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** A part of a workflow file: what is written, or an expression in its place. */
public sealed interface Template {

    Position at();

    record Literal(Value value, Position at) implements Template {}

    /** A value that an expression gives, or a text with expressions in it. */
    record Dynamic(Expression expression, Position at) implements Template {}

    /** <code>${{ insert }}</code>: the entries of its value stand in the mapping around. */
    record Insert(Position at) implements Template {}

    record Sequence(List<Template> items, Position at) implements Template {}

    record Mapping(List<Entry> entries, Position at) implements Template {
        static final Mapping EMPTY = new Mapping(List.of(), Position.START);

        /** The value under a key that is written out. */
        public Optional<Template> get(String key) {
            for (Entry entry : entries) {
                if (entry.key() instanceof Literal literal && literal.value().text().equals(key)) {
                    return Optional.of(entry.value());
                }
            }
            return Optional.empty();
        }

        public Mapping mapping(String key) {
            return get(key).map(Template::asMapping).orElse(EMPTY);
        }
    }

    record Entry(Template key, Template value) {
        /** The key as written, empty where it is an expression. */
        public String name() {
            return key instanceof Literal literal ? literal.value().text() : "";
        }
    }

    default Mapping asMapping() {
        return this instanceof Mapping mapping ? mapping : Mapping.EMPTY;
    }

    /** The items of a sequence, or the one thing that stands in its place. */
    default List<Template> items() {
        return this instanceof Sequence sequence ? sequence.items() : List.of(this);
    }

    /** The text as written; the expression's source where it is one. */
    default String source() {
        return switch (this) {
            case Literal literal -> literal.value().text();
            case Dynamic dynamic -> "${{ " + dynamic.expression().text() + " }}";
            default -> "";
        };
    }

    /** The value in a scope; throws {@link ExpressionFault}. */
    default Value value(Scope scope) {
        return switch (this) {
            case Literal literal -> literal.value();
            case Dynamic dynamic -> dynamic.expression().value(scope);
            case Insert insert -> Value.NOTHING;
            case Sequence sequence -> {
                var items = new ArrayList<Value>();
                sequence.items().forEach(item -> items.add(item.value(scope)));
                yield Value.of(items);
            }
            case Mapping mapping -> {
                var entries = new LinkedHashMap<String, Value>();
                for (Entry entry : mapping.entries()) {
                    Value value = entry.value().value(scope);
                    if (entry.key() instanceof Insert) {
                        if (value instanceof Value.Obj more) {
                            entries.putAll(more.entries());
                        }
                    } else {
                        entries.put(entry.key().value(scope).text(), value);
                    }
                }
                yield Value.of(entries);
            }
        };
    }
}
