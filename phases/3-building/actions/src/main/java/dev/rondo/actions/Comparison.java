package dev.rondo.actions;

import java.util.Locale;

/**
 * JavaScript's loose comparison (ECMA-262 5.1, 11.9.3), except that strings are compared without
 * case and that lists and mappings are equal only to themselves.
 */
final class Comparison {
    private Comparison() {}

    static boolean holds(Token.Kind operator, Value left, Value right) {
        return switch (operator) {
            case EQUAL -> equal(left, right);
            case NOT_EQUAL -> !equal(left, right);
            case GREATER -> less(right, left);
            case GREATER_OR_EQUAL -> equal(left, right) || less(right, left);
            case LESS -> less(left, right);
            case LESS_OR_EQUAL -> equal(left, right) || less(left, right);
            default -> throw new IllegalStateException(operator + " compares nothing");
        };
    }

    static boolean equal(Value left, Value right) {
        if (left.kind().equals(right.kind())) {
            return switch (left) {
                case Value.Nothing n -> true;
                case Value.Bool b -> b.equals(right);
                case Value.Num n -> n.number() == right.number();
                case Value.Text t -> upper(t.text()).equals(upper(right.text()));
                case Value.Arr a -> same(a, right);
                case Value.Obj o -> same(o, right);
            };
        }
        return left.primitive() && right.primitive() && left.number() == right.number();
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean same(Value left, Value right) {
        return left == right;
    }

    static boolean less(Value left, Value right) {
        if (left instanceof Value.Text l && right instanceof Value.Text r) {
            return upper(l.text()).compareTo(upper(r.text())) < 0;
        }
        if (left instanceof Value.Nothing && right instanceof Value.Nothing) {
            return false;
        }
        return left.primitive() && right.primitive() && left.number() < right.number();
    }

    /** Upper case of all but the dotless i, which would become an I. */
    static String upper(String text) {
        if (text.indexOf('ı') < 0) {
            return text.toUpperCase(Locale.ROOT);
        }
        var upper = new StringBuilder(text.length());
        for (String part : text.split("(?<=ı)|(?=ı)", -1)) {
            upper.append(part.equals("ı") ? part : part.toUpperCase(Locale.ROOT));
        }
        return upper.toString();
    }
}
