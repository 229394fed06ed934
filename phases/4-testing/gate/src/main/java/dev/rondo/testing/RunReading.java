package dev.rondo.testing;

import dev.rondo.store.Blobs;
import dev.rondo.store.Store;
import dev.rondo.testing.reports.Limits;
import dev.rondo.testing.reports.Lines;
import dev.rondo.testing.reports.Outcome;
import dev.rondo.testing.reports.Problem;
import dev.rondo.testing.reports.ReportReader;
import dev.rondo.testing.reports.Severity;
import dev.rondo.testing.reports.Unreadable;
import dev.rondo.web.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads all reports of one run into the tables and says what the gate needs to know of them. Done
 * outside of any transaction, because a report may be long.
 */
final class RunReading {
    /** Report files of one run; the rest is told as a fault. */
    static final int REPORTS = 2000;

    /** For all reports of a run together. */
    static final Duration TIME = Duration.ofMinutes(5);

    private final Store store;
    private final Blobs blobs;
    private final Changes changes;
    private final Limits limits;
    private final Run run;
    private final Instant end = Instant.now().plus(TIME);

    RunReading(Store store, Blobs blobs, Changes changes, Limits limits, Run run) {
        this.store = store;
        this.blobs = blobs;
        this.changes = changes;
        this.limits = limits;
        this.run = run;
    }

    /** What is written beside the figures, for pages. */
    record Details(
            Map<String, Totals.LevelTotal> levels,
            Map<String, Integer> findings,
            Map<String, Integer> fresh,
            boolean compared) {
        static final Details NONE = new Details(Map.of(), Map.of(), Map.of(), false);

        static Details parse(String json) {
            return json.equals("{}") ? NONE : Json.MAPPER.readValue(json, Details.class);
        }
    }

    /**
     * @param paths which files are reports, and what the project says about them
     * @param faults those that are known already, such as of the settings
     */
    Evidence read(ReportPaths paths, List<Evidence.Fault> faults) {
        store.update(tx -> EvidenceStore.clear(tx.sql(), run.key()));
        var unreadable = new ArrayList<>(faults);
        var reports =
                store.read(sql -> EvidenceReads.reports(sql, run.key())).stream()
                        .filter(report -> paths.takes(report.path()))
                        .toList();
        var sources =
                new SourcePaths(
                        reports.isEmpty()
                                ? List.of()
                                : changes.paths(run.key().project(), run.commit()));
        var sink = new EvidenceSink(store, run);
        for (var report : reports.subList(0, Math.min(REPORTS, reports.size()))) {
            read(report, paths, sources, sink)
                    .ifPresent(
                            problem -> unreadable.add(new Evidence.Fault(report.path(), problem)));
        }
        if (reports.size() > REPORTS) {
            var problem = new Problem("testing.gate.reports.many", List.of(REPORTS), 0, 0);
            unreadable.add(new Evidence.Fault("…", problem));
        }
        return evidence(sink, reports.size(), unreadable, sources);
    }

    private Optional<Problem> read(
            StoredReport report, ReportPaths paths, SourcePaths sources, EvidenceSink sink) {
        var entry = paths.entry(report.path());
        var level =
                entry.flatMap(ReportPaths.Entry::level)
                        .or(() -> Levels.ofReport(report.path(), report.name()));
        sink.begin(level);
        var format = "";
        Optional<Problem> problem = Optional.empty();
        try (var blob = blobs.open(report.digest()).orElseThrow(RunReading::gone)) {
            var left = Duration.between(Instant.now(), end);
            var time = left.compareTo(limits.time()) < 0 ? left : limits.time();
            var found = new ReportReader(limits.withTime(time)).read(blob, sink);
            format = found.word();
            entry.flatMap(ReportPaths.Entry::format)
                    .filter(wanted -> wanted != found)
                    .ifPresent(wanted -> {
                        throw new Unreadable(
                                "testing.report.format", wanted.title(), found.title());
                    });
            sink.keep(sources, report.path());
        } catch (Unreadable e) {
            sink.drop();
            problem = Optional.of(e.problem());
        } catch (IOException e) {
            sink.drop();
            problem = Optional.of(new Problem("testing.report.io", List.of("" + e), 0, 0));
        }
        var read = format;
        var fault = problem.map(Json::write).orElse("");
        store.update(tx -> EvidenceStore.read(tx.sql(), run.key(), report, read, fault));
        return problem;
    }

    private static Unreadable gone() {
        return new Unreadable("testing.report.gone");
    }

    private Evidence evidence(
            EvidenceSink sink, int reports, List<Evidence.Fault> unreadable, SourcePaths sources) {
        var totals = sink.totals();
        var baseline = store.read(sql -> EvidenceReads.baseline(sql, run));
        var coverage = coverage(sink, sources);
        var findings = findings(sink, baseline);
        var levels = new EnumMap<Level, Integer>(Level.class);
        totals.levels().forEach((level, total) -> levels.put(level, total.tests()));
        var evidence =
                new Evidence(
                        run.outcome(),
                        reports,
                        List.copyOf(unreadable),
                        new Evidence.Counts(
                                totals.tests(),
                                totals.count(Outcome.FAILED),
                                totals.count(Outcome.ERROR),
                                totals.count(Outcome.SKIPPED)),
                        levels,
                        bad(totals, baseline),
                        coverage,
                        findings);
        var details = Json.write(details(totals, findings));
        store.update(tx -> EvidenceStore.figures(tx.sql(), run.key(), totals, evidence, details));
        return evidence;
    }

    private static Details details(Totals totals, Evidence.Findings findings) {
        var levels = new HashMap<String, Totals.LevelTotal>();
        totals.levels().forEach((level, total) -> levels.put(level.word(), total));
        return new Details(
                levels, words(findings.all()), words(findings.fresh()), findings.compared());
    }

    private static Map<String, Integer> words(Map<Severity, Integer> counts) {
        var words = new HashMap<String, Integer>();
        counts.forEach((severity, count) -> words.put(severity.word(), count));
        return words;
    }

    private Evidence.Bad bad(Totals totals, Optional<String> baseline) {
        Set<String> before =
                baseline.isEmpty() || totals.bad().isEmpty()
                        ? Set.of()
                        : store.read(sql ->
                                EvidenceReads.failedTests(
                                        sql, run.key().project(), baseline.get()));
        var fresh = totals.bad().stream().filter(bad -> !before.contains(bad.test())).toList();
        return new Evidence.Bad(names(totals.bad()), fresh.size(), names(fresh));
    }

    private static List<String> names(List<Totals.Bad> bad) {
        return bad.stream()
                .limit(Totals.NAMES)
                .map(each -> Names.shorten(each.name(), 120))
                .toList();
    }

    private Evidence.Coverage coverage(EvidenceSink sink, SourcePaths sources) {
        var files = sink.files();
        if (files.isEmpty()) {
            return Evidence.Coverage.NONE;
        }
        var project = run.key().project();
        var before = store.read(sql -> EvidenceReads.replaced(sql, run));
        var base = changes.base(run, before);
        var changed = base.map(from -> changes.lines(project, from, run.commit())).orElse(Map.of());
        var covered = new ArrayList<CoveredFile>();
        long hit = 0;
        long total = 0;
        int changedHit = 0;
        int changedTotal = 0;
        for (var file : files) {
            var each =
                    new CoveredFile(
                            file.path(),
                            sources.contains(file.path()),
                            file.lines(),
                            file.covered(),
                            changed.getOrDefault(file.path(), Lines.NONE)
                                    .intersection(file.lines()));
            covered.add(each);
            hit += each.covered().count();
            total += each.lines().count();
            changedHit += each.changedCovered();
            changedTotal += each.changed().count();
        }
        for (int from = 0; from < covered.size(); from += 500) {
            var part = covered.subList(from, Math.min(from + 500, covered.size()));
            store.update(tx -> EvidenceStore.addCoverage(tx.sql(), run.key(), part));
        }
        return new Evidence.Coverage(true, hit, total, base, changedHit, changedTotal);
    }

    private Evidence.Findings findings(EvidenceSink sink, Optional<String> baseline) {
        Set<String> known =
                baseline.isEmpty() || sink.findings().isEmpty()
                        ? Set.of()
                        : store.read(sql ->
                                EvidenceReads.fingerprints(
                                        sql, run.key().project(), baseline.get()));
        var all = new EnumMap<Severity, Integer>(Severity.class);
        var fresh = new EnumMap<Severity, Integer>(Severity.class);
        var seen = new HashMap<String, Integer>();
        var found = new ArrayList<EvidenceStore.Found>();
        // one finding may come as JSON and as SARIF, or from each job of a matrix
        for (var finding : new LinkedHashSet<>(sink.findings())) {
            var place = Names.fingerprint(finding, 0);
            var print = Names.fingerprint(finding, seen.merge(place, 1, Integer::sum));
            boolean isNew = baseline.isPresent() && !known.contains(print);
            all.merge(finding.severity(), 1, Integer::sum);
            if (isNew) {
                fresh.merge(finding.severity(), 1, Integer::sum);
            }
            found.add(new EvidenceStore.Found(found.size(), print, finding, isNew));
        }
        for (int from = 0; from < found.size(); from += 500) {
            var part = found.subList(from, Math.min(from + 500, found.size()));
            store.update(tx -> EvidenceStore.addFindings(tx.sql(), run.key(), part));
        }
        return new Evidence.Findings(all, fresh, baseline.isPresent());
    }
}
