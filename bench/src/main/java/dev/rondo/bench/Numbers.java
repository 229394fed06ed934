package dev.rondo.bench;

import java.util.Collection;
import java.util.List;

/** What is told of many measured values. */
record Numbers(List<Double> sorted) {

    static Numbers of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new BenchFailure("nothing was measured");
        }
        return new Numbers(values.stream().sorted().toList());
    }

    double median() {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The nearest rank: of 200 values the 198th. */
    double p99() {
        return sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1);
    }

    double least() {
        return sorted.getFirst();
    }

    double most() {
        return sorted.getLast();
    }
}
