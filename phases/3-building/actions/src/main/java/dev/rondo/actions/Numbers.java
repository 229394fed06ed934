package dev.rondo.actions;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** Numbers as JavaScript reads and prints them, which is what GitHub's results look like. */
final class Numbers {
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
    private static final Pattern HEX = Pattern.compile("0[xX][0-9a-fA-F]+");
    private static final Pattern OCTAL = Pattern.compile("0[oO][0-7]+");
    private static final Pattern BINARY = Pattern.compile("0[bB][01]+");

    private Numbers() {}

    static double parse(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            return 0;
        }
        if (DECIMAL.matcher(trimmed).matches()) {
            return Double.parseDouble(trimmed);
        }
        if (HEX.matcher(trimmed).matches()) {
            return digits(trimmed, 16);
        }
        if (OCTAL.matcher(trimmed).matches()) {
            return digits(trimmed, 8);
        }
        if (BINARY.matcher(trimmed).matches()) {
            return digits(trimmed, 2);
        }
        return switch (trimmed) {
            case "Infinity", "+Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.NaN;
        };
    }

    private static double digits(String text, int radix) {
        double sum = 0;
        for (int i = 2; i < text.length(); i++) {
            sum = sum * radix + Character.digit(text.charAt(i), radix);
        }
        return sum;
    }

    /** At most fifteen digits behind the point, without zeros at the end. */
    static String print(double number) {
        if (number == 0) {
            return "0";
        }
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return exact(number);
        }
        double rounded = new BigDecimal(number).setScale(15, RoundingMode.HALF_UP).doubleValue();
        return exact(rounded);
    }

    /** As {@code Number.prototype.toString} prints it (ECMA-262, Number::toString). */
    static String exact(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "Infinity" : "-Infinity";
        }
        if (number == 0) {
            return "0";
        }
        var decimal = new BigDecimal(Double.toString(Math.abs(number))).stripTrailingZeros();
        String sign = number < 0 ? "-" : "";
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent >= 21 || exponent < -6) {
            String digits = decimal.unscaledValue().toString();
            String tail = digits.length() > 1 ? "." + digits.substring(1) : "";
            return sign + digits.charAt(0) + tail + "e" + (exponent > 0 ? "+" : "") + exponent;
        }
        return sign + decimal.toPlainString();
    }

    /** With 15 digits that count, as .NET's format G15 prints it. */
    static String general(double number) {
        if (number == 0 || !Double.isFinite(number)) {
            return exact(number);
        }
        var rounded =
                new BigDecimal(Math.abs(number))
                        .round(new MathContext(15, RoundingMode.HALF_EVEN))
                        .stripTrailingZeros();
        String sign = number < 0 ? "-" : "";
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent < 15 && exponent >= -5) {
            return sign + rounded.toPlainString();
        }
        String digits = rounded.unscaledValue().toString();
        String tail = digits.length() > 1 ? "." + digits.substring(1) : "";
        return "%s%c%sE%s%02d"
                .formatted(
                        sign, digits.charAt(0), tail, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
