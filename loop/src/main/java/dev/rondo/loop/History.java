package dev.rondo.loop;

import dev.rondo.loop.view.Milestone;
import java.util.List;

/** The history of DevOps, as the description of the lifecycle tells it; texts by key. */
final class History {

    private static final int FIRST = 1990;
    private static final int LAST = 2026;
    private static final int LEFT = 30;
    private static final int WIDTH = 740;

    private History() {}

    static List<Milestone> milestones() {
        return List.of(
                milestone(1991, "1990s", "ci"),
                milestone(2001, "2001", "agile"),
                milestone(2009, "2009", "devopsdays"),
                milestone(2010, "2010–2015", "spread"),
                milestone(2016, "2016", "mainstream"),
                milestone(2020, "2020+", "devsecops"));
    }

    private static Milestone milestone(int year, String label, String key) {
        int x = LEFT + (year - FIRST) * WIDTH / (LAST - FIRST);
        return new Milestone(label, "loop.history." + key, "loop.history." + key + ".text", x);
    }
}
