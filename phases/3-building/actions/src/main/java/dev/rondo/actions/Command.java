package dev.rondo.actions;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A workflow command in a line of output: {@code ::name key=value,key=value::data} (actions/runner,
 * ActionCommand). The old form {@code ##[name key=value;]data} is read too.
 */
public record Command(String name, Map<String, String> properties, String data) {

    /** Empty where the line is no command. */
    public static Optional<Command> parse(String line) {
        String trimmed = line.stripLeading();
        if (trimmed.startsWith("::")) {
            int end = trimmed.indexOf("::", 2);
            return end < 0
                    ? Optional.empty()
                    : parse(trimmed.substring(2, end), trimmed.substring(end + 2), ",");
        }
        int start = line.indexOf("##[");
        int end = start < 0 ? -1 : line.indexOf(']', start);
        return end < 0
                ? Optional.empty()
                : parse(line.substring(start + 3, end), line.substring(end + 1), ";");
    }

    private static Optional<Command> parse(String head, String data, String between) {
        int space = head.indexOf(' ');
        String name = space < 0 ? head : head.substring(0, space);
        if (!name.matches("[A-Za-z][A-Za-z0-9-]*")) {
            return Optional.empty();
        }
        var properties = new LinkedHashMap<String, String>();
        if (space >= 0) {
            for (String pair : head.substring(space + 1).strip().split(between, -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    properties.put(
                            pair.substring(0, equals).strip(),
                            unescape(pair.substring(equals + 1), true));
                }
            }
        }
        return Optional.of(
                new Command(name.toLowerCase(Locale.ROOT), properties, unescape(data, false)));
    }

    public String property(String name) {
        return properties.getOrDefault(name, "");
    }

    private static String unescape(String text, boolean property) {
        String plain = text.replace("%0D", "\r").replace("%0A", "\n");
        if (property) {
            plain = plain.replace("%3A", ":").replace("%2C", ",");
        }
        return plain.replace("%25", "%");
    }
}
