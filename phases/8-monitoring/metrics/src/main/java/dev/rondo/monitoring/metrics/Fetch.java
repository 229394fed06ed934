package dev.rondo.monitoring.metrics;

import dev.rondo.monitoring.metrics.MetricStoreException.Category;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one fetch has gathered so far, over several days, within its limits. */
final class Fetch {

    private final int limit;
    private final Map<SeriesKey, Samples> found = new LinkedHashMap<>();
    private int count;

    Fetch(int limit) {
        this.limit = limit;
    }

    void add(SeriesKey key, long millis, double value) {
        if (++count > limit) {
            throw new MetricStoreException(
                    Category.TOO_MUCH,
                    "more than " + limit + " samples; ask for fewer series or a shorter time");
        }
        if ((count & 0xfff) == 0 && Thread.currentThread().isInterrupted()) {
            throw new MetricStoreException(Category.INTERRUPTED, "the fetch took too long");
        }
        found.computeIfAbsent(key, k -> new Samples()).add(millis, value);
    }

    List<Series> toSeries() {
        var all = new ArrayList<Series>(found.size());
        found.forEach((key, samples) -> all.add(samples.toSeries(key)));
        all.sort(Comparator.comparing(series -> series.labels().pairs().toString()));
        return all;
    }
}
