package dev.rondo.monitoring;

import dev.rondo.monitoring.AlertRule.Figure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads {@code .rondo/alerts.yml}. Words are those of Prometheus' rule files where it has one
 * ({@code alert}, {@code for}, {@code keep_firing_for}). A rule with the name of a usual one takes
 * its place; {@code enabled: false} takes it away.
 */
final class AlertFile {

    static final String PATH = ".rondo/alerts.yml";
    static final int BYTES = 256 * 1024;
    private static final int RULES = 200;
    private static final Set<String> FIELDS =
            Set.of(
                    "alert",
                    "enabled",
                    "figure",
                    "above",
                    "below",
                    "service",
                    "environment",
                    "over",
                    "for",
                    "keep_firing_for",
                    "min_requests",
                    "severity",
                    "summary");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})(ms|s|m|h|d)");

    private final List<AlertRule> rules = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();

    private AlertFile() {}

    /** What the file says: all rules that hold now, or the first thing that is wrong with it. */
    sealed interface Read {
        record Good(List<AlertRule> rules) implements Read {}

        /**
         * @param key of the text that says what was expected
         */
        record Bad(int line, int column, String key, List<String> arguments) implements Read {}
    }

    static Read read(String yaml) {
        try {
            var settings =
                    LoadSettings.builder()
                            .setLabel(PATH)
                            .setMaxAliasesForCollections(0)
                            .setCodePointLimit(BYTES)
                            .build();
            var file = new AlertFile();
            new Compose(settings).composeString(yaml).ifPresent(file::readRoot);
            return new Read.Good(file.withUsual());
        } catch (Wrong wrong) {
            return wrong.bad;
        } catch (MarkedYamlEngineException e) {
            var mark = e.getProblemMark();
            return new Read.Bad(
                    mark.map(Mark::getLine).orElse(0) + 1,
                    mark.map(Mark::getColumn).orElse(0) + 1,
                    "yaml",
                    List.of(String.valueOf(e.getProblem())));
        } catch (YamlEngineException e) {
            return new Read.Bad(1, 1, "yaml", List.of(String.valueOf(e.getMessage())));
        } catch (StackOverflowError e) {
            // The parser descends by recursion and has no limit of its own; nothing is half done.
            return new Read.Bad(1, 1, "deep", List.of());
        }
    }

    private List<AlertRule> withUsual() {
        var all = new LinkedHashMap<String, AlertRule>();
        AlertRule.USUAL.forEach(rule -> all.put(rule.name(), rule));
        removed.forEach(all::remove);
        rules.forEach(rule -> all.put(rule.name(), rule));
        return List.copyOf(all.values());
    }

    private void readRoot(Node root) {
        if (!(root instanceof MappingNode mapping)) {
            throw new Wrong(root, "root");
        }
        for (var tuple : mapping.getValue()) {
            if (!text(tuple.getKeyNode()).equals("alerts")) {
                throw new Wrong(tuple.getKeyNode(), "field", text(tuple.getKeyNode()), "alerts");
            }
            if (!(tuple.getValueNode() instanceof SequenceNode list)) {
                throw new Wrong(tuple.getValueNode(), "list", "alerts");
            }
            if (list.getValue().size() > RULES) {
                throw new Wrong(list, "many", "" + RULES);
            }
            list.getValue().forEach(this::readRule);
        }
    }

    private void readRule(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            throw new Wrong(node, "rule");
        }
        var fields = new LinkedHashMap<String, Node>();
        for (var tuple : mapping.getValue()) {
            var name = text(tuple.getKeyNode());
            if (!FIELDS.contains(name)) {
                throw new Wrong(
                        tuple.getKeyNode(),
                        "field",
                        name,
                        String.join(", ", FIELDS.stream().sorted().toList()));
            }
            fields.put(name, tuple.getValueNode());
        }
        var name = required(node, fields, "alert");
        if (!NAME.matcher(name).matches()) {
            throw new Wrong(at(fields, "alert", node), "name", name);
        }
        if (rules.stream().anyMatch(rule -> rule.name().equals(name))) {
            throw new Wrong(at(fields, "alert", node), "twice", name);
        }
        if (fields.containsKey("enabled") && !flag(fields, "enabled")) {
            removed.add(name);
            return;
        }
        rules.add(rule(name, node, fields));
    }

    private static AlertRule rule(String name, Node node, Map<String, Node> fields) {
        var word = required(node, fields, "figure");
        var figure =
                Figure.of(word)
                        .orElseThrow(() ->
                                new Wrong(
                                        at(fields, "figure", node),
                                        "choice",
                                        "figure",
                                        word,
                                        String.join(
                                                ", ",
                                                List.of(Figure.values()).stream()
                                                        .map(Figure::word)
                                                        .toList())));
        if (fields.containsKey("above") == fields.containsKey("below")) {
            throw new Wrong(node, "threshold", name);
        }
        var above = fields.containsKey("above");
        var severity = optional(fields, "severity").orElse("major");
        if (!AlertRule.SEVERITIES.contains(severity)) {
            throw new Wrong(
                    at(fields, "severity", node),
                    "choice",
                    "severity",
                    severity,
                    String.join(", ", AlertRule.SEVERITIES));
        }
        return new AlertRule(
                name,
                figure,
                above,
                number(fields, above ? "above" : "below", node),
                optional(fields, "service").orElse(""),
                optional(fields, "environment").orElse(""),
                time(fields, "over", Duration.ofMinutes(1), Duration.ofHours(1)),
                time(fields, "for", Duration.ZERO, Duration.ofHours(24)),
                time(fields, "keep_firing_for", Duration.ofSeconds(30), Duration.ofHours(24)),
                fields.containsKey("min_requests")
                        ? (long) number(fields, "min_requests", node)
                        : 20,
                severity,
                optional(fields, "summary").orElse(""));
    }

    private static Node at(Map<String, Node> fields, String name, Node otherwise) {
        return fields.getOrDefault(name, otherwise);
    }

    private static String required(Node rule, Map<String, Node> fields, String name) {
        return optional(fields, name)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> new Wrong(at(fields, name, rule), "missing", name));
    }

    private static Optional<String> optional(Map<String, Node> fields, String name) {
        return Optional.ofNullable(fields.get(name)).map(AlertFile::text);
    }

    private static String text(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw new Wrong(node, "scalar");
    }

    private static boolean flag(Map<String, Node> fields, String name) {
        var text = optional(fields, name).orElse("");
        if (!text.equals("true") && !text.equals("false")) {
            throw new Wrong(fields.get(name), "choice", name, text, "true, false");
        }
        return text.equals("true");
    }

    private static double number(Map<String, Node> fields, String name, Node rule) {
        var text = optional(fields, name).orElse("");
        try {
            var value = Double.parseDouble(text);
            if (Double.isFinite(value) && value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, with its place.
        }
        throw new Wrong(at(fields, name, rule), "number", name, text);
    }

    private static Duration time(
            Map<String, Node> fields, String name, Duration otherwise, Duration most) {
        var node = fields.get(name);
        if (node == null) {
            return otherwise;
        }
        var text = text(node);
        var match = TIME.matcher(text);
        if (!match.matches()) {
            throw new Wrong(node, "time", name, text);
        }
        var count = Long.parseLong(match.group(1));
        var time =
                switch (match.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                };
        if (time.compareTo(most) > 0 || (name.equals("over") && time.toMillis() < 1000)) {
            throw new Wrong(node, "long", name, text, most.toString());
        }
        return time;
    }

    /** Leaves the reading at the first thing that is wrong. */
    private static final class Wrong extends RuntimeException {

        private final transient Read.Bad bad;

        Wrong(@org.jspecify.annotations.Nullable Node node, String key, String... arguments) {
            super(key, null, false, false);
            var mark = node == null ? Optional.<Mark>empty() : node.getStartMark();
            bad =
                    new Read.Bad(
                            mark.map(Mark::getLine).orElse(0) + 1,
                            mark.map(Mark::getColumn).orElse(0) + 1,
                            key,
                            List.of(arguments));
        }
    }
}
