package dev.rondo.kubernetes;

import dev.rondo.jobs.CommandWords;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code options} of a container, which are those of {@code docker create}: what has a
 * counterpart in a pod is taken over, the rest is named in a warning.
 */
final class PodOptions {
    private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)");
    private static final Set<String> FLAGS =
            Set.of(
                    "init",
                    "interactive",
                    "tty",
                    "no-healthcheck",
                    "read-only",
                    "rm",
                    "quiet",
                    "privileged",
                    "publish-all",
                    "oom-kill-disable");
    private static final Map<String, String> SHORT =
            Map.of(
                    "e",
                    "env",
                    "u",
                    "user",
                    "w",
                    "workdir",
                    "h",
                    "hostname",
                    "m",
                    "memory",
                    "v",
                    "volume",
                    "p",
                    "publish",
                    "l",
                    "label");
    private static final Set<String> KNOWN =
            Set.of(
                    "env",
                    "user",
                    "workdir",
                    "hostname",
                    "entrypoint",
                    "volume",
                    "health-cmd",
                    "health-interval",
                    "health-timeout",
                    "health-retries",
                    "health-start-period",
                    "no-healthcheck",
                    "rm",
                    "init",
                    "interactive",
                    "tty",
                    "label",
                    "name",
                    "network-alias");
    private static final int INTERVAL = 30;
    private static final int RETRIES = 3;

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    private PodOptions() {}

    static PodOptions read(String options) {
        var read = new PodOptions();
        List<String> words = CommandWords.split(options);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String plain = word.replaceFirst("^--?", "");
            int equals = plain.indexOf('=');
            String written = equals < 0 ? plain : plain.substring(0, equals);
            String name = word.startsWith("--") ? written : SHORT.getOrDefault(written, written);
            if (equals >= 0) {
                read.put(name, plain.substring(equals + 1));
            } else if (FLAGS.contains(name) || i + 1 == words.size()) {
                read.put(name, "");
            } else {
                read.put(name, words.get(++i));
            }
        }
        return read;
    }

    private void put(String name, String value) {
        values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }

    /** What a pod has no counterpart for. */
    List<String> strange() {
        return values.keySet().stream().filter(name -> !KNOWN.contains(name)).toList();
    }

    Optional<String> last(String name) {
        return Optional.ofNullable(values.get(name)).map(List::getLast);
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** {@code --env NAME=value}; without a value there is nothing that it could be taken from. */
    Map<String, String> env() {
        var env = new LinkedHashMap<String, String>();
        for (String pair : all("env")) {
            int equals = pair.indexOf('=');
            env.put(
                    equals < 0 ? pair : pair.substring(0, equals),
                    equals < 0 ? "" : pair.substring(equals + 1));
        }
        return env;
    }

    /** {@code --user}, where it is a number. */
    Optional<Long> user() {
        return last("user")
                .map(user -> user.replaceFirst(":.*", ""))
                .filter(user -> user.matches("[0-9]{1,9}"))
                .map(Long::parseLong);
    }

    /** Docker's health check as the probe that a sidecar has to pass before the job begins. */
    Optional<Probe> health() {
        return last("health-cmd")
                .map(command -> {
                    int interval = seconds("health-interval", INTERVAL);
                    int retries =
                            last("health-retries")
                                    .filter(text -> text.matches("[0-9]{1,4}"))
                                    .map(Integer::parseInt)
                                    .filter(count -> count > 0)
                                    .orElse(RETRIES);
                    int start = seconds("health-start-period", 0);
                    return new ProbeBuilder()
                            .withNewExec()
                            .withCommand("sh", "-c", command)
                            .endExec()
                            .withPeriodSeconds(interval)
                            .withTimeoutSeconds(seconds("health-timeout", INTERVAL))
                            .withFailureThreshold(retries + (start + interval - 1) / interval)
                            .build();
                });
    }

    /** Rounded up, since a probe knows whole seconds only. */
    private int seconds(String name, int otherwise) {
        Matcher time = TIME.matcher(last(name).orElse(""));
        double seconds = 0;
        while (time.find()) {
            seconds +=
                    Double.parseDouble(time.group(1))
                            * switch (time.group(2)) {
                                case "ms" -> 0.001;
                                case "m" -> 60;
                                case "h" -> 3600;
                                default -> 1;
                            };
        }
        return seconds == 0 ? otherwise : (int) Math.max(1, Math.ceil(seconds));
    }
}
