package dev.rondo.deploying;

import dev.rondo.deploying.Delivery.Environment;
import dev.rondo.deploying.Delivery.Health;
import dev.rondo.deploying.Delivery.Limits;
import dev.rondo.deploying.Delivery.Reach;
import dev.rondo.deploying.Delivery.Runtime;
import dev.rondo.deploying.Plan.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code .rondo/delivery.yml}; the module's README tells the format. The keys about approval
 * are releasing's: they are let pass here, and read there.
 */
final class DeliveryFile {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
    private static final Pattern HOST =
            Pattern.compile("(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
    private static final Pattern PATH = Pattern.compile("/[^\\s?#]{0,200}");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final long GIB = 1L << 30;
    private static final int MOST_ENVIRONMENTS = 20;
    private static final Set<String> KEYS =
            Set.of(
                    "service",
                    "artifact",
                    "start",
                    "port",
                    "env",
                    "instances",
                    "health",
                    "limits",
                    "drain",
                    "environments",
                    "strategies");
    private static final Set<String> ENVIRONMENT_KEYS =
            Set.of(
                    "after",
                    "approvals",
                    "approvers",
                    "four-eyes",
                    "automatic",
                    "instances",
                    "env",
                    "host",
                    "path",
                    "strip-path",
                    "sticky",
                    "protocol",
                    "timeout",
                    "max-body",
                    "strategy",
                    "first");

    private static final int MOST_KNOWN = 200;
    private static final Map<String, Delivery> KNOWN = new ConcurrentHashMap<>();

    private DeliveryFile() {}

    /**
     * Reads a text, or remembers it.
     *
     * @throws DeliveryProblem.Found for the first mistake
     */
    static Delivery read(String text) {
        var known = KNOWN.get(text);
        if (known != null) {
            return known;
        }
        var read = parse(text);
        if (KNOWN.size() >= MOST_KNOWN) {
            KNOWN.clear();
        }
        KNOWN.put(text, read);
        return read;
    }

    private static Delivery parse(String text) {
        var root = Yaml.parse(text);
        var keys = root.map(KEYS);
        var service = required(root, keys, "service").text(NAME, "name");
        int instances = number(keys, "instances", 1, 1, 20);
        var strategies = strategies(keys.get("strategies"));
        return new Delivery(
                service,
                keys.containsKey("artifact") ? keys.get("artifact").text() : "",
                command(required(root, keys, "start")),
                keys.containsKey("port") ? keys.get("port").text(VARIABLE, "variable") : "PORT",
                variables(keys.get("env")),
                new Runtime(
                        instances,
                        health(keys.get("health")),
                        limits(keys.get("limits"), duration(keys, "drain", 30, HOUR))),
                environments(required(root, keys, "environments"), service, instances, strategies));
    }

    private static Yaml required(Yaml in, Map<String, Yaml> keys, String key) {
        var value = keys.get(key);
        if (value == null) {
            throw in.problem("missing." + key);
        }
        return value;
    }

    private static List<String> command(Yaml start) {
        var words = new ArrayList<String>();
        if (start.isList()) {
            start.list().forEach(word -> words.add(word.text()));
        } else {
            var matcher = WORD.matcher(start.text());
            while (matcher.find()) {
                var quoted = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
                words.add(quoted != null ? quoted : matcher.group(3));
            }
        }
        if (words.isEmpty() || words.getFirst().isBlank()) {
            throw start.problem("command");
        }
        return List.copyOf(words);
    }

    private static Map<String, String> variables(@Nullable Yaml env) {
        var variables = new HashMap<String, String>();
        if (env != null) {
            env.map(Set.of())
                    .forEach((name, value) -> {
                        if (!VARIABLE.matcher(name).matches()) {
                            throw value.problem("variable");
                        }
                        variables.put(name, value.text());
                    });
        }
        return variables;
    }

    private static Health health(@Nullable Yaml health) {
        var keys =
                health == null
                        ? Map.<String, Yaml>of()
                        : health.map(
                                Set.of(
                                        "path",
                                        "interval",
                                        "timeout",
                                        "successes",
                                        "failures",
                                        "start-within"));
        return new Health(
                keys.containsKey("path") ? keys.get("path").text(PATH, "path") : "/",
                duration(keys, "interval", 1, HOUR),
                duration(keys, "timeout", 2, Duration.ofMinutes(1)),
                number(keys, "successes", 1, 1, 20),
                number(keys, "failures", 3, 1, 100),
                duration(keys, "start-within", 60, HOUR));
    }

    private static Limits limits(@Nullable Yaml limits, Duration drain) {
        var keys =
                limits == null
                        ? Map.<String, Yaml>of()
                        : limits.map(Set.of("memory", "cpu", "processes", "stop"));
        return new Limits(
                keys.containsKey("memory") ? keys.get("memory").bytes(1024 * GIB) : GIB / 2,
                keys.containsKey("cpu") ? keys.get("cpu").decimal(0, 1024) : 0,
                number(keys, "processes", 512, 1, 100_000),
                duration(keys, "stop", 10, HOUR),
                drain);
    }

    private static Duration duration(
            Map<String, Yaml> keys, String key, int otherwiseSeconds, Duration most) {
        var value = keys.get(key);
        return value == null ? Duration.ofSeconds(otherwiseSeconds) : value.duration(most);
    }

    private static int number(
            Map<String, Yaml> keys, String key, int otherwise, int least, int most) {
        var value = keys.get(key);
        return value == null ? otherwise : value.number(least, most);
    }

    private static List<Environment> environments(
            Yaml list, String service, int instances, Map<String, Plan> strategies) {
        var entries = list.map(Set.of());
        if (entries.isEmpty() || entries.size() > MOST_ENVIRONMENTS) {
            throw list.problem("environments");
        }
        var environments = new ArrayList<Environment>();
        var reached = new HashSet<String>();
        entries.forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                throw value.problem("name");
            }
            var keys = value.map(ENVIRONMENT_KEYS);
            var reach = reach(keys, service, name);
            if ((!reach.host().isEmpty() && !reached.add(reach.host()))
                    || (!reach.path().isEmpty() && !reached.add(reach.path()))) {
                throw value.problem("route.own");
            }
            var next = plan(keys.get("strategy"), strategies, Strategy.BLUE_GREEN);
            environments.add(
                    new Environment(
                            name,
                            approvals(keys),
                            !keys.containsKey("automatic") || keys.get("automatic").flag(),
                            number(keys, "instances", instances, 1, 20),
                            variables(keys.get("env")),
                            reach,
                            plan(keys.get("first"), strategies, first(next)),
                            next));
        });
        return List.copyOf(environments);
    }

    private static int approvals(Map<String, Yaml> keys) {
        var after = keys.get("after");
        if (after != null && !after.text().equals("approval")) {
            throw after.problem("after");
        }
        return number(keys, "approvals", after == null ? 0 : 1, 0, 20);
    }

    /** Where nothing lives there is nothing to compare with: judging makes no sense there. */
    private static Strategy first(Plan next) {
        return next.strategy() == Strategy.BIG_BANG ? Strategy.BIG_BANG : Strategy.BLUE_GREEN;
    }

    private static Plan plan(
            @Nullable Yaml name, Map<String, Plan> strategies, Strategy otherwise) {
        if (name == null) {
            return strategies.getOrDefault(otherwise.word(), Plan.standard(otherwise));
        }
        var own = strategies.get(name.text());
        return own == null ? Plan.standard(strategy(name)) : own;
    }

    private static Map<String, Plan> strategies(@Nullable Yaml strategies) {
        var plans = new HashMap<String, Plan>();
        if (strategies != null) {
            strategies
                    .map(Set.of())
                    .forEach((name, value) -> {
                        var keys = value.map(Set.of("kind", "steps"));
                        var kind = strategy(required(value, keys, "kind"));
                        plans.put(
                                name,
                                keys.containsKey("steps")
                                        ? PlanFile.plan(kind, keys.get("steps"))
                                        : Plan.standard(kind));
                    });
        }
        return plans;
    }

    private static Strategy strategy(Yaml word) {
        for (var strategy : Strategy.values()) {
            if (strategy.word().equals(word.text())) {
                return strategy;
            }
        }
        throw word.problem("strategy");
    }

    private static Reach reach(Map<String, Yaml> keys, String service, String environment) {
        var host = keys.containsKey("host") ? keys.get("host").text(HOST, "host") : "";
        var path = keys.containsKey("path") ? keys.get("path").text(PATH, "path") : "";
        if (host.isEmpty() && path.isEmpty()) {
            host = service + "-" + environment + ".localhost";
        }
        return new Reach(
                host,
                path,
                !keys.containsKey("strip-path") || keys.get("strip-path").flag(),
                keys.containsKey("sticky") && keys.get("sticky").flag(),
                keys.containsKey("protocol") && isH2c(keys.get("protocol")),
                duration(keys, "timeout", 60, HOUR),
                keys.containsKey("max-body") ? keys.get("max-body").bytes(1024 * GIB) : GIB);
    }

    private static boolean isH2c(Yaml protocol) {
        return switch (protocol.text()) {
            case "http1" -> false;
            case "h2c" -> true;
            default -> throw protocol.problem("protocol");
        };
    }
}
