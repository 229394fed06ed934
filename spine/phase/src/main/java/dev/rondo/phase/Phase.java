package dev.rondo.phase;

import dev.rondo.journal.Reaction;
import dev.rondo.journal.Subject;
import dev.rondo.web.MenuEntry;
import dev.rondo.web.PaletteSource;
import dev.rondo.web.Panel;
import dev.rondo.web.Routes;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * One phase of the loop. Order of calls: constructor, then the getters and {@link #routes} once,
 * then {@link #start} after all migrations ran and before the first request, at the end {@link
 * #stop}. By convention migrations lie in {@code dev/rondo/<name>/db} and texts in {@code
 * dev/rondo/<name>/texts.properties} on the class path.
 */
public interface Phase {

    /** The gerund, such as {@code planning}: name of package, tables, texts and paths. */
    String name();

    /** 1 to 8 around the loop. */
    int place();

    void routes(Routes routes);

    default List<MenuEntry> menu() {
        return List.of();
    }

    /** What this phase shows on other phases' pages. */
    default List<Panel> panels() {
        return List.of();
    }

    /** What the command palette finds here. */
    default List<PaletteSource> palette() {
        return List.of();
    }

    default List<Reaction> reactions() {
        return List.of();
    }

    default List<ChatCommand> commands() {
        return List.of();
    }

    /** The page of a subject that this phase owns; empty for all others. */
    default Optional<String> link(String project, Subject subject) {
        return Optional.empty();
    }

    /** What the phase holds right now, for the home page: at most three lines, cheap to read. */
    List<Standing> holds(Handle sql, String project);

    /** Takes up unfinished work and starts workers. */
    default void start() {}

    /** Ends workers; running work gets its time. */
    default void stop() {}
}
