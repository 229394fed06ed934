package dev.rondo.app;

import dev.rondo.sandbox.Sandbox;
import dev.rondo.store.Database;
import dev.rondo.web.Reach;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.dataformat.toml.TomlMapper;

/** Reads settings: a flag wins over the environment, the environment over the file. */
final class SettingsReader {

    static final Set<String> NAMES =
            Set.of(
                    "data",
                    "host",
                    "port",
                    "router-port",
                    "public-url",
                    "database",
                    "sandbox",
                    "stop-instances",
                    "smtp",
                    "smtp-sender",
                    "smtp-password",
                    "smtp-password-file",
                    "webhook-allow",
                    "max-push");

    private final Map<String, String> flags;
    private final Map<String, String> environment;
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
        this.file = readFile();
    }

    private JsonNode readFile() {
        var named = Optional.ofNullable(flags.get("config"));
        var path = workingDirectory.resolve(named.orElse("rondo.toml"));
        if (!Files.isRegularFile(path)) {
            if (named.isPresent()) {
                throw new UsageProblem("there is no file " + path);
            }
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            var tree = new TomlMapper().readTree(path.toFile());
            var unknown = new TreeSet<>(tree.propertyNames());
            unknown.removeAll(NAMES);
            if (!unknown.isEmpty()) {
                throw new UsageProblem(
                        path
                                + ": unknown setting "
                                + unknown.first()
                                + "; known are "
                                + String.join(", ", new TreeSet<>(NAMES)));
            }
            return tree;
        } catch (JacksonException malformed) {
            throw new UsageProblem(path + ": " + malformed.getOriginalMessage() + place(malformed));
        }
    }

    private static String place(JacksonException malformed) {
        var location = malformed.getLocation();
        return location == null
                ? ""
                : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    Settings read() {
        var data =
                workingDirectory
                        .resolve(find("data").orElse(System.getProperty("user.home") + "/.rondo"))
                        .normalize();
        var host = find("host").orElse("127.0.0.1");
        int port = port("port", 8080);
        return new Settings(
                data,
                host,
                port,
                port("router-port", port == 0 ? 0 : Math.min(65_535, port + 1)),
                url("public-url").orElse(URI.create("http://" + host + ":" + port)),
                find("database").map(this::database).orElse(sqlite(data)),
                sandbox(),
                find("stop-instances").map(Boolean::parseBoolean).orElse(false),
                new Settings.Outward(
                        webhooks(), new MailSettings(this::find, workingDirectory).read()),
                find("max-push").map(SettingsReader::bytes).orElse(2L << 30));
    }

    private Reach webhooks() {
        try {
            return Reach.allowing(find("webhook-allow").orElse(""));
        } catch (IllegalArgumentException malformed) {
            throw new UsageProblem(
                    "webhook-allow: an address, a block such as 10.0.0.0/8 or a host, not "
                            + malformed.getMessage());
        }
    }

    private static long bytes(String text) {
        var matcher = java.util.regex.Pattern.compile("(\\d{1,9})\\s*([KMGkmg]?)").matcher(text);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw new UsageProblem("max-push: a size such as 500M or 2G, not " + text);
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

    private Optional<String> find(String name) {
        if (flags.containsKey(name)) {
            return Optional.ofNullable(flags.get(name));
        }
        var variable = "RONDO_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
        var fromEnvironment = environment.get(variable);
        if (fromEnvironment != null && !fromEnvironment.isBlank()) {
            return Optional.of(fromEnvironment);
        }
        return file.has(name) ? Optional.of(file.get(name).asString()) : Optional.empty();
    }

    private int port(String name, int otherwise) {
        return find(name)
                .map(text -> {
                    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
                        throw new UsageProblem(
                                name + ": a port is a number from 0 to 65535, not " + text);
                    }
                    return Integer.parseInt(text);
                })
                .orElse(otherwise);
    }

    private Optional<URI> url(String name) {
        return find(name)
                .map(text -> {
                    try {
                        var uri = URI.create(text.replaceFirst("/+$", ""));
                        if (uri.getHost() != null) {
                            return uri;
                        }
                    } catch (IllegalArgumentException malformed) {
                        // told below
                    }
                    throw new UsageProblem(name + ": not an address: " + text);
                });
    }

    private Database database(String text) {
        if (text.startsWith("postgresql://") || text.startsWith("postgres://")) {
            return Database.Postgres.of(text);
        }
        if (text.startsWith("sqlite:")) {
            return new Database.Sqlite(workingDirectory.resolve(text.substring(7)));
        }
        throw new UsageProblem(
                "database: sqlite:FILE or postgresql://USER:PASSWORD@HOST:PORT/NAME, not " + text);
    }

    private static Database sqlite(Path data) {
        return new Database.Sqlite(data.resolve("rondo.db"));
    }

    private Sandbox.Mode sandbox() {
        var mode = find("sandbox").orElse("on");
        return switch (mode) {
            case "on", "true", "bubblewrap" -> Sandbox.Mode.BUBBLEWRAP;
            case "off", "false" -> Sandbox.Mode.OFF;
            default -> throw new UsageProblem("sandbox: on or off, not " + mode);
        };
    }
}
