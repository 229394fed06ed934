package dev.rondo.actions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a job's token may do.
 *
 * @param levels of the scopes that are named or that a shorthand gives
 * @param others level of every scope beside these: none, or a shorthand's
 */
public record Permissions(Map<String, Level> levels, Level others) {
    /** What {@code read-all} and {@code write-all} spread to, in the order of GitHub's messages. */
    public static final List<String> SCOPES =
            List.of(
                    "actions",
                    "checks",
                    "contents",
                    "deployments",
                    "discussions",
                    "issues",
                    "packages",
                    "pages",
                    "pull-requests",
                    "repository-projects",
                    "statuses",
                    "security-events",
                    "id-token");

    public enum Level {
        NONE,
        READ,
        WRITE;

        static Level of(String name) {
            return switch (name) {
                case "read" -> READ;
                case "write" -> WRITE;
                default -> NONE;
            };
        }

        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What a token may do where no file says anything: a setting of the installation. */
    public enum Policy {
        /** Reads contents and packages. */
        LIMITED_READ,
        WRITE;

        public Permissions permissions() {
            return switch (this) {
                case LIMITED_READ ->
                        new Permissions(
                                Map.of("contents", Level.READ, "packages", Level.READ), Level.NONE);
                case WRITE -> all(Level.WRITE);
            };
        }
    }

    static Permissions of(Template written) {
        if (written instanceof Template.Mapping mapping) {
            var levels = new LinkedHashMap<String, Level>();
            for (Template.Entry entry : mapping.entries()) {
                levels.put(entry.name(), Level.of(entry.value().source()));
            }
            return new Permissions(levels, Level.NONE);
        }
        return all(written.source().equals("write-all") ? Level.WRITE : Level.READ);
    }

    private static Permissions all(Level level) {
        var levels = new LinkedHashMap<String, Level>();
        SCOPES.forEach(scope -> levels.put(scope, level));
        return new Permissions(levels, level);
    }

    public Level level(String scope) {
        return Optional.ofNullable(levels.get(scope)).orElse(others);
    }

    public boolean mayRead(String scope) {
        return level(scope) != Level.NONE;
    }

    public boolean mayWrite(String scope) {
        return level(scope) == Level.WRITE;
    }

    /** The scopes of which more is wanted than another allows. */
    List<String> beyond(Permissions allowed) {
        var scopes = new ArrayList<>(SCOPES);
        levels.keySet().stream().filter(scope -> !SCOPES.contains(scope)).forEach(scopes::add);
        var beyond = new ArrayList<String>();
        for (String scope : scopes) {
            if (level(scope).compareTo(allowed.level(scope)) > 0) {
                beyond.add(scope);
            }
        }
        if (beyond.isEmpty() && others.compareTo(allowed.others) > 0) {
            beyond.add("attestations");
        }
        return beyond;
    }

    /** {@code actions: write, checks: read}, of some scopes. */
    String text(List<String> scopes) {
        return String.join(
                ", ", scopes.stream().map(scope -> scope + ": " + level(scope).text()).toList());
    }
}
