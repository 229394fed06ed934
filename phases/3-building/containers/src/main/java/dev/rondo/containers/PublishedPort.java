package dev.rondo.containers;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of {@code ports}: {@code container}, {@code host:container} or {@code ip:host:container},
 * each with {@code /tcp} or {@code /udp}, or ranges of the same length.
 */
record PublishedPort(OptionalInt host, int container, String protocol) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(?:(?:\\d+(?:\\.\\d+){3}|\\[[0-9a-fA-F:]+\\]):)?"
                            + "(?:(?<from>\\d+)(?:-(?<until>\\d+))?)?:"
                            + "(?<first>\\d+)(?:-(?<last>\\d+))?(?:/(?<protocol>tcp|udp|sctp))?");
    private static final Pattern ALONE =
            Pattern.compile("(?<first>\\d+)(?:-(?<last>\\d+))?(?:/(?<protocol>tcp|udp|sctp))?");
    private static final int MOST = 65_535;

    static List<PublishedPort> parse(String written) {
        Matcher alone = ALONE.matcher(written);
        Matcher form = FORM.matcher(written);
        boolean single = alone.matches();
        if (!single && !(written.contains(":") && form.matches())) {
            throw wrong(written);
        }
        Matcher found = single ? alone : form;
        int first = number(written, found.group("first"));
        int last = found.group("last") == null ? first : number(written, found.group("last"));
        String protocol = found.group("protocol") == null ? "tcp" : found.group("protocol");
        OptionalInt from =
                single || found.group("from") == null
                        ? OptionalInt.empty()
                        : OptionalInt.of(number(written, found.group("from")));
        if (last < first || last - first > 1_000) {
            throw wrong(written);
        }
        if (!single && found.group("until") != null) {
            int length = number(written, found.group("until")) - from.orElse(0);
            if (length != last - first) {
                throw wrong(written);
            }
        }
        var ports = new ArrayList<PublishedPort>();
        for (int port = first; port <= last; port++) {
            int place = port - first;
            OptionalInt host =
                    from.isPresent()
                            ? OptionalInt.of(from.getAsInt() + place)
                            : OptionalInt.empty();
            ports.add(new PublishedPort(host, port, protocol));
        }
        return ports;
    }

    private static int number(String written, String digits) {
        int number = digits.length() > 5 ? MOST + 1 : Integer.parseInt(digits);
        if (number < 1 || number > MOST) {
            throw wrong(written);
        }
        return number;
    }

    private static IllegalStateException wrong(String written) {
        return new IllegalStateException(
                "'%s' is no port: write container, host:container or ip:host:container"
                        .formatted(written));
    }
}
