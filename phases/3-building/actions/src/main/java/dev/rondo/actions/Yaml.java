package dev.rondo.actions;

import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML 1.2 with the core schema, as a tree of nodes with their places. */
final class Yaml {
    /** The composer goes down recursively; what is deeper is refused before it. */
    private static final int MAX_DEPTH = 200;

    private static final Set<String> YES = Set.of("true", "True", "TRUE");
    private static final Set<String> NO = Set.of("false", "False", "FALSE");

    private Yaml() {}

    /** YAML 1.2 knows no merge keys, nor does GitHub: {@code <<} is a key like any other. */
    private static final class WithoutMerge extends CoreSchema {
        @Override
        public ScalarResolver getScalarResolver() {
            return new CoreScalarResolver(false);
        }
    }

    static Optional<Node> read(String text, int characters) {
        if (text.length() > characters) {
            throw new YamlFault(
                    Position.START,
                    "The maximum file size of " + characters + " characters has been exceeded");
        }
        var settings =
                LoadSettings.builder()
                        .setSchema(new WithoutMerge())
                        .setUseMarks(true)
                        .setAllowDuplicateKeys(true)
                        .setAllowNonScalarKeys(true)
                        .setMaxAliasesForCollections(100)
                        .setCodePointLimit(characters)
                        .build();
        try {
            var parser = new ParserImpl(settings, new StreamReader(settings, text));
            return new Composer(settings, new DepthLimit(parser, MAX_DEPTH)).getSingleNode();
        } catch (MarkedYamlEngineException e) {
            Position at = e.getProblemMark().map(Yaml::position).orElse(Position.START);
            String context = e.getContext() == null ? "" : e.getContext() + ": ";
            throw new YamlFault(at, context + e.getProblem());
        } catch (ReaderException e) {
            throw new YamlFault(
                    place(text, e.getPosition()), "The file is not text: " + e.getMessage());
        } catch (YamlEngineException e) {
            throw new YamlFault(Position.START, String.valueOf(e.getMessage()));
        }
    }

    static Position position(Node node) {
        return node.getStartMark().map(Yaml::position).orElse(Position.START);
    }

    static Position position(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static Position place(String text, int index) {
        String before = text.substring(0, Math.clamp(index, 0, text.length()));
        int line = (int) before.chars().filter(c -> c == '\n').count();
        return new Position(line + 1, before.length() - before.lastIndexOf('\n'));
    }

    /** The typed value of a scalar. */
    static Value value(ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.STR)) {
            return Value.of(text);
        }
        Optional<Value> typed = Optional.empty();
        if (tag.equals(Tag.NULL)) {
            typed = Optional.of(Value.NOTHING);
        } else if (tag.equals(Tag.BOOL)) {
            typed =
                    YES.contains(text)
                            ? Optional.of(Value.TRUE)
                            : NO.contains(text) ? Optional.of(Value.FALSE) : Optional.empty();
        } else if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            typed = number(text);
        } else {
            throw new YamlFault(position(node), "Unexpected tag '" + tag.getValue() + "'");
        }
        if (node.getScalarStyle() != ScalarStyle.PLAIN) {
            throw new YamlFault(
                    position(node),
                    "The scalar style '%s' on line %d and column %d is not valid with the tag '%s'"
                            .formatted(
                                    style(node.getScalarStyle()),
                                    position(node).line(),
                                    position(node).column(),
                                    tag.getValue()));
        }
        return typed.orElseThrow(() ->
                new YamlFault(
                        position(node),
                        "The value '%s' on line %d and column %d is invalid for the type '%s'"
                                .formatted(
                                        text,
                                        position(node).line(),
                                        position(node).column(),
                                        tag.getValue())));
    }

    /** GitHub's name of a style. */
    private static String style(ScalarStyle style) {
        return switch (style) {
            case DOUBLE_QUOTED -> "DoubleQuoted";
            case SINGLE_QUOTED -> "SingleQuoted";
            case LITERAL -> "Literal";
            case FOLDED -> "Folded";
            default -> "Plain";
        };
    }

    private static Optional<Value> number(String text) {
        double number =
                switch (text.startsWith("+") ? text.substring(1) : text) {
                    case ".inf", ".Inf", ".INF" -> Double.POSITIVE_INFINITY;
                    case "-.inf", "-.Inf", "-.INF" -> Double.NEGATIVE_INFINITY;
                    case ".nan", ".NaN", ".NAN" -> Double.NaN;
                    default -> {
                        double parsed = Numbers.parse(text);
                        if (Double.isNaN(parsed) || text.isBlank()) {
                            yield Double.MIN_VALUE;
                        }
                        yield parsed;
                    }
                };
        return number == Double.MIN_VALUE ? Optional.empty() : Optional.of(Value.of(number));
    }
}
