package dev.rondo.loop;

import dev.rondo.loop.view.DoraView;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The DORA page: four figures, each with the events that it was counted from. */
final class DoraPages {

    private static final int DEFAULT_DAYS = 30;
    private static final int MOST_DAYS = 365;

    private final DoraReads reads;

    DoraPages(DoraReads reads) {
        this.reads = reads;
    }

    void routes(Routes routes) {
        routes.get("/projects/{project}/dora", May.READ, this::page);
        routes.get("/api/projects/{project}/dora", May.READ, this::json);
    }

    private Dora figures(Visit visit) {
        int days =
                visit.query("days")
                        .filter(text -> text.matches("\\d{1,3}"))
                        .map(Integer::parseInt)
                        .map(asked -> Math.clamp(asked, 1, MOST_DAYS))
                        .orElse(DEFAULT_DAYS);
        return reads.of(visit.project().name(), environment(visit), days);
    }

    private static String environment(Visit visit) {
        return visit.query("environment").filter(name -> !name.isBlank()).orElse("production");
    }

    private void page(Visit visit) {
        var dora = figures(visit);
        visit.page(
                Page.titled(visit.text("loop.dora.title"))
                        .style(HomePages.STYLE)
                        .menu("loop.menu.dora"),
                HomePages.TEMPLATES.dora(visit, view(visit, dora)));
    }

    private void json(Visit visit) {
        var dora = figures(visit);
        visit.json(
                Map.of(
                        "days", dora.days(),
                        "deployments", dora.deployments().size(),
                        "failed", dora.failed(),
                        "deploymentsPerDay", dora.perDay(),
                        "changeFailureRate", dora.failureRate().orElse(0.0),
                        "leadTimeSeconds", seconds(dora.leadTime()),
                        "timeToRestoreSeconds", seconds(dora.timeToRestore())));
    }

    private static double seconds(Optional<Duration> duration) {
        return duration.map(length -> length.toMillis() / 1000.0).orElse(0.0);
    }

    private static DoraView view(Visit visit, Dora dora) {
        var deployments =
                dora.deployments().reversed().stream()
                        .map(one ->
                                new DoraView.Evidence(
                                        one.version(),
                                        visit.link(one.rollout().subject()).orElse(""),
                                        one.failure()
                                                .map(why -> HomePages.entry(visit, why))
                                                .map(why -> why.kind() + ": " + why.about())
                                                .orElse(""),
                                        one.failure().isPresent() ? "bad" : "good",
                                        one.end().seq(),
                                        one.end().at(),
                                        Duration.between(one.rollout().at(), one.end().at())))
                        .toList();
        return new DoraView(
                dora.days(),
                environment(visit),
                String.format(visit.locale(), "%.2f", dora.perDay()),
                dora.deployments().size(),
                dora.failed(),
                dora.failureRate()
                        .map(rate -> String.format(visit.locale(), "%.0f %%", rate * 100))
                        .orElse("–"),
                dora.leadTime(),
                dora.timeToRestore(),
                deployments,
                changes(visit, dora),
                restorations(visit, dora));
    }

    private static List<DoraView.Evidence> changes(Visit visit, Dora dora) {
        return dora.changes().reversed().stream()
                .limit(200)
                .map(change ->
                        new DoraView.Evidence(
                                change.subject(),
                                visit.link(dev.rondo.journal.Subject.of("change", change.commit()))
                                        .orElse(""),
                                change.commit().substring(0, 8).toLowerCase(Locale.ROOT),
                                "",
                                change.live().seq(),
                                change.live().at(),
                                change.lead()))
                .toList();
    }

    private static List<DoraView.Evidence> restorations(Visit visit, Dora dora) {
        return dora.restored().reversed().stream()
                .map(one ->
                        new DoraView.Evidence(
                                "!" + one.number(),
                                visit.link(one.resolved().subject()).orElse(""),
                                "",
                                "",
                                one.resolved().seq(),
                                one.resolved().at(),
                                one.time()))
                .toList();
    }
}
