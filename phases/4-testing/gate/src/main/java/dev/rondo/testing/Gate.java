package dev.rondo.testing;

import dev.rondo.testing.reports.Problem;
import dev.rondo.testing.reports.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The quality gate: rules and evidence in, a decision out. It passes when no rule is broken. A run
 * without any test fails: letting it pass would call untested what was never tried "tested", and a
 * project without tests says so once in {@code .rondo/gate.yml}.
 */
final class Gate {
    private final GateRules rules;
    private final Evidence evidence;
    private final List<Reason> reasons = new ArrayList<>();

    private Gate(GateRules rules, Evidence evidence) {
        this.rules = rules;
        this.evidence = evidence;
    }

    static Decision decide(GateRules rules, Evidence evidence) {
        return new Gate(rules, evidence).decide();
    }

    /** The rules cannot be read: nobody knows what was demanded, so nothing passes. */
    static Decision broken(String file, Problem problem) {
        return new Decision(false, List.of(Reason.bad("testing.gate.settings", file, problem)));
    }

    private Decision decide() {
        run();
        evidence.unreadable()
                .forEach(fault ->
                        reasons.add(
                                Reason.bad(
                                        "testing.gate.unreadable", fault.file(), fault.problem())));
        tests();
        rules.total().ifPresent(this::totalCoverage);
        rules.changedLines().ifPresent(this::changedLines);
        rules.newFindings().ifPresent(this::findings);
        reasons.sort(Comparator.comparing(Reason::good));
        return new Decision(reasons.stream().allMatch(Reason::good), List.copyOf(reasons));
    }

    private void run() {
        var outcome = evidence.runOutcome();
        reasons.add(
                Reason.of(
                        outcome.equals("success"),
                        "testing.gate.run."
                                + switch (outcome) {
                                    case "success",
                                            "failure",
                                            "cancelled",
                                            "invalid",
                                            "interrupted" ->
                                            outcome;
                                    default -> "failure";
                                }));
    }

    private void tests() {
        var counts = evidence.counts();
        if (counts.tests() == 0) {
            none();
        } else {
            failures(counts);
        }
        if (counts.tests() > 0 && rules.atLeast() > 1) {
            reasons.add(
                    Reason.of(
                            counts.tests() >= rules.atLeast(),
                            "testing.gate.tests.least",
                            counts.tests(),
                            rules.atLeast()));
        }
        rules.atLeastByLevel().forEach(this::level);
    }

    private void failures(Evidence.Counts counts) {
        int bad = counts.failed() + counts.errors();
        if (bad == 0) {
            reasons.add(
                    Reason.good(
                            "testing.gate.tests.passed",
                            counts.tests() - counts.skipped(),
                            counts.skipped()));
        } else if (rules.toleratesOldFailures() && evidence.bad().fresh() == 0) {
            reasons.add(Reason.good("testing.gate.tests.old", bad, counts.tests()));
        } else {
            boolean some = rules.toleratesOldFailures();
            int count = some ? evidence.bad().fresh() : bad;
            var names = some ? evidence.bad().freshNames() : evidence.bad().names();
            var list = String.join(", ", names) + (count > names.size() ? ", …" : "");
            reasons.add(
                    Reason.bad(
                            some ? "testing.gate.tests.fresh" : "testing.gate.tests.failed",
                            count,
                            counts.tests(),
                            list));
        }
    }

    private void none() {
        if (rules.atLeast() == 0) {
            reasons.add(Reason.good("testing.gate.tests.none.allowed"));
        } else if (evidence.reports() == 0) {
            reasons.add(Reason.bad("testing.gate.reports.none"));
        } else {
            reasons.add(Reason.bad("testing.gate.tests.none", evidence.reports()));
        }
    }

    private void level(Level level, int least) {
        if (least > 0) {
            int there = evidence.testsByLevel().getOrDefault(level, 0);
            reasons.add(
                    Reason.of(
                            there >= least,
                            "testing.gate.tests.least." + level.word(),
                            there,
                            least));
        }
    }

    private void totalCoverage(double least) {
        var coverage = evidence.coverage();
        if (!coverage.reported()) {
            reasons.add(Reason.bad("testing.gate.coverage.missing"));
            return;
        }
        double percent = ReportOutput.percent(coverage.covered(), coverage.total());
        reasons.add(
                Reason.of(
                        percent >= least,
                        "testing.gate.coverage.total",
                        percent,
                        coverage.total(),
                        least));
    }

    private void changedLines(double least) {
        var coverage = evidence.coverage();
        if (!coverage.reported()) {
            reasons.add(
                    rules.insistsOnCoverage()
                            ? Reason.bad("testing.gate.coverage.missing")
                            : Reason.good("testing.gate.coverage.none"));
        } else if (coverage.base().isEmpty()) {
            reasons.add(Reason.good("testing.gate.coverage.first"));
        } else if (coverage.changedTotal() < Math.max(1, rules.changedFrom())) {
            reasons.add(
                    Reason.good(
                            "testing.gate.coverage.few",
                            coverage.changedTotal(),
                            rules.changedFrom()));
        } else {
            double percent =
                    ReportOutput.percent(coverage.changedCovered(), coverage.changedTotal());
            reasons.add(
                    Reason.of(
                            percent >= least,
                            "testing.gate.coverage.changed",
                            percent,
                            coverage.changedTotal(),
                            least));
        }
    }

    private void findings(Severity least) {
        var findings = evidence.findings();
        if (findings.count() == 0) {
            reasons.add(Reason.good("testing.gate.findings.none"));
        } else if (!findings.compared()) {
            reasons.add(Reason.good("testing.gate.findings.first", findings.count()));
        } else {
            int fresh = findings.freshFrom(least);
            reasons.add(
                    Reason.of(
                            fresh == 0,
                            "testing.gate.findings."
                                    + (fresh == 0 ? "known." : "new.")
                                    + least.word(),
                            fresh,
                            findings.count()));
        }
    }
}
