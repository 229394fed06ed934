package dev.rondo.testing;

import dev.rondo.testing.reports.Unreadable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A piece of a YAML file with its place, so that each fault can say where it is. */
final class YamlNode {
    /** More than any sensible settings file. */
    static final int BYTES = 64 * 1024;

    private final Node node;

    private YamlNode(Node node) {
        this.node = node;
    }

    /**
     * The file's one document; empty where there is nothing in it.
     *
     * @throws Unreadable where it is no YAML
     */
    static Optional<YamlNode> parse(String text) {
        if (text.length() > BYTES) {
            throw new Unreadable("testing.yaml.size", BYTES);
        }
        var settings =
                LoadSettings.builder()
                        .setAllowDuplicateKeys(false)
                        .setAllowRecursiveKeys(false)
                        .setMaxAliasesForCollections(20)
                        .setCodePointLimit(BYTES)
                        .build();
        try {
            return new Compose(settings).composeString(text).map(YamlNode::new);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
            int column = e.getProblemMark().map(Mark::getColumn).orElse(-1) + 1;
            throw new Unreadable(
                    line, column, "testing.yaml.syntax", String.valueOf(e.getProblem()));
        } catch (YamlEngineException e) {
            throw new Unreadable("testing.yaml.syntax", String.valueOf(e.getMessage()));
        }
    }

    /** The entries of a mapping that may have these keys only. */
    Map<String, YamlNode> entries(List<String> allowed) {
        if (!(node instanceof MappingNode mapping)) {
            throw fault("testing.yaml.mapping", String.join(", ", allowed));
        }
        var entries = new LinkedHashMap<String, YamlNode>();
        for (var tuple : mapping.getValue()) {
            var key = new YamlNode(tuple.getKeyNode());
            var word = key.text();
            if (!allowed.contains(word)) {
                throw key.fault("testing.yaml.key", word, String.join(", ", allowed));
            }
            if (entries.put(word, new YamlNode(tuple.getValueNode())) != null) {
                throw key.fault("testing.yaml.twice", word);
            }
        }
        return entries;
    }

    List<YamlNode> items() {
        if (!(node instanceof SequenceNode sequence)) {
            throw fault("testing.yaml.list");
        }
        var items = new ArrayList<YamlNode>();
        sequence.getValue().forEach(item -> items.add(new YamlNode(item)));
        return items;
    }

    boolean isText() {
        return node instanceof ScalarNode;
    }

    String text() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw fault("testing.yaml.text");
    }

    boolean truth() {
        return switch (isText() ? text() : "") {
            case "true" -> true;
            case "false" -> false;
            default -> throw fault("testing.yaml.truth", shown());
        };
    }

    int number(int most) {
        if (isText() && text().matches("[0-9]{1,9}") && Integer.parseInt(text()) <= most) {
            return Integer.parseInt(text());
        }
        throw fault("testing.yaml.number", most, shown());
    }

    /** Between 0 and 100, or empty for {@code off}. */
    Optional<Double> percent() {
        if (isText() && text().equals("off")) {
            return Optional.empty();
        }
        if (isText() && text().matches("[0-9]{1,3}(\\.[0-9]{1,6})?%?")) {
            double value = Double.parseDouble(text().replace("%", ""));
            if (value <= 100) {
                return Optional.of(value);
            }
        }
        throw fault("testing.yaml.percent", shown());
    }

    private String shown() {
        var text = isText() ? text() : "…";
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    Unreadable fault(String key, Object... arguments) {
        int line = node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
        int column = node.getStartMark().map(Mark::getColumn).orElse(-1) + 1;
        return new Unreadable(line, column, key, arguments);
    }
}
