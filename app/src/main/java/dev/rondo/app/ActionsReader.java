package dev.rondo.app;

import dev.rondo.app.SettingsReader.Given;
import dev.rondo.engine.ActionSettings;
import dev.rondo.engine.ActionSettings.Upstream;
import dev.rondo.settings.ActionPolicy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the settings {@code actions.…}: where actions come from, and which may be used. */
final class ActionsReader {

    private final Function<String, Optional<Given>> find;
    private final Path workingDirectory;
    private final Optional<String> token;

    /**
     * @param token of the server that {@code actions.upstream} names
     */
    ActionsReader(
            Function<String, Optional<Given>> find, Path workingDirectory, Optional<String> token) {
        this.find = find;
        this.workingDirectory = workingDirectory;
        this.token = token;
    }

    ActionSettings read() {
        if (token.isPresent() && find.apply("actions.upstream").isEmpty()) {
            throw new UsageProblem(
                    "actions.upstream-token is set, but actions.upstream, the server, is not");
        }
        boolean pinned = find.apply("actions.pinned").map(SettingsReader::yes).orElse(false);
        return new ActionSettings(
                find.apply("actions.upstream").map(this::upstream),
                find.apply("actions.tool-cache").map(this::folder),
                find.apply("actions.allowed")
                        .map(given -> allowed(given, pinned))
                        .orElse(
                                new ActionPolicy(
                                        ActionPolicy.Allowed.ALL, true, List.of(), pinned)),
                find.apply("actions.prefer").map(ActionsReader::prefers).orElse(false));
    }

    private Upstream upstream(Given given) {
        return isServer(given) ? server(given) : new Upstream.Folder(folder(given));
    }

    private static boolean isServer(Given given) {
        return given.value().matches("https?://.*");
    }

    private Upstream server(Given given) {
        try {
            var base = URI.create(given.value());
            if (base.getHost() != null && base.getUserInfo() == null && base.getQuery() == null) {
                return new Upstream.Server(base, token);
            }
        } catch (IllegalArgumentException malformed) {
            // told below
        }
        throw given.refused("a folder, or an address such as https://github.com");
    }

    private Path folder(Given given) {
        Path folder = workingDirectory.resolve(given.value()).normalize();
        if (given.value().isBlank() || !Files.isDirectory(folder)) {
            throw given.refused("there is no folder " + given.value());
        }
        return folder;
    }

    private static ActionPolicy allowed(Given given, boolean pinned) {
        var words = List.of(given.value().strip().split("[\\s,]+", -1));
        if (words.equals(List.of("all"))) {
            return new ActionPolicy(ActionPolicy.Allowed.ALL, true, List.of(), pinned);
        }
        if (words.equals(List.of("local_only"))) {
            return new ActionPolicy(ActionPolicy.Allowed.LOCAL_ONLY, false, List.of(), pinned);
        }
        for (var word : words) {
            ActionPolicy.mistake(word)
                    .ifPresent(why -> {
                        throw given.refused("all, local_only, or patterns; " + why);
                    });
        }
        return new ActionPolicy(ActionPolicy.Allowed.SELECTED, false, words, pinned);
    }

    private static boolean prefers(Given given) {
        return switch (given.value()) {
            case "native" -> false;
            case "repository" -> true;
            default -> throw given.refused("native or repository, not " + given.value());
        };
    }
}
