package dev.rondo.releasing;

import dev.rondo.git.GitFailure;
import dev.rondo.git.GitRepository;
import dev.rondo.git.GitSettings;
import dev.rondo.git.Repositories;
import dev.rondo.web.Json;
import dev.rondo.web.Texts;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * {@code rondo release next [DIR]}: the next version and notes of a git history since its last
 * release tag, and why. Public because the command line calls it; reads local files only.
 */
public final class ReleaseNext {

    /** There is something to release. */
    public static final int RELEASE = 0;

    /** There is no repository, or no commit in it. */
    public static final int TROUBLE = 1;

    /** Nothing that was committed since the last release is worth one. */
    public static final int NOTHING = 3;

    private final Texts texts = Texts.of("releasing");
    private final Locale language;
    private final PrintStream out;
    private final PrintStream err;

    public ReleaseNext(Locale language, PrintStream out, PrintStream err) {
        this.language = language;
        this.out = out;
        this.err = err;
    }

    /**
     * Prints and returns the exit code.
     *
     * @param folder in a work tree, or a bare repository
     */
    public int run(Path folder, boolean json) {
        var place = enclosing(folder.toAbsolutePath().normalize());
        if (place.isEmpty()) {
            return trouble("releasing.next.none", folder.toString());
        }
        try (var home = new Scratch();
                var repositories =
                        new Repositories(
                                parent(place.get()).orElse(place.get()),
                                GitSettings.in(home.folder()))) {
            var git = repositories.find(place.get().getFileName().toString());
            if (git.isEmpty()) {
                return trouble("releasing.next.none", folder.toString());
            }
            return run(git.get(), json);
        } catch (GitFailure failure) {
            return trouble("releasing.next.git", failure.complaint());
        }
    }

    private int run(GitRepository git, boolean json) {
        var head = git.resolve("HEAD");
        if (head.isEmpty()) {
            return trouble("releasing.next.empty");
        }
        var next = new ReleaseHistory(git).next(head.get(), Set.of());
        var notes = new Notes(texts, language, Notes.Addresses.NONE).write(next.changes());
        if (json) {
            out.println(Json.write(asMap(head.get(), next, notes)));
        } else {
            print(next, notes);
        }
        return next.version().isPresent() ? RELEASE : NOTHING;
    }

    private void print(NextRelease next, String notes) {
        next.version().ifPresent(version -> out.println(version));
        out.println(why(next));
        if (next.version().isPresent()) {
            out.println();
            out.print(notes);
        }
    }

    private LinkedHashMap<String, Object> asMap(String head, NextRelease next, String notes) {
        var map = new LinkedHashMap<String, Object>();
        map.put("release", next.version().isPresent());
        map.put("version", next.version().map(Version::toString).orElse(""));
        map.put("last", next.last().map(Version::toString).orElse(""));
        map.put("bump", next.bump().name().toLowerCase(Locale.ROOT));
        map.put("why", why(next));
        map.put("commit", head);
        map.put("commits", next.changes().size());
        map.put("changes", next.changes().stream().map(ReleaseNext::asMap).toList());
        map.put("notes", next.version().isPresent() ? notes : "");
        return map;
    }

    private static LinkedHashMap<String, Object> asMap(Change change) {
        var map = new LinkedHashMap<String, Object>();
        map.put("commit", change.commit());
        map.put("type", change.type());
        map.put("scope", change.scope());
        map.put("description", change.description());
        map.put("breaking", change.breaking());
        map.put("tickets", change.tickets());
        return map;
    }

    private String why(NextRelease next) {
        var why = Why.of(next);
        return texts.say(language, why.key(), why.args().toArray());
    }

    private int trouble(String key, Object... args) {
        err.println(texts.say(language, key, args));
        return TROUBLE;
    }

    /** The folder with the git data: {@code .git} of the work tree around, or a bare repository. */
    private static Optional<Path> enclosing(Path folder) {
        for (var at = Optional.of(folder); at.isPresent(); at = parent(at.get())) {
            var inside = at.get().resolve(".git");
            if (Files.isDirectory(inside.resolve("objects"))) {
                return Optional.of(inside);
            }
            if (Files.isDirectory(at.get().resolve("objects"))
                    && Files.isRegularFile(at.get().resolve("HEAD"))) {
                return at;
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> parent(Path folder) {
        return Optional.ofNullable(folder.getParent());
    }

    /** Native git wants a home of its own; nothing stays in it. */
    private record Scratch(Path folder) implements AutoCloseable {

        Scratch() {
            this(make());
        }

        private static Path make() {
            try {
                return Files.createTempDirectory("rondo-release-");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                // A temporary folder; the system sweeps it.
            }
        }
    }
}
