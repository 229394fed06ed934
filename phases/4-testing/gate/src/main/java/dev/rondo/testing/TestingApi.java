package dev.rondo.testing;

import dev.rondo.store.Store;
import dev.rondo.testing.view.DecisionView;
import dev.rondo.testing.view.EvidenceView;
import dev.rondo.testing.view.HistoryView;
import dev.rondo.testing.view.RunLine;
import dev.rondo.testing.view.TestLine;
import dev.rondo.web.May;
import dev.rondo.web.Paging;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Texts;
import dev.rondo.web.Visit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The same as JSON. Times are ISO-8601, durations seconds. */
final class TestingApi {
    private static final String ROOT = "/api/projects/{project}/testing";
    private static final int ROWS = 100;
    private static final int HISTORY = 200;

    private final Store store;
    private final GateBook gate;
    private final EvidenceWorker worker;
    private final Texts texts;

    TestingApi(Store store, GateBook gate, EvidenceWorker worker, Texts texts) {
        this.store = store;
        this.gate = gate;
        this.worker = worker;
        this.texts = texts;
    }

    void routes(Routes routes) {
        routes.get(ROOT + "/runs", May.READ, this::runs);
        routes.get(ROOT + "/runs/{run}", May.READ, this::run);
        routes.post(ROOT + "/runs/{run}/decisions", May.WRITE, this::decide);
        routes.get(ROOT + "/tests", May.READ, this::search);
        routes.get(ROOT + "/tests/{test}", May.READ, this::test);
        routes.get(ROOT + "/gate", May.READ, this::gate);
    }

    private void runs(Visit visit) {
        var paging = visit.paging(ROWS);
        Paging.Slice<RunLine> slice =
                store.read(sql -> PageReads.runs(sql, visit.project().name(), paging));
        var answer = new LinkedHashMap<String, Object>();
        answer.put("runs", slice.rows().stream().map(TestingApi::line).toList());
        slice.after().ifPresent(key -> answer.put("after", key));
        slice.before().ifPresent(key -> answer.put("before", key));
        visit.json(answer);
    }

    private void run(Visit visit) {
        var key = new RunKey(visit.project().name(), visit.param("run"));
        var say = Sentences.of(texts, visit.locale());
        EvidenceView view =
                store.read(sql ->
                                PageReads.line(sql, key)
                                        .map(line -> Views.evidence(sql, key, line, visit, say)))
                        .orElseThrow(visit::missing);
        var answer = new LinkedHashMap<>(line(view.run()));
        answer.put("errors", view.errors());
        answer.put("suites", view.suiteCount());
        answer.put("flaky", view.flaky());
        var levels = new LinkedHashMap<String, Object>();
        for (var layer : view.pyramid().layers()) {
            levels.put(
                    layer.level(),
                    Map.of("tests", layer.tests(), "seconds", layer.time().toMillis() / 1000.0));
        }
        answer.put("levels", levels);
        view.decision().ifPresent(decision -> answer.put("gate", decision(decision)));
        answer.put("failedTests", view.failures().stream().map(TestingApi::failure).toList());
        answer.put("coverage", coverage(view.coverage()));
        answer.put("findingsList", view.findings());
        answer.put("reports", view.reports());
        visit.json(answer);
    }

    private void decide(Visit visit) {
        var key = new RunKey(visit.project().name(), visit.param("run"));
        var known = store.read(sql -> EvidenceReads.run(sql, key)).orElseThrow(visit::missing);
        boolean asked =
                store.write(tx -> {
                    tx.afterCommit(worker::wake);
                    return EvidenceStore.ask(tx, key, visit.caller().account());
                });
        if (asked) {
            visit.json(202, Map.of("run", key.run(), "verdict", "waiting"));
        } else {
            visit.refuse(Refusal.conflict("testing.decide.busy", known.number()));
        }
    }

    private void search(Visit visit) {
        var words = visit.query("q").orElse("").strip();
        List<TestLine> tests =
                store.read(sql -> TestReads.search(sql, visit.project().name(), words, ROWS));
        visit.json(
                Map.of(
                        "tests",
                        tests.stream()
                                .map(test ->
                                        Map.of(
                                                "id", id(test),
                                                "class", test.holder(),
                                                "name", test.name(),
                                                "level", test.level()))
                                .toList()));
    }

    private static String id(TestLine test) {
        return test.path().substring(test.path().lastIndexOf('/') + 1);
    }

    private void test(Visit visit) {
        var project = visit.project().name();
        var id = visit.param("test");
        var named = store.read(sql -> TestReads.find(sql, project, id)).orElseThrow(visit::missing);
        List<HistoryView.Point> points =
                store.read(sql -> TestReads.history(sql, project, id, HISTORY));
        var answer = new LinkedHashMap<String, Object>();
        answer.put("id", id);
        answer.put("class", named.holder());
        answer.put("name", named.name());
        answer.put("level", named.level());
        answer.put("flaky", TestReads.flaky(points));
        answer.put(
                "results",
                points.stream()
                        .map(point ->
                                Map.of(
                                        "run", point.number(),
                                        "branch", point.branch(),
                                        "commit", point.shortCommit(),
                                        "outcome", point.outcome(),
                                        "attempts", point.attempts(),
                                        "seconds", point.time().toNanos() / 1e9,
                                        "at", point.at().toString(),
                                        "message", point.message()))
                        .toList());
        visit.json(answer);
    }

    private void gate(Visit visit) {
        var said =
                gate.of(
                        visit.project().name(),
                        visit.project().defaultBranch(),
                        Sentences.of(texts, visit.locale()));
        visit.json(
                Map.of(
                        "commit", said.commit(),
                        "rules", said.rules(),
                        "problem", said.problem()));
    }

    private static Map<String, Object> line(RunLine line) {
        var json = new LinkedHashMap<String, Object>();
        json.put("run", line.run());
        json.put("number", line.number());
        json.put("workflow", line.workflow());
        json.put("branch", line.branch());
        json.put("commit", line.commit());
        json.put("tests", line.tests());
        json.put("bad", line.bad());
        json.put("skipped", line.skipped());
        json.put("seconds", line.time().toMillis() / 1000.0);
        if (line.covered()) {
            json.put("coveragePercent", line.percent());
        }
        json.put("findings", line.findings());
        json.put("verdict", line.verdict());
        json.put("finishedAt", line.finishedAt().toString());
        return json;
    }

    private static Map<String, Object> decision(DecisionView decision) {
        return Map.of(
                "verdict", decision.verdict(),
                "number", decision.number(),
                "by", decision.actor(),
                "at", decision.at().toString(),
                "rules", decision.rules(),
                "reasons", decision.reasons());
    }

    private static Map<String, Object> failure(EvidenceView.Failure failure) {
        return Map.of(
                "id", id(failure.test()),
                "class", failure.test().holder(),
                "name", failure.test().name(),
                "level", failure.test().level(),
                "outcome", failure.test().outcome(),
                "seconds", failure.test().time().toNanos() / 1e9,
                "message", failure.message(),
                "stack", failure.stack());
    }

    private static Map<String, Object> coverage(EvidenceView.Coverage coverage) {
        return Map.of(
                "files", coverage.files(),
                "linesCovered", coverage.covered(),
                "linesTotal", coverage.total(),
                "changedCovered", coverage.changedCovered(),
                "changedTotal", coverage.changedTotal(),
                "base", coverage.base());
    }
}
