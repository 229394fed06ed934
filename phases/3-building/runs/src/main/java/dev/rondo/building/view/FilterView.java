package dev.rondo.building.view;

import java.util.List;

/** What a list of runs may be narrowed to, and what it is narrowed to now. */
public record FilterView(
        String path,
        List<String> files,
        List<String> events,
        List<String> statuses,
        String file,
        String event,
        String status,
        String branch,
        String actor) {

    public boolean any() {
        return !(file + event + status + branch + actor).isEmpty();
    }
}
