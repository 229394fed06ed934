package dev.rondo.monitoring;

import dev.rondo.journal.Subject;
import dev.rondo.monitoring.view.JudgementLine;
import dev.rondo.monitoring.view.JudgementView;
import dev.rondo.monitoring.view.JudgementView.RouteLine;
import dev.rondo.monitoring.view.JudgementView.Sample;
import dev.rondo.store.Micros;
import java.util.List;
import java.util.TreeSet;

/** Makes of judgements what their pages show. */
final class JudgementViews {

    private JudgementViews() {}

    static List<JudgementLine> lines(List<Judgement> judgements, Words words) {
        return judgements.stream().map(j -> line(j, j.report(), words)).toList();
    }

    static JudgementLine line(Judgement judgement, JudgementReport report, Words words) {
        return new JudgementLine(
                judgement.path(),
                judgement.key().service(),
                judgement.key().environment(),
                judgement.stable(),
                judgement.candidate(),
                judgement.state(),
                Micros.toInstant(judgement.since()),
                words.count(report.candidate().requests()),
                words.ratio(report.candidate().ratio()),
                words.ratio(report.stable().ratio()),
                report.reasons().isEmpty() ? "" : words.reason(report.reasons().getFirst()));
    }

    static JudgementView view(Judgement judgement, JudgementReport report, Words words) {
        var rules = judgement.rules();
        var difference = report.candidate().ratio() - report.stable().ratio();
        return new JudgementView(
                judgement.path(),
                judgement.apiPath(),
                Subject.of("rollout", judgement.rollout()),
                judgement.key().subject(),
                judgement.key().service(),
                judgement.key().environment(),
                judgement.state(),
                judgement.open(),
                Micros.toInstant(judgement.since()),
                Micros.toInstant(judgement.endedAt()),
                report.reasons().stream().map(words::reason).toList(),
                List.of(
                        sample("stable", judgement.stable(), report.stable(), words),
                        sample("candidate", judgement.candidate(), report.candidate(), words)),
                routes(report, words),
                report.worstRoute(),
                words.points(difference),
                words.text(
                        "monitoring.judgement.interval",
                        words.points(report.increaseLow()),
                        words.points(report.increaseHigh())),
                words.ratio(rules.confidence()),
                words.evidence(report.evidence()),
                words.evidence(report.slowness()),
                words.evidence(report.needed()),
                share(report.evidence(), report.needed()),
                share(report.slowness(), report.needed()),
                List.of(
                        words.text(
                                "monitoring.judgement.rule.requests",
                                words.count(rules.minRequests())),
                        words.text("monitoring.judgement.rule.seconds", rules.maxSeconds()),
                        words.text(
                                "monitoring.judgement.rule.errors",
                                words.ratio(rules.maxErrorRatioIncrease())),
                        words.text(
                                "monitoring.judgement.rule.latency",
                                words.digits(rules.maxLatencyFactor(), 1)),
                        words.text(
                                "monitoring.judgement.rule.confidence",
                                words.ratio(rules.confidence()))));
    }

    /** How far the evidence has come to what fails the candidate; a logarithm, as bets multiply. */
    private static double share(double evidence, double needed) {
        return needed <= 1 ? 0 : Math.clamp(Math.log(evidence) / Math.log(needed), 0, 1);
    }

    private static Sample sample(
            String role, String version, JudgementReport.Side side, Words words) {
        return new Sample(
                "monitoring.role." + role,
                version,
                words.count(side.requests()),
                words.count(side.errors()),
                words.ratio(side.ratio()),
                words.seconds(side.p50()),
                words.seconds(side.p95()),
                words.seconds(side.p99()));
    }

    private static List<RouteLine> routes(JudgementReport report, Words words) {
        var names = new TreeSet<>(report.candidate().routes().keySet());
        names.addAll(report.stable().routes().keySet());
        var none = new JudgementReport.RouteCount(0, 0);
        return names.stream()
                .map(name -> {
                    var stable = report.stable().routes().getOrDefault(name, none);
                    var candidate = report.candidate().routes().getOrDefault(name, none);
                    return new RouteLine(
                            name,
                            words.count(stable.requests()),
                            ratio(stable, words),
                            words.count(candidate.requests()),
                            ratio(candidate, words),
                            name.equals(report.worstRoute()));
                })
                .toList();
    }

    private static String ratio(JudgementReport.RouteCount count, Words words) {
        return count.requests() == 0
                ? "–"
                : words.ratio((double) count.errors() / count.requests());
    }
}
