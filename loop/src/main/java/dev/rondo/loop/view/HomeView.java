package dev.rondo.loop.view;

import java.time.Instant;
import java.util.List;

/** The home page of a project: the loop with what each phase holds, and the latest events. */
public record HomeView(List<Part> parts, List<Entry> latest) {

    /** A phase on the eight. {@code count} is the first line's figure. */
    public record Part(
            int place, String name, String path, Piece piece, long count, List<Line> lines) {

        /** Whether something in this phase asks for somebody now. */
        public boolean alarmed() {
            return lines.stream().anyMatch(line -> line.tone().equals("bad"));
        }
    }

    /** One line of what a phase holds; {@code href} may be empty. */
    public record Line(String text, String tone, String href) {}

    /** A drawn piece of the eight with the place of its label. */
    public record Piece(String path, int x, int y) {}

    /** An event in words; {@code href} may be empty. */
    public record Entry(
            long seq,
            int place,
            String kind,
            String about,
            String href,
            String actor,
            Instant at) {}
}
