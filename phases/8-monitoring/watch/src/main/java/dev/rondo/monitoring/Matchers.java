package dev.rondo.monitoring;

import dev.rondo.access.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which alerts a silence is for, written as in Alertmanager
 * (https://prometheus.io/docs/alerting/latest/configuration/#matcher): {@code
 * alertname="SlowAnswers", service=~"shop|web"}; all have to hold. A regular expression holds for
 * the whole value and knows {@code |}, {@code .}, {@code .*} and {@code .+}: every alert is
 * compared with it once a second, and more could take for ever.
 *
 * @param text as its author wrote it
 */
record Matchers(List<Matcher> all, String text) {

    /** The labels that an alert has here. */
    static final List<String> LABELS =
            List.of("alertname", "service", "environment", "severity", "version");

    static final int LONGEST = 500;
    private static final int MOST = 10;
    private static final int MOST_WILD = 3;
    private static final Pattern ONE =
            Pattern.compile(
                    "\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*(=~|!~|!=|=)\\s*"
                            + "(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"{}]*))\\s*");
    private static final Pattern PLAIN =
            Pattern.compile("(?:[^\\\\.\\[\\]{}()*+?^$|]|\\\\[.\\-]|\\.[*+]?)*");

    /** One comparison. */
    record Matcher(String label, String sign, String value, Pattern pattern) {

        boolean holds(String actual) {
            return switch (sign) {
                case "=" -> actual.equals(value);
                case "!=" -> !actual.equals(value);
                case "=~" -> pattern.matcher(actual).matches();
                default -> !pattern.matcher(actual).matches();
            };
        }
    }

    boolean hold(Map<String, String> labels) {
        return all.stream()
                .allMatch(matcher -> matcher.holds(labels.getOrDefault(matcher.label(), "")));
    }

    static Outcome<Matchers> read(String text) {
        var written = text.strip();
        if (written.length() > LONGEST) {
            return refused("long", LONGEST);
        }
        var rest =
                written.startsWith("{") && written.endsWith("}")
                        ? written.substring(1, written.length() - 1)
                        : written;
        var found = new ArrayList<Matcher>();
        int at = 0;
        var one = ONE.matcher(rest);
        while (at < rest.length()) {
            if (!one.region(at, rest.length()).lookingAt()) {
                return refused("syntax", rest.substring(at).strip());
            }
            var quoted = one.group(3);
            var value = quoted == null ? one.group(4) : quoted.replaceAll("\\\\([\"\\\\])", "$1");
            var problem = problem(one.group(1), one.group(2), value);
            if (problem instanceof Outcome.Refused<Matchers>) {
                return problem;
            }
            found.add(
                    new Matcher(
                            one.group(1),
                            one.group(2),
                            value,
                            Pattern.compile(one.group(2).endsWith("~") ? value : "")));
            at = one.end();
            if (at < rest.length() && rest.charAt(at) != ',') {
                return refused("syntax", rest.substring(at).strip());
            }
            at++;
        }
        // As Alertmanager has it: what holds for an alert without labels holds for all of them.
        if (found.isEmpty() || found.stream().allMatch(matcher -> matcher.holds(""))) {
            return refused("all");
        }
        return found.size() > MOST
                ? refused("many", MOST)
                : Outcome.done(new Matchers(List.copyOf(found), written));
    }

    private static Outcome<Matchers> problem(String label, String sign, String value) {
        if (!LABELS.contains(label)) {
            return refused("label", label, String.join(", ", LABELS));
        }
        if (!sign.endsWith("~")) {
            return Outcome.done(new Matchers(List.of(), ""));
        }
        for (var part : value.split("\\|", -1)) {
            long wild = part.chars().filter(c -> c == '*' || c == '+').count();
            if (!PLAIN.matcher(part).matches() || wild > MOST_WILD) {
                return refused("pattern", value);
            }
        }
        return Outcome.done(new Matchers(List.of(), ""));
    }

    private static Outcome<Matchers> refused(String key, Object... args) {
        return Outcome.refused("monitoring.silence.matchers." + key, "matchers", args);
    }

    /** What the button beside an alert asks for. */
    static String of(AlertStore.Key key) {
        return "alertname="
                + quoted(key.rule())
                + ", service="
                + quoted(key.service().service())
                + ", environment="
                + quoted(key.service().environment());
    }

    private static String quoted(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
