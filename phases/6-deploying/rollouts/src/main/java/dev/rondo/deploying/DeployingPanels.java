package dev.rondo.deploying;

import dev.rondo.deploying.pages.Templates;
import dev.rondo.deploying.view.ReleaseView;
import dev.rondo.journal.Subject;
import dev.rondo.store.Store;
import dev.rondo.web.May;
import dev.rondo.web.Panel;
import dev.rondo.web.Parts;
import dev.rondo.web.Visit;
import gg.jte.Content;
import java.util.List;
import java.util.function.Predicate;

/** What this phase shows on the pages of others. */
final class DeployingPanels {

    private static final int MOST = 10;

    private final Store store;
    private final Templates templates;
    private final RolloutReads reads;
    private final RolloutChecks checks;

    DeployingPanels(Store store, Templates templates, RolloutReads reads, RolloutChecks checks) {
        this.store = store;
        this.templates = templates;
        this.reads = reads;
        this.checks = checks;
    }

    List<Panel> panels() {
        return List.of(
                Panel.on("release", 60, "deploying.panel.release", May.READ, this::release),
                Panel.on("service", 60, "deploying.panel.service", May.READ, this::service),
                Panel.on("change", 60, "deploying.panel.change", May.READ, this::change),
                Panel.on("ticket", 60, "deploying.panel.change", May.READ, this::ticket));
    }

    private Content release(Visit visit, Subject subject) {
        var project = visit.project().name();
        var found = store.read(sql -> ReleaseStore.find(sql, project, subject.id()));
        if (found.isEmpty()) {
            return Parts.NOTHING;
        }
        var rollouts =
                store.read(sql -> RolloutStore.ofVersion(sql, project, subject.id(), MOST)).stream()
                        .map(rollout -> reads.view(rollout, visit.locale()))
                        .toList();
        var text = checks.delivery(project, found.get().commit());
        if (text.isEmpty()) {
            return templates.releasePanel(
                    visit,
                    new ReleaseView(
                            subject.id(),
                            "",
                            rollouts,
                            List.of(),
                            visit.text("deploying.refused.nodelivery", subject.id())));
        }
        var problem = RolloutChecks.problemIn(text.get());
        if (problem.isPresent()) {
            return templates.releasePanel(
                    visit,
                    new ReleaseView(
                            subject.id(),
                            "",
                            rollouts,
                            List.of(),
                            RolloutPages.say(visit, problem.get())));
        }
        var delivery = DeliveryFile.read(text.get());
        var environments =
                found.get().recalled().isEmpty()
                        ? delivery.environments().stream().map(Delivery.Environment::name).toList()
                        : List.<String>of();
        return templates.releasePanel(
                visit,
                new ReleaseView(subject.id(), delivery.service(), rollouts, environments, ""));
    }

    private Content service(Visit visit, Subject subject) {
        return store
                .read(sql -> reads.environments(sql, visit.project().name(), visit.locale()))
                .stream()
                .filter(e -> (e.service() + "/" + e.environment()).equals(subject.id()))
                .findFirst()
                .<Content>map(environment -> templates.servicePanel(visit, environment))
                .orElse(Parts.NOTHING);
    }

    private Content change(Visit visit, Subject subject) {
        return living(visit, rollout -> rollout.source().commit().equals(subject.id()));
    }

    private Content ticket(Visit visit, Subject subject) {
        return living(
                visit,
                rollout ->
                        rollout.source().tickets().stream()
                                .anyMatch(number -> subject.id().equals(number.toString())));
    }

    /** The latest rollouts that brought it somewhere. */
    private Content living(Visit visit, Predicate<Rollout> which) {
        var rollouts =
                store
                        .read(sql -> RolloutStore.before(sql, visit.project().name(), "", 100))
                        .stream()
                        .filter(which)
                        .limit(5)
                        .map(rollout -> reads.view(rollout, visit.locale()))
                        .toList();
        return rollouts.isEmpty() ? Parts.NOTHING : templates.rolloutsPanel(visit, rollouts);
    }
}
