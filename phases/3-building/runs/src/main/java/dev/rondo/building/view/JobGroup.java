package dev.rondo.building.view;

import java.util.List;
import java.util.Map;

/**
 * A single job, or the jobs of a large matrix.
 *
 * @param title of the matrix; empty for a single job
 * @param size how many jobs there are
 * @param counts jobs by state, what needs a look first
 * @param toggle the address of the page with the matrix opened, or folded where it is open
 * @param jobs what is shown of it; none of a matrix that is folded
 */
public record JobGroup(
        String id,
        String title,
        int size,
        Map<String, Long> counts,
        String toggle,
        List<JobView> jobs) {

    public boolean matrix() {
        return !title.isEmpty();
    }
}
