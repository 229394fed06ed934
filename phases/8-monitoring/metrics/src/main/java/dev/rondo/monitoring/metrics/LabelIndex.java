package dev.rondo.monitoring.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All series of one day by number, by key, and by name and label. Not safe for several threads. */
final class LabelIndex {

    private final List<SeriesKey> keys = new ArrayList<>();
    private final Map<SeriesKey, Integer> numbers = new HashMap<>();
    private final Map<String, Numbers> byName = new HashMap<>();
    private final Map<Pair, Numbers> byLabel = new HashMap<>();

    private record Pair(String name, String label, String value) {}

    int size() {
        return keys.size();
    }

    SeriesKey key(int series) {
        return keys.get(series);
    }

    /** The number of a series, or -1 if it is new. */
    int number(SeriesKey key) {
        var number = numbers.get(key);
        return number == null ? -1 : number;
    }

    /** Takes a series in; its number is the next one. */
    void add(SeriesKey key) {
        var series = keys.size();
        keys.add(key);
        numbers.put(key, series);
        byName.computeIfAbsent(key.name(), name -> new Numbers()).add(series);
        key.labels()
                .pairs()
                .forEach((label, value) ->
                        byLabel.computeIfAbsent(
                                        new Pair(key.name(), label, value), pair -> new Numbers())
                                .add(series));
    }

    int[] select(Selector selector) {
        var candidates = narrowest(selector);
        return Arrays.stream(candidates)
                .filter(series -> selector.matches(keys.get(series).labels()))
                .toArray();
    }

    private int[] narrowest(Selector selector) {
        var best = byName.getOrDefault(selector.name(), Numbers.NONE).toArray();
        for (var condition : selector.conditions()) {
            // The empty value also matches series without the label: no list names those.
            if (condition.values().contains("")) {
                continue;
            }
            var union =
                    condition.values().stream()
                            .map(v -> new Pair(selector.name(), condition.label(), v))
                            .flatMapToInt(pair ->
                                    Arrays.stream(
                                            byLabel.getOrDefault(pair, Numbers.NONE).toArray()))
                            .toArray();
            if (union.length < best.length) {
                best = union;
            }
        }
        return best;
    }

    /** A growing list of numbers without boxes. */
    private static final class Numbers {

        static final Numbers NONE = new Numbers();

        private int[] numbers = new int[4];
        private int count;

        void add(int number) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, count * 2);
            }
            numbers[count++] = number;
        }

        int[] toArray() {
            return Arrays.copyOf(numbers, count);
        }
    }
}
