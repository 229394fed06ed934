package dev.rondo.app;

import dev.rondo.containers.ContainerUse;
import dev.rondo.engine.ActionSettings;
import dev.rondo.sandbox.Sandbox;
import dev.rondo.store.Database;
import dev.rondo.web.Reach;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.dataformat.toml.TomlMapper;

/** Reads settings: a flag wins over the environment, the environment over the file. */
final class SettingsReader {

    static final Set<String> NAMES =
            KubernetesReader.with(
                    "data",
                    "host",
                    "port",
                    "router-port",
                    "public-url",
                    "database",
                    "sandbox",
                    "containers",
                    "stop-instances",
                    "smtp",
                    "smtp-sender",
                    "smtp-password",
                    "smtp-password-file",
                    "webhook-allow",
                    "max-push",
                    "actions.upstream",
                    "actions.upstream-token",
                    "actions.upstream-token-file",
                    "actions.tool-cache",
                    "actions.allowed",
                    "actions.pinned",
                    "actions.prefer",
                    "keep.artifacts",
                    "keep.logs",
                    "keep.caches",
                    "keep.artifact-size",
                    "keep.log-size",
                    "keep.cache-size");

    /** Where a flag is called otherwise. */
    private static final Map<String, String> FLAGS =
            Map.of("actions.upstream", "actions", "actions.tool-cache", "tool-cache");

    private static final Set<String> LISTS =
            Set.of(
                    "actions.allowed",
                    "kubernetes.labels",
                    "kubernetes.pull-secrets",
                    "kubernetes.nodes");

    private static final String FORMS =
            "sqlite:FILE or postgresql://USER:PASSWORD@HOST:PORT/NAME is expected";

    private final Map<String, String> flags;
    private final Map<String, String> environment;
    private final Path path;
    private final JsonNode file;
    private final Path workingDirectory;

    /**
     * @param flags by name without dashes, such as {@code router-port}
     * @throws UsageProblem when the file cannot be read or has a name that Rondo does not know
     */
    SettingsReader(
            Map<String, String> flags, Map<String, String> environment, Path workingDirectory) {
        this.flags = flags;
        this.environment = environment;
        this.workingDirectory = workingDirectory;
        this.path = workingDirectory.resolve(flags.getOrDefault("config", "rondo.toml"));
        this.file = readFile();
    }

    private JsonNode readFile() {
        if (!Files.isRegularFile(path)) {
            if (flags.containsKey("config")) {
                throw new UsageProblem("--config: there is no file " + path);
            }
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            var tree = new TomlMapper().readTree(path.toFile());
            for (var name : names(tree)) {
                if (!NAMES.contains(name)) {
                    throw new UsageProblem(
                            at(name)
                                    + "unknown setting "
                                    + name
                                    + "; known are "
                                    + String.join(", ", new TreeSet<>(NAMES)));
                }
                if (!value(tree, name).isValueNode() && !LISTS.contains(name)) {
                    throw new UsageProblem(at(name) + name + " takes one value, no list or table");
                }
            }
            return tree;
        } catch (JacksonException malformed) {
            throw new UsageProblem(path + place(malformed) + ": " + malformed.getOriginalMessage());
        }
    }

    /** The names of a file; {@code a.b} also where a table {@code [a]} has a {@code b}. */
    private static List<String> names(JsonNode tree) {
        var names = new ArrayList<String>();
        for (var name : tree.propertyNames()) {
            boolean table =
                    tree.get(name).isObject()
                            && NAMES.stream().anyMatch(known -> known.startsWith(name + "."));
            if (table) {
                tree.get(name).propertyNames().forEach(below -> names.add(name + "." + below));
            } else {
                names.add(name);
            }
        }
        return names;
    }

    private static JsonNode value(JsonNode tree, String name) {
        JsonNode at = tree;
        for (var part : name.split("\\.")) {
            at = at.path(part);
        }
        return at;
    }

    private static String place(JacksonException malformed) {
        var location = malformed.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : ":" + location.getLineNr() + ":" + location.getColumnNr();
    }

    /** The file and the line of a setting: the parser forgets where a value stood. */
    private String at(String name) {
        var key =
                Pattern.compile("\\s*\\[*\\s*[\"']?" + Pattern.quote(name) + "[\"']?\\s*[=.\\]].*");
        try {
            var lines = Files.readAllLines(path);
            for (int i = 0; i < lines.size(); i++) {
                if (key.matcher(lines.get(i)).matches()) {
                    return path + ":" + (i + 1) + ": ";
                }
            }
        } catch (IOException gone) {
            // The file alone, then.
        }
        return path + ": ";
    }

    Settings read() {
        var data =
                workingDirectory
                        .resolve(value("data").orElse(System.getProperty("user.home") + "/.rondo"))
                        .normalize();
        var host = value("host").orElse("127.0.0.1");
        int port = port("port", 8080);
        return new Settings(
                data,
                host,
                port,
                port("router-port", port == 0 ? 0 : Math.min(65_535, port + 1)),
                url("public-url").orElse(URI.create("http://" + host + ":" + port)),
                find("database").map(this::database).orElse(sqlite(data)),
                sandbox(find("sandbox")),
                containers(),
                find("stop-instances").map(SettingsReader::yes).orElse(false),
                new Settings.Outward(
                        webhooks(), new MailSettings(this::text, workingDirectory).read()),
                find("max-push").map(SettingsReader::bytes).orElse(2L << 30),
                actions(),
                new KubernetesReader(this::find, workingDirectory).read(data),
                new KeepReader(this::find).read());
    }

    /** What {@code workflow run} needs of them. */
    record ForRuns(Sandbox.Mode sandboxMode, ActionSettings actions) {}

    /**
     * A file of settings that lies in the repository has no say about the walls around what is run
     * from there.
     */
    ForRuns forRuns() {
        return new ForRuns(sandbox(fromOutside("sandbox")), actions());
    }

    private ActionSettings actions() {
        return new ActionsReader(
                        this::find,
                        workingDirectory,
                        SecretSetting.read(this::text, "actions.upstream-token", workingDirectory))
                .read();
    }

    private Reach webhooks() {
        return find("webhook-allow")
                .map(given -> {
                    try {
                        return Reach.allowing(given.value());
                    } catch (IllegalArgumentException malformed) {
                        throw given.refused(
                                "an address, a block such as 10.0.0.0/8 or a host, not "
                                        + malformed.getMessage());
                    }
                })
                .orElseGet(() -> Reach.allowing(""));
    }

    static long bytes(Given given) {
        var matcher = Pattern.compile("(\\d{1,9})\\s*([KMGkmg]?)").matcher(given.value());
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw given.refused("a size such as 500M or 2G, not " + given.value());
        }
        long unit =
                switch (matcher.group(2).toUpperCase(Locale.ROOT)) {
                    case "K" -> 1L << 10;
                    case "M" -> 1L << 20;
                    case "G" -> 1L << 30;
                    default -> 1;
                };
        return Long.parseLong(matcher.group(1)) * unit;
    }

    /** Empty where it is empty: what reads it says what it needs. */
    private Optional<String> text(String name) {
        return find(name).map(Given::value);
    }

    /** A value and where it was given, as it begins a message: {@code --port: }. */
    record Given(String value, String where) {

        UsageProblem refused(String why) {
            return new UsageProblem(where + why);
        }
    }

    private Optional<Given> find(String name) {
        var outside = fromOutside(name);
        var inFile = value(file, name);
        return outside.isPresent() || inFile.isMissingNode()
                ? outside
                : Optional.of(new Given(said(inFile), at(name) + name + ": "));
    }

    /** A list as one text. */
    private static String said(JsonNode node) {
        return node.isArray()
                ? node.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "))
                : node.asString();
    }

    /** From a flag or the environment. */
    private Optional<Given> fromOutside(String name) {
        if (flags.containsKey(name)) {
            var flag = FLAGS.getOrDefault(name, name);
            return Optional.of(new Given(flags.get(name), "--" + flag + ": "));
        }
        var variable = "RONDO_" + name.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
        var fromEnvironment = environment.get(variable);
        if (fromEnvironment != null && !fromEnvironment.isBlank()) {
            return Optional.of(new Given(fromEnvironment, variable + ": "));
        }
        return Optional.empty();
    }

    private Optional<String> value(String name) {
        return find(name)
                .map(given -> {
                    if (given.value().isBlank()) {
                        throw given.refused("a value is missing");
                    }
                    return given.value();
                });
    }

    private int port(String name, int otherwise) {
        return find(name)
                .map(given -> {
                    if (!given.value().matches("\\d{1,5}")
                            || Integer.parseInt(given.value()) > 65_535) {
                        throw given.refused(
                                "a port is a number from 0 to 65535, not " + given.value());
                    }
                    return Integer.parseInt(given.value());
                })
                .orElse(otherwise);
    }

    private Optional<URI> url(String name) {
        return find(name)
                .map(given -> {
                    try {
                        var uri = URI.create(given.value().replaceFirst("/+$", ""));
                        if (uri.getHost() != null
                                && ("http".equals(uri.getScheme())
                                        || "https".equals(uri.getScheme()))) {
                            return uri;
                        }
                    } catch (IllegalArgumentException malformed) {
                        // told below
                    }
                    throw given.refused(
                            "an address such as https://rondo.example.org, not " + given.value());
                });
    }

    /** Never repeats the value, which may hold a password. */
    private Database database(Given given) {
        var text = given.value();
        if (text.startsWith("postgresql://") || text.startsWith("postgres://")) {
            try {
                return Database.Postgres.of(text);
            } catch (IllegalArgumentException malformed) {
                throw given.refused(FORMS + "; " + malformed.getMessage());
            }
        }
        if (text.startsWith("sqlite:") && text.length() > 7) {
            return new Database.Sqlite(workingDirectory.resolve(text.substring(7)));
        }
        throw given.refused(FORMS);
    }

    private static Database sqlite(Path data) {
        return new Database.Sqlite(data.resolve("rondo.db"));
    }

    private ContainerUse containers() {
        return find("containers")
                .map(given ->
                        switch (given.value()) {
                            case "on", "true" -> ContainerUse.ON;
                            case "off", "false" -> ContainerUse.OFF;
                            case "trusted" -> ContainerUse.TRUSTED;
                            default ->
                                    throw given.refused("on, off or trusted, not " + given.value());
                        })
                .orElse(ContainerUse.ON);
    }

    private static Sandbox.Mode sandbox(Optional<Given> asked) {
        return asked.map(given ->
                        switch (given.value()) {
                            case "on", "true", "bubblewrap" -> Sandbox.Mode.BUBBLEWRAP;
                            case "off", "false" -> Sandbox.Mode.OFF;
                            default -> throw given.refused("on or off, not " + given.value());
                        })
                .orElse(Sandbox.Mode.BUBBLEWRAP);
    }

    static boolean yes(Given given) {
        return switch (given.value()) {
            case "true", "on" -> true;
            case "false", "off" -> false;
            default -> throw given.refused("true or false, not " + given.value());
        };
    }
}
