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
                most("keep.artifacts", "keep.artifact-size", usual.artifacts()),
                most("keep.caches", "keep.cache-size", usual.caches()),
                most("keep.logs", "keep.log-size", usual.logs()));
    }

    private Retention.Most most(String days, String size, Retention.Most usual) {
        return new Retention.Most(
                days(days, usual.time()),
                find.apply(size).map(SettingsReader::bytes).orElse(usual.bytes()));
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
