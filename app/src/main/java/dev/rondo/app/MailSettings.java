package dev.rondo.app;

import dev.rondo.operating.MailServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Reads the mail server from the settings. */
final class MailSettings {

    private static final String SHAPE =
            "smtp: smtp://[ACCOUNT@]HOST[:PORT], smtps://… or smtp+plain://…, not ";

    private final Function<String, Optional<String>> find;
    private final Path workingDirectory;

    /**
     * @param find a setting by its name
     */
    MailSettings(Function<String, Optional<String>> find, Path workingDirectory) {
        this.find = find;
        this.workingDirectory = workingDirectory;
    }

    Optional<MailServer> read() {
        var server = find.apply("smtp");
        if (server.isEmpty()) {
            for (var name : new String[] {"smtp-sender", "smtp-password", "smtp-password-file"}) {
                if (find.apply(name).isPresent()) {
                    throw new UsageProblem(name + " is set, but smtp, the mail server, is not");
                }
            }
            return Optional.empty();
        }
        return Optional.of(server(server.get()));
    }

    private MailServer server(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException malformed) {
            throw new UsageProblem(SHAPE + text);
        }
        var scheme = String.valueOf(uri.getScheme());
        if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new UsageProblem(SHAPE + text);
        }
        var account = Optional.ofNullable(uri.getUserInfo()).orElse("");
        if (account.contains(":")) {
            throw new UsageProblem(
                    "smtp: the password does not belong into the address; give it by"
                            + " RONDO_SMTP_PASSWORD, smtp-password-file or rondo.toml");
        }
        return switch (scheme) {
            case "smtp" -> server(uri, "starttls", 587, account);
            case "smtps" -> server(uri, "tls", 465, account);
            case "smtp+plain" -> server(uri, "none", 25, account);
            default -> throw new UsageProblem(SHAPE + text);
        };
    }

    private MailServer server(URI uri, String security, int usualPort, String account) {
        var password = SecretSetting.read(find, "smtp-password", workingDirectory).orElse("");
        if (account.isEmpty() != password.isEmpty()) {
            throw new UsageProblem(
                    account.isEmpty()
                            ? "smtp: there is a password but no account; write smtp://ACCOUNT@HOST"
                            : "smtp: there is no password for the account " + account);
        }
        return new MailServer(
                uri.getHost(),
                uri.getPort() < 0 ? usualPort : uri.getPort(),
                security,
                account,
                password,
                sender(account, uri.getHost()));
    }

    private String sender(String account, String host) {
        var sender =
                find.apply("smtp-sender").orElse(account.contains("@") ? account : "rondo@" + host);
        if (!sender.matches("[^@\\s<>]{1,64}@[^@\\s<>]{1,255}")) {
            throw new UsageProblem("smtp-sender: a mail address, not " + sender);
        }
        return sender;
    }
}
