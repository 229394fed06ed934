package dev.rondo.loop.view;

import java.time.Instant;
import java.util.List;

/** Projects by name; {@code next} is the name behind which the next page begins, or empty. */
public record ProjectsView(List<Line> projects, String next) {

    /** A project in the list. */
    public record Line(String name, String title, String description, Instant createdAt) {}
}
