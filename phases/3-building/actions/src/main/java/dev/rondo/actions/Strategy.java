package dev.rondo.actions;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code strategy}: how one job becomes many. */
public record Strategy(
        Optional<Template> matrix, Optional<Template> failFast, Optional<Template> maxParallel) {

    static Strategy of(Template.Mapping keys) {
        return new Strategy(keys.get("matrix"), keys.get("fail-fast"), keys.get("max-parallel"));
    }

    /** One job for each; a single one with nothing where there is no matrix. */
    public List<Map<String, Value>> combinations(String job, Scope scope) {
        return matrix.map(written -> Matrix.combinations(job, written.value(scope)))
                .orElse(List.of(Map.of()));
    }

    /** One failure cancels the others, unless it is said otherwise. */
    public boolean failsFast(Scope scope) {
        return failFast.map(template -> Truths.of("fail-fast", template.value(scope))).orElse(true);
    }

    /** How many may run at once; empty is no bound. */
    public Optional<Integer> mostAtOnce(Scope scope) {
        return maxParallel
                .map(template -> Truths.number("max-parallel", template.value(scope)))
                .filter(number -> number >= 1)
                .map(Double::intValue);
    }
}
