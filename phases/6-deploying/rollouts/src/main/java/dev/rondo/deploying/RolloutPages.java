package dev.rondo.deploying;

import dev.rondo.access.Outcome;
import dev.rondo.deploying.RolloutChecks.Wish;
import dev.rondo.deploying.pages.Templates;
import dev.rondo.deploying.view.DeployingView;
import dev.rondo.store.Store;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Parts;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The pages of this phase, and the buttons on them. */
final class RolloutPages {

    static final String MENU = "deploying.menu.environments";
    private static final String BASE = "/projects/{project}/deploying";
    private static final int RECENT = 20;
    private static final int MOST_LOG = 64 * 1024;

    private final Store store;
    private final Templates templates;
    private final RolloutReads reads;
    private final RolloutActions actions;
    private final RolloutChecks checks;
    private final InstanceWorld world;

    RolloutPages(
            Store store,
            Templates templates,
            RolloutReads reads,
            RolloutActions actions,
            RolloutChecks checks,
            InstanceWorld world) {
        this.store = store;
        this.templates = templates;
        this.reads = reads;
        this.actions = actions;
        this.checks = checks;
        this.world = world;
    }

    void register(Routes routes) {
        routes.get(BASE + "/environments", May.READ, this::environments);
        routes.get(BASE + "/rollouts", May.READ, this::rollouts);
        routes.get(BASE + "/rollouts/{rollout}", May.READ, this::rollout);
        routes.get(BASE + "/instances/{instance}/log", May.READ, this::log);
        routes.post(BASE + "/rollouts", May.WRITE, this::start);
        routes.post(BASE + "/rollbacks", May.WRITE, this::back);
        routes.post(
                BASE + "/rollouts/{rollout}/promotions",
                May.WRITE,
                visit -> act(visit, actions::promote));
        routes.post(
                BASE + "/rollouts/{rollout}/approvals",
                May.OWN,
                visit -> act(visit, actions::approve));
        routes.post(
                BASE + "/rollouts/{rollout}/aborts",
                May.WRITE,
                visit -> act(visit, r -> actions.abort(r, visit.caller().account())));
    }

    static String path(Rollout rollout) {
        return path(rollout.place().project(), rollout.id());
    }

    static String path(String project, String rollout) {
        return "/projects/" + project + "/deploying/rollouts/" + rollout;
    }

    private static String overview(Visit visit) {
        return "/projects/" + visit.project().name() + "/deploying/environments";
    }

    private void environments(Visit visit) {
        var view = store.read(sql -> overview(sql, visit));
        visit.page(
                Page.titled(visit.text("deploying.environments.title")).menu(MENU).wide(),
                Parts.live(visit, templates.environments(visit, view)));
    }

    private DeployingView overview(Handle sql, Visit visit) {
        var project = visit.project().name();
        var environments = reads.environments(sql, project, visit.locale());
        var recent =
                RolloutStore.before(sql, project, "", RECENT).stream()
                        .map(rollout -> reads.view(rollout, visit.locale()))
                        .toList();
        var releases = ReleaseStore.newest(sql, project, RECENT);
        var places =
                releases.stream()
                        .findFirst()
                        .flatMap(release -> checks.delivery(project, release.commit()))
                        .stream()
                        .flatMap(RolloutPages::places)
                        .toList();
        return new DeployingView(
                environments,
                recent,
                checks.problem(project).map(problem -> say(visit, problem)).orElse(""),
                releases.stream()
                        .filter(release -> release.recalled().isEmpty())
                        .map(Release::version)
                        .toList(),
                places);
    }

    private static Stream<String> places(String text) {
        try {
            var delivery = DeliveryFile.read(text);
            return delivery.environments().stream().map(e -> delivery.service() + "/" + e.name());
        } catch (DeliveryProblem.Found broken) {
            return Stream.empty();
        }
    }

    static String say(Visit visit, DeliveryProblem problem) {
        return visit.text(
                "deploying.delivery.problem",
                DeliveryProblem.FILE,
                problem.line(),
                problem.column(),
                visit.text(problem.expected()),
                problem.found());
    }

    private void rollouts(Visit visit) {
        var paging = visit.paging(50);
        var rows = store.read(sql -> RolloutStore.page(sql, visit.project().name(), paging));
        var slice = paging.slice(rows, Rollout::id);
        visit.page(
                Page.titled(visit.text("deploying.rollouts.title"))
                        .trail(visit.text(MENU), overview(visit))
                        .menu(MENU),
                templates.rollouts(
                        visit, slice.map(rollout -> reads.view(rollout, visit.locale()))));
    }

    private void rollout(Visit visit) {
        var rollout = find(visit);
        var view = reads.view(rollout, visit.locale());
        var instances =
                store.read(sql ->
                        reads.environments(sql, visit.project().name(), visit.locale()).stream()
                                .filter(e ->
                                        e.service().equals(view.service())
                                                && e.environment().equals(view.environment()))
                                .flatMap(e -> e.instances().stream())
                                .toList());
        visit.page(
                Page.titled(view.service() + " " + view.version() + " → " + view.environment())
                        .trail(visit.text(MENU), overview(visit))
                        .menu(MENU),
                Parts.live(
                        visit,
                        rollout.subject(),
                        templates.rollout(visit, view, instances, rollout.id())));
    }

    private Rollout find(Visit visit) {
        return store.read(sql -> RolloutStore.find(sql, visit.param("rollout")))
                .filter(rollout -> rollout.place().project().equals(visit.project().name()))
                .orElseThrow(visit::missing);
    }

    private void log(Visit visit) throws java.io.IOException {
        var row =
                store.read(sql -> InstanceStore.find(sql, visit.param("instance")))
                        .filter(found -> found.place().project().equals(visit.project().name()))
                        .orElseThrow(visit::missing);
        var text = "";
        var file = world.logs().file(row.id());
        if (Files.exists(file)) {
            try (var channel = Files.newByteChannel(file)) {
                channel.position(Math.max(0, channel.size() - MOST_LOG));
                var buffer = java.nio.ByteBuffer.allocate(MOST_LOG);
                while (channel.read(buffer) > 0) {
                    // Until the end or the limit.
                }
                text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
            }
        }
        visit.page(
                Page.titled(visit.text("deploying.log.title", row.id()))
                        .trail(visit.text(MENU), overview(visit))
                        .menu(MENU)
                        .wide(),
                templates.instanceLog(visit, row.version(), text));
    }

    private void start(Visit visit) {
        var place = visit.param("place");
        var slash = place.indexOf('/');
        var wish =
                new Wish(
                        slash < 0
                                ? new Place(
                                        visit.project().name(),
                                        visit.param("service"),
                                        visit.param("environment"))
                                : new Place(
                                        visit.project().name(),
                                        place.substring(0, slash),
                                        place.substring(slash + 1)),
                        visit.param("version").strip(),
                        visit.caller().account(),
                        visit.may(May.OWN),
                        false,
                        false);
        answer(visit, actions.start(wish), "deploying.notice.started");
    }

    private void back(Visit visit) {
        var place =
                new Place(
                        visit.project().name(), visit.param("service"), visit.param("environment"));
        answer(
                visit,
                actions.back(place, visit.caller().account(), visit.may(May.OWN)),
                "deploying.notice.started");
    }

    private void act(Visit visit, Function<Rollout, Outcome<Rollout>> action) {
        answer(visit, action.apply(find(visit)), "deploying.notice.done");
    }

    private static void answer(Visit visit, Outcome<Rollout> outcome, String notice) {
        switch (outcome) {
            case Outcome.Done<Rollout>(var rollout) -> {
                visit.notice(
                        notice,
                        rollout.place().service(),
                        rollout.version(),
                        rollout.place().environment());
                visit.redirect(path(rollout));
            }
            case Outcome.Refused<Rollout> refused -> visit.refuse(Refusal.of(refused));
        }
    }
}
