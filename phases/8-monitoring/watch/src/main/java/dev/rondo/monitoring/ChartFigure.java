package dev.rondo.monitoring;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be drawn of a service; the word stands in the address. */
enum ChartFigure {
    REQUESTS,
    ERRORS,
    LATENCY_P50,
    LATENCY_P95,
    LATENCY_P99,
    CPU,
    MEMORY;

    /** In the order of the page. */
    static final List<ChartFigure> OF_SERVICE = List.of(values());

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<ChartFigure> of(String word) {
        return OF_SERVICE.stream().filter(figure -> figure.word().equals(word)).findFirst();
    }
}
