package dev.rondo.actions;

/** Values of keys that must be true or false, or a number, once evaluated. */
final class Truths {
    private Truths() {}

    static boolean of(String key, Value value) {
        return switch (value) {
            case Value.Bool truth -> truth.on();
            case Value.Text(String text) when text.equals("true") || text.equals("false") ->
                    text.equals("true");
            default ->
                    throw ExpressionFault.evaluation(
                            "Unexpected value '%s': %s must be true or false"
                                    .formatted(value.text(), key));
        };
    }

    static double number(String key, Value value) {
        double number =
                value instanceof Value.Text(String text) && text.isBlank()
                        ? Double.NaN
                        : value.number();
        if (Double.isNaN(number)) {
            throw ExpressionFault.evaluation(
                    "Unexpected value '%s': %s must be a number".formatted(value.text(), key));
        }
        return number;
    }
}
