package dev.rondo.deploying;

import dev.rondo.deploying.Plan.Step;
import dev.rondo.journal.Fact.JudgementRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the steps of a strategy in {@code .rondo/delivery.yml}. */
final class PlanFile {

    private static final int MOST_STEPS = 50;
    private static final Set<String> RULES =
            Set.of(
                    "min-requests",
                    "max-wait",
                    "max-error-increase",
                    "max-latency-factor",
                    "confidence",
                    "inconclusive");

    private PlanFile() {}

    static Plan plan(Plan.Strategy kind, Yaml list) {
        var plan = new Plan(kind, steps(list));
        if (plan.oldStopsFirst() && !plan.steps().getFirst().equals(new Step.Weight(100))) {
            // The old version is gone by then: less than all, or waiting, leaves users with nobody.
            throw list.problem("steps.bigbang");
        }
        return plan;
    }

    private static List<Step> steps(Yaml list) {
        var steps = list.list().stream().map(PlanFile::step).toList();
        if (steps.size() > MOST_STEPS) {
            throw list.problem("steps.count");
        }
        requireSense(list, steps);
        return steps;
    }

    private static void requireSense(Yaml list, List<Step> steps) {
        int last = 0;
        for (var step : steps) {
            if (step instanceof Step.Weight weight) {
                if (weight.percent() < last) {
                    throw list.problem("steps.rising");
                }
                last = weight.percent();
            } else if (step instanceof Step.Judge && (last == 0 || last == 100)) {
                // Both versions must get requests to be compared.
                throw list.problem("steps.judge");
            }
        }
        if (last != 100) {
            throw list.problem("steps.end");
        }
    }

    private static Step step(Yaml value) {
        if (!value.isMap()) {
            return switch (value.text()) {
                case "judge" -> new Step.Judge(Plan.STANDARD_RULES, false);
                case "approve" -> new Step.Approve();
                default -> throw value.problem("step");
            };
        }
        var keys = value.map(Set.of("weight", "pause", "judge", "approve"));
        if (keys.size() != 1) {
            throw value.problem("step");
        }
        var only = keys.entrySet().iterator().next();
        return switch (only.getKey()) {
            case "weight" -> new Step.Weight(only.getValue().number(0, 100));
            case "pause" -> new Step.Pause(only.getValue().duration(Duration.ofDays(7)));
            case "judge" -> judge(only.getValue());
            default -> new Step.Approve();
        };
    }

    private static Step judge(Yaml value) {
        var keys = value.map(RULES);
        var standard = Plan.STANDARD_RULES;
        var rules =
                new JudgementRules(
                        keys.containsKey("min-requests")
                                ? keys.get("min-requests").number(1, 10_000_000)
                                : standard.minRequests(),
                        keys.containsKey("max-wait")
                                ? Math.max(
                                        1,
                                        (int)
                                                keys.get("max-wait")
                                                        .duration(Duration.ofDays(1))
                                                        .toSeconds())
                                : standard.maxSeconds(),
                        decimal(keys, "max-error-increase", standard.maxErrorRatioIncrease(), 0, 1),
                        decimal(keys, "max-latency-factor", standard.maxLatencyFactor(), 1, 1000),
                        decimal(keys, "confidence", standard.confidence(), 0.5, 0.9999));
        return new Step.Judge(rules, goesOn(keys));
    }

    private static double decimal(
            Map<String, Yaml> keys, String key, double otherwise, double least, double most) {
        var value = keys.get(key);
        return value == null ? otherwise : value.decimal(least, most);
    }

    private static boolean goesOn(Map<String, Yaml> keys) {
        var value = keys.get("inconclusive");
        if (value == null) {
            return false;
        }
        return switch (value.text()) {
            case "roll-back" -> false;
            case "go-on" -> true;
            default -> throw value.problem("inconclusive");
        };
    }
}
