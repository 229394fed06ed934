package dev.rondo.deploying;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A YAML node that knows its place, read strictly: what is not expected is a problem. */
final class Yaml {

    private static final int MOST_CHARACTERS = 64 * 1024;
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
    private static final Pattern BYTES = Pattern.compile("([0-9]{1,12})(Ki|Mi|Gi|)");

    private final Node node;

    private Yaml(Node node) {
        this.node = node;
    }

    static Yaml parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new DeliveryProblem.Found(
                    new DeliveryProblem(
                            0, 0, "deploying.delivery.expected.size", text.length() + ""));
        }
        try {
            var settings =
                    LoadSettings.builder()
                            .setAllowDuplicateKeys(false)
                            .setMaxAliasesForCollections(20)
                            .build();
            var root = new Compose(settings).composeString(text);
            return new Yaml(
                    root.orElseThrow(() ->
                            new DeliveryProblem.Found(
                                    new DeliveryProblem(
                                            1, 1, "deploying.delivery.expected.map", ""))));
        } catch (MarkedYamlEngineException broken) {
            var mark = broken.getProblemMark();
            throw new DeliveryProblem.Found(
                    new DeliveryProblem(
                            mark.map(m -> m.getLine() + 1).orElse(1),
                            mark.map(m -> m.getColumn() + 1).orElse(1),
                            "deploying.delivery.expected.yaml",
                            broken.getProblem()));
        } catch (YamlEngineException broken) {
            throw new DeliveryProblem.Found(
                    new DeliveryProblem(
                            1,
                            1,
                            "deploying.delivery.expected.yaml",
                            String.valueOf(broken.getMessage())));
        }
    }

    /**
     * The entries of a mapping; keys outside {@code known} are a problem, an empty set allows all.
     */
    Map<String, Yaml> map(Set<String> known) {
        if (!(node instanceof MappingNode mapping)) {
            throw problem("map");
        }
        var entries = new LinkedHashMap<String, Yaml>();
        for (var tuple : mapping.getValue()) {
            var key = new Yaml(tuple.getKeyNode());
            var name = key.text();
            if (!known.isEmpty() && !known.contains(name)) {
                throw new DeliveryProblem.Found(
                        new DeliveryProblem(
                                key.line(),
                                key.column(),
                                "deploying.delivery.expected.key",
                                name
                                        + " ("
                                        + String.join(", ", known.stream().sorted().toList())
                                        + ")"));
            }
            entries.put(name, new Yaml(tuple.getValueNode()));
        }
        return entries;
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    List<Yaml> list() {
        if (!(node instanceof SequenceNode sequence)) {
            throw problem("list");
        }
        var items = new ArrayList<Yaml>();
        sequence.getValue().forEach(item -> items.add(new Yaml(item)));
        return items;
    }

    String text() {
        if (!(node instanceof ScalarNode scalar)) {
            throw problem("text");
        }
        return scalar.getValue();
    }

    String text(Pattern allowed, String expected) {
        var text = text();
        if (!allowed.matcher(text).matches()) {
            throw problem(expected);
        }
        return text;
    }

    int number(int least, int most) {
        try {
            int number = Integer.parseInt(text());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            // Said below.
        }
        throw problem("number", least + "–" + most);
    }

    double decimal(double least, double most) {
        try {
            double number = Double.parseDouble(text());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            // Said below.
        }
        throw problem("number", least + "–" + most);
    }

    boolean flag() {
        return switch (text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw problem("flag");
        };
    }

    Duration duration(Duration most) {
        var parts = match(DURATION, "duration");
        long number = Long.parseLong(parts.group(1));
        var duration =
                switch (parts.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    default -> Duration.ofHours(number);
                };
        if (duration.compareTo(most) > 0) {
            throw problem("duration", "≤ " + most.toSeconds() + "s");
        }
        return duration;
    }

    long bytes(long most) {
        var parts = match(BYTES, "bytes");
        int shift =
                switch (parts.group(2)) {
                    case "Ki" -> 10;
                    case "Mi" -> 20;
                    case "Gi" -> 30;
                    default -> 0;
                };
        long number = Long.parseLong(parts.group(1));
        if (number > most >> shift) {
            throw problem("bytes", "≤ " + (most >> 20) + "Mi");
        }
        return number << shift;
    }

    private Matcher match(Pattern pattern, String expected) {
        var matcher = pattern.matcher(text());
        if (!matcher.matches()) {
            throw problem(expected);
        }
        return matcher;
    }

    DeliveryProblem.Found problem(String expected) {
        return problem(expected, "");
    }

    private DeliveryProblem.Found problem(String expected, String range) {
        var found =
                switch (node) {
                    case ScalarNode scalar -> scalar.getValue();
                    case SequenceNode sequence -> "[…]";
                    default -> "{…}";
                };
        return new DeliveryProblem.Found(
                new DeliveryProblem(
                        line(),
                        column(),
                        "deploying.delivery.expected." + expected,
                        range.isEmpty() ? found : found + " (" + range + ")"));
    }

    private int line() {
        return mark().map(m -> m.getLine() + 1).orElse(1);
    }

    private int column() {
        return mark().map(m -> m.getColumn() + 1).orElse(1);
    }

    private Optional<org.snakeyaml.engine.v2.exceptions.Mark> mark() {
        return node.getStartMark();
    }
}
