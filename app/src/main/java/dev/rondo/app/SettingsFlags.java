package dev.rondo.app;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that {@code up} and {@code demo} share. */
final class SettingsFlags {

    @Option(names = "--data", description = "Where everything is kept (default: ~/.rondo).")
    @Nullable String data;

    @Option(names = "--host", description = "Address to listen on (default: 127.0.0.1).")
    @Nullable String host;

    @Option(names = "--port", description = "Port of the pages, APIs and git (default: 8080).")
    @Nullable String port;

    @Option(
            names = "--router-port",
            description = "Port at which deployed services are reached (default: the port + 1).")
    @Nullable String routerPort;

    @Option(names = "--public-url", description = "Where people reach this Rondo.")
    @Nullable String publicUrl;

    @Option(
            names = "--database",
            description = "sqlite:FILE or postgresql://USER:PASSWORD@HOST:PORT/NAME.")
    @Nullable String database;

    @Option(names = "--sandbox", description = "on or off; off runs jobs as plain processes.")
    @Nullable String sandbox;

    @Option(
            names = "--containers",
            description =
                    "on, off or trusted: whether jobs may use containers of the machine's Docker"
                            + " Engine; trusted jobs may reach the machine itself.")
    @Nullable String containers;

    @Option(names = "--stop-instances", description = "End deployed services with Rondo.")
    boolean stopInstances;

    @Option(
            names = "--smtp",
            description =
                    "Mail server: smtp://[ACCOUNT@]HOST[:PORT] (STARTTLS), smtps:// (TLS) or"
                            + " smtp+plain://; its password by RONDO_SMTP_PASSWORD,"
                            + " --smtp-password-file or rondo.toml.")
    @Nullable String smtp;

    @Option(names = "--smtp-sender", description = "Address that Rondo's mails come from.")
    @Nullable String smtpSender;

    @Option(names = "--smtp-password-file", description = "File that holds the mail password.")
    @Nullable String smtpPasswordFile;

    @Option(
            names = "--webhook-allow",
            description =
                    "Private addresses, blocks (10.0.0.0/8) and hosts that webhooks may call.")
    @Nullable String webhookAllow;

    @Option(names = "--max-push", description = "Largest push, such as 500M (default: 2G).")
    @Nullable String maxPush;

    @Option(
            names = {"--actions", "--actions.upstream"},
            description =
                    "Where actions come from beside this Rondo: a folder of bare repositories"
                            + " DIR/owner/name.git, or a server such as https://github.com.")
    @Nullable String actions;

    @Option(
            names = {"--tool-cache", "--actions.tool-cache"},
            description = "Tool cache in the layout of the official setup actions.")
    @Nullable String toolCache;

    @Option(names = "--config", description = "File with settings (default: rondo.toml).")
    @Nullable String config;

    Map<String, String> given() {
        var given = new LinkedHashMap<String, String>();
        put(given, "data", data);
        put(given, "host", host);
        put(given, "port", port);
        put(given, "router-port", routerPort);
        put(given, "public-url", publicUrl);
        put(given, "database", database);
        put(given, "sandbox", sandbox);
        put(given, "containers", containers);
        put(given, "smtp", smtp);
        put(given, "smtp-sender", smtpSender);
        put(given, "smtp-password-file", smtpPasswordFile);
        put(given, "webhook-allow", webhookAllow);
        put(given, "max-push", maxPush);
        put(given, "actions.upstream", actions);
        put(given, "actions.tool-cache", toolCache);
        put(given, "config", config);
        if (stopInstances) {
            given.put("stop-instances", "true");
        }
        return given;
    }

    private static void put(Map<String, String> given, String name, @Nullable String value) {
        if (value != null) {
            given.put(name, value);
        }
    }
}
