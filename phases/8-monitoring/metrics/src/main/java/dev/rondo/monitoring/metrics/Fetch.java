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
    private final long step;
    private final Map<SeriesKey, Samples> found = new LinkedHashMap<>();
    private int count;

    /**
     * @param step milliseconds; of each the last sample is kept, 1 keeps all
     */
    Fetch(int limit, long step) {
        this.limit = limit;
        this.step = step;
    }

    void add(SeriesKey key, long millis, double value) {
        var samples = found.computeIfAbsent(key, k -> new Samples());
        if (!samples.add(millis, value, step)) {
            return;
        }
        if (++count > limit) {
            throw new MetricStoreException(
                    Category.TOO_MUCH,
                    "more than " + limit + " samples; ask for fewer series or a shorter time");
        }
        if ((count & 0xfff) == 0 && Thread.currentThread().isInterrupted()) {
            throw new MetricStoreException(Category.INTERRUPTED, "the fetch took too long");
        }
    }

    List<Series> toSeries() {
        var all = new ArrayList<Series>(found.size());
        found.forEach((key, samples) -> all.add(samples.toSeries(key)));
        all.sort(Comparator.comparing(series -> series.labels().pairs().toString()));
        return all;
    }
}
