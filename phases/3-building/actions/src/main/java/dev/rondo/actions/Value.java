package dev.rondo.actions;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an expression yields: JSON's kinds, with GitHub's coercions. */
public sealed interface Value {

    Value NOTHING = new Nothing();
    Value TRUE = new Bool(true);
    Value FALSE = new Bool(false);

    /** Null; coerces to the empty string and to 0. */
    record Nothing() implements Value {}

    record Bool(boolean on) implements Value {}

    /** Every number is a double, as in JavaScript. */
    record Num(double number) implements Value {}

    record Text(String text) implements Value {}

    /** A list; equal only to itself, as an expression sees it. */
    final class Arr implements Value {
        private final List<Value> items;
        private final boolean filtered;

        Arr(List<Value> items, boolean filtered) {
            this.items = List.copyOf(items);
            this.filtered = filtered;
        }

        public List<Value> items() {
            return items;
        }

        /** True of what {@code .*} gave: a further index then goes to each item. */
        boolean filtered() {
            return filtered;
        }
    }

    /** A mapping whose keys keep their order and are mostly found in any case. */
    final class Obj implements Value {
        private final Map<String, Value> entries;
        private final boolean exact;

        /** Made when something is looked up first: most mappings are never looked into. */
        private volatile @Nullable Map<String, Value> folded;

        Obj(Map<String, ? extends Value> entries) {
            this(entries, false);
        }

        private Obj(Map<String, ? extends Value> entries, boolean exact) {
            this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
            this.exact = exact;
        }

        /** One whose keys are found as they are written only: the variables of a Linux machine. */
        public static Obj exact(Map<String, String> texts) {
            var values = new LinkedHashMap<String, Value>();
            texts.forEach((name, text) -> values.put(name, Value.of(text)));
            return new Obj(values, true);
        }

        public Map<String, Value> entries() {
            return entries;
        }

        public Optional<Value> get(String key) {
            return Optional.ofNullable((exact ? entries : folded()).get(key));
        }

        private Map<String, Value> folded() {
            var known = folded;
            if (known == null) {
                known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                known.putAll(entries);
                folded = known;
            }
            return known;
        }
    }

    static Value of(boolean on) {
        return on ? TRUE : FALSE;
    }

    static Value of(double number) {
        return new Num(number);
    }

    static Value of(String text) {
        return new Text(text);
    }

    static Arr of(List<? extends Value> items) {
        return new Arr(List.copyOf(items), false);
    }

    static Obj of(Map<String, ? extends Value> entries) {
        return new Obj(entries);
    }

    /** A mapping of texts, the commonest context. */
    static Obj texts(Map<String, String> entries) {
        var values = new LinkedHashMap<String, Value>();
        entries.forEach((key, text) -> values.put(key, new Text(text)));
        return new Obj(values);
    }

    /** Reads JSON text; throws {@link ExpressionFault} where it is none. */
    static Value json(String text) {
        return Json.read(text);
    }

    /** GitHub's name of the kind: Null, Boolean, Number, String, Array or Object. */
    default String kind() {
        return switch (this) {
            case Nothing n -> "Null";
            case Bool b -> "Boolean";
            case Num n -> "Number";
            case Text t -> "String";
            case Arr a -> "Array";
            case Obj o -> "Object";
        };
    }

    default boolean primitive() {
        return !(this instanceof Arr) && !(this instanceof Obj);
    }

    /** As text: what stands in a string around it, or in an environment variable. */
    default String text() {
        return switch (this) {
            case Nothing n -> "";
            case Bool b -> b.on() ? "true" : "false";
            case Num n -> Numbers.print(n.number());
            case Text t -> t.text();
            case Arr a -> "Array";
            case Obj o -> "Object";
        };
    }

    /** As number; NaN where there is none. */
    default double number() {
        return switch (this) {
            case Nothing n -> 0;
            case Bool b -> b.on() ? 1 : 0;
            case Num n -> n.number();
            case Text t -> Numbers.parse(t.text());
            case Arr a -> Double.NaN;
            case Obj o -> Double.NaN;
        };
    }

    default boolean truthy() {
        return switch (this) {
            case Nothing n -> false;
            case Bool b -> b.on();
            case Num n -> n.number() != 0 && !Double.isNaN(n.number());
            case Text t -> !t.text().isEmpty();
            case Arr a -> true;
            case Obj o -> true;
        };
    }

    /** The value under a key of a mapping, or null's value. */
    default Value at(String key) {
        return this instanceof Obj object ? object.get(key).orElse(NOTHING) : NOTHING;
    }

    /** As JSON, indented by two as {@code toJSON} does. */
    default String toJson() {
        return Json.write(this);
    }
}
