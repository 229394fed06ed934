package dev.rondo.releasing;

import dev.rondo.access.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What {@code .rondo/delivery.yml} says about releasing: the name of the artifact, and of each
 * environment {@code approvals}, {@code approvers} and {@code four-eyes}. All else in it is
 * deploying's and not looked at here.
 *
 * @param artifact empty when the file names none
 * @param problem why the file cannot be used; nothing may be published then
 */
record DeliveryRules(String artifact, List<EnvironmentRule> environments, Optional<Why> problem) {

    static final String PATH = ".rondo/delivery.yml";
    static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_ENVIRONMENTS = 20;
    private static final int MOST_APPROVALS = 20;

    /** Of a project without such a file: it has releases, but no environments. */
    static final DeliveryRules NONE = new DeliveryRules("", List.of(), Optional.empty());

    /** Thrown inside only. */
    private static final class Mistake extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Why why;

        Mistake(String key, Object... args) {
            super(key, null, false, false);
            this.why = Why.of(key, args);
        }
    }

    static DeliveryRules read(String yaml) {
        try {
            var settings =
                    LoadSettings.builder()
                            .setLabel(PATH)
                            .setCodePointLimit(MOST_BYTES)
                            .setMaxAliasesForCollections(50)
                            .build();
            var root = map(new Load(settings).loadFromString(yaml), PATH);
            var artifact = root.get("artifact");
            return new DeliveryRules(
                    artifact == null ? "" : artifact.toString(),
                    environments(root.get("environments")),
                    Optional.empty());
        } catch (MarkedYamlEngineException unreadable) {
            var at = unreadable.getProblemMark();
            return broken(
                    Why.of(
                            "releasing.delivery.yaml",
                            at.map(mark -> mark.getLine() + 1).orElse(0),
                            at.map(mark -> mark.getColumn() + 1).orElse(0),
                            unreadable.getProblem() + ""));
        } catch (YamlEngineException unreadable) {
            return broken(Why.of("releasing.delivery.yaml", 0, 0, unreadable.getMessage() + ""));
        } catch (Mistake mistake) {
            return broken(mistake.why);
        }
    }

    private static DeliveryRules broken(Why why) {
        return new DeliveryRules("", List.of(), Optional.of(why));
    }

    private static List<EnvironmentRule> environments(
            @org.jspecify.annotations.Nullable Object in) {
        if (in == null) {
            return List.of();
        }
        var rules = new ArrayList<EnvironmentRule>();
        map(in, "environments")
                .forEach((name, value) -> {
                    var keys = value == null ? Map.<String, Object>of() : map(value, name);
                    // "after: approval" is the short way to ask for one.
                    int otherwise = "approval".equals(keys.get("after")) ? 1 : 0;
                    rules.add(
                            new EnvironmentRule(
                                    name,
                                    number(keys, "approvals", otherwise),
                                    approvers(keys.get("approvers"), name),
                                    flag(keys, "four-eyes")));
                });
        if (rules.size() > MOST_ENVIRONMENTS) {
            throw new Mistake("releasing.delivery.environments", MOST_ENVIRONMENTS);
        }
        return List.copyOf(rules);
    }

    private static List<Role> approvers(
            @org.jspecify.annotations.Nullable Object value, String environment) {
        if (value == null) {
            return List.of(Role.OWNER);
        }
        var words = value instanceof List<?> list ? list : List.of(value);
        var roles = new ArrayList<Role>();
        for (var word : words) {
            roles.add(
                    switch (String.valueOf(word)) {
                        case "owner" -> Role.OWNER;
                        case "writer" -> Role.WRITER;
                        case "reader" -> Role.READER;
                        default ->
                                throw new Mistake(
                                        "releasing.delivery.approvers", environment, word + "");
                    });
        }
        if (roles.isEmpty()) {
            throw new Mistake("releasing.delivery.approvers", environment, "[]");
        }
        return List.copyOf(roles);
    }

    private static int number(Map<String, Object> keys, String key, int otherwise) {
        var value = keys.get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Integer number && number >= 0 && number <= MOST_APPROVALS) {
            return number;
        }
        throw new Mistake("releasing.delivery.number", key, value.toString(), MOST_APPROVALS);
    }

    private static boolean flag(Map<String, Object> keys, String key) {
        var value = keys.get(key);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw new Mistake("releasing.delivery.flag", key, value.toString());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(
            @org.jspecify.annotations.Nullable Object value, String name) {
        if (value instanceof Map<?, ?> map
                && map.keySet().stream().allMatch(String.class::isInstance)) {
            return (Map<String, Object>) map;
        }
        throw new Mistake("releasing.delivery.map", name);
    }
}
