package dev.rondo.app;

import dev.rondo.app.SettingsReader.Given;
import dev.rondo.results.Retention;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Reads the settings {@code keep.…}: how long and how much is kept of any project's runs. */
final class KeepReader {

    private final Function<String, Optional<Given>> find;

    KeepReader(Function<String, Optional<Given>> find) {
        this.find = find;
    }

    Retention read() {
        var usual = Retention.USUAL;
        return new Retention(
                days("keep.artifacts", usual.artifacts()),
                days("keep.caches", usual.cacheUnused()),
                find.apply("keep.cache-size").map(SettingsReader::bytes).orElse(usual.cacheBytes()),
                days("keep.logs", usual.logs()));
    }

    private Duration days(String name, Duration usual) {
        return find.apply(name)
                .map(given -> {
                    if (!given.value().matches("[1-9][0-9]{0,4}")) {
                        throw given.refused("a number of days, not " + given.value());
                    }
                    return Duration.ofDays(Long.parseLong(given.value()));
                })
                .orElse(usual);
    }
}
