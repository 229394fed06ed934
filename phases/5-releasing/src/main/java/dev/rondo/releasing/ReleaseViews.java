package dev.rondo.releasing;

import dev.rondo.access.Role;
import dev.rondo.journal.JournalReads;
import dev.rondo.journal.Kind;
import dev.rondo.journal.Subject;
import dev.rondo.phase.Spine;
import dev.rondo.releasing.PublicationCheck.Closed;
import dev.rondo.releasing.view.EnvironmentView;
import dev.rondo.releasing.view.ReleaseLine;
import dev.rondo.releasing.view.ReleaseView;
import dev.rondo.releasing.view.ReleaseView.ArtifactLine;
import dev.rondo.releasing.view.ReleaseView.PlaceLine;
import dev.rondo.store.Micros;
import dev.rondo.web.Field;
import dev.rondo.web.Markdown;
import dev.rondo.web.May;
import dev.rondo.web.Parts;
import dev.rondo.web.Visit;
import gg.jte.Content;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Turns releases into what the templates show. */
final class ReleaseViews {

    private final Spine spine;
    private final ReleaseActions actions;

    ReleaseViews(Spine spine, ReleaseActions actions) {
        this.spine = spine;
        this.actions = actions;
    }

    static String base(String project) {
        return "/projects/" + project + "/releasing";
    }

    static String path(String project, String version) {
        return base(project) + "/releases/" + version;
    }

    static ReleaseLine line(Release release, List<GateStore.Place> places) {
        var life = release.life();
        var at =
                switch (release.state()) {
                    case DRAFT, PUBLISHING -> life.draftedAt();
                    case PUBLISHED -> life.publishedAt();
                    case RECALLED, SUPERSEDED -> life.endedAt();
                };
        return new ReleaseLine(
                release.version(),
                path(release.project(), release.version()),
                release.state().word(),
                Micros.toInstant(at),
                life.publishedBy(),
                release.content().changes().size(),
                release.content().tickets().size(),
                release.state() == ReleaseState.SUPERSEDED
                        ? List.of()
                        : places.stream()
                                .filter(place -> place.version().equals(release.version()))
                                .map(place -> place.service() + " · " + place.environment())
                                .toList());
    }

    /** What one transaction reads for a release's page. */
    private record Read(
            PublicationCheck check,
            List<GateStore.Place> places,
            List<String> good,
            List<Optional<Why>> refusals) {}

    ReleaseView view(Visit visit, Release release) {
        var read = spine.store().read(sql -> read(sql, visit, release));
        return new ReleaseView(
                release.version(),
                release.state().word(),
                path(release.project(), release.version()),
                say(visit, release.content().why()),
                ending(visit, release),
                notes(visit, release),
                facts(visit, release, read.places()),
                environments(visit, release, read),
                plan(visit, release, read.good()),
                publication(visit, release, read.check()));
    }

    private Read read(Handle sql, Visit visit, Release release) {
        var refusals = new ArrayList<Optional<Why>>();
        for (var rule : release.content().rules()) {
            refusals.add(actions.mayApprove(sql, visit.caller(), release, rule.name()));
        }
        return new Read(
                Publications.check(sql, release, Micros.now()),
                GateStore.places(sql, release.project()),
                ReleaseStore.goodVersions(sql, release.project()),
                refusals);
    }

    private static String say(Visit visit, Why why) {
        return visit.text(why.key(), why.args().toArray());
    }

    private String ending(Visit visit, Release release) {
        return switch (release.state()) {
            case RECALLED -> visit.text("releasing.ending.recalled", recalled(visit, release));
            case SUPERSEDED ->
                    visit.text("releasing.ending.superseded", release.life().endedReason());
            default -> "";
        };
    }

    /** In the reader's language where Rondo recalled it; people's words as they stand. */
    private String recalled(Visit visit, Release release) {
        var reason = release.life().endedReason();
        return spine.store()
                .read(sql ->
                        JournalReads.last(
                                sql, release.project(), release.subject(), Kind.RELEASE_RECALLED))
                .map(event -> visit.said(event, reason))
                .orElse(reason);
    }

    /** Links of the notes go to where the phases keep their pages. */
    Content notes(Visit visit, Release release) {
        var markdown =
                new Notes(spine.texts(), visit.locale(), addresses(visit))
                        .write(release.content().changes());
        return Markdown.content(markdown, Markdown.Mentions.NONE);
    }

    private static Notes.Addresses addresses(Visit visit) {
        return new Notes.Addresses() {
            @Override
            public String ticket(long number) {
                return visit.link(Subject.of("ticket", number)).orElse("");
            }

            @Override
            public String commit(String id) {
                return visit.link(Subject.of("change", id)).orElse("");
            }
        };
    }

    private static ReleaseView.Facts facts(
            Visit visit, Release release, List<GateStore.Place> places) {
        var life = release.life();
        return new ReleaseView.Facts(
                Parts.link(
                        visit,
                        Subject.of("change", release.commit()),
                        release.commit().substring(0, 10)),
                Parts.link(
                        visit,
                        Subject.of("pipelinerun", release.run()),
                        visit.text("releasing.facts.run.show")),
                release.content().tickets().stream()
                        .map(number ->
                                Parts.link(visit, Subject.of("ticket", number), "#" + number))
                        .toList(),
                release.content().artifacts().stream()
                        .map(a -> new ArtifactLine(a.name(), a.digest(), a.size()))
                        .toList(),
                places.stream()
                        .filter(place -> place.version().equals(release.version()))
                        .map(place -> place(visit, place))
                        .toList(),
                Micros.toInstant(life.draftedAt()),
                life.publishedAt() == 0
                        ? Optional.<Instant>empty()
                        : Optional.of(Micros.toInstant(life.publishedAt())),
                life.publishedBy(),
                life.overrideReason());
    }

    private static PlaceLine place(Visit visit, GateStore.Place place) {
        var subject = Subject.of("service", place.service() + "/" + place.environment());
        return new PlaceLine(
                Parts.link(visit, subject, place.service() + " · " + place.environment()),
                Micros.toInstant(place.since()));
    }

    private static List<EnvironmentView> environments(Visit visit, Release release, Read read) {
        var views = new ArrayList<EnvironmentView>();
        var rules = release.content().rules();
        for (int i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            var given =
                    read.check().approvals().stream()
                            .filter(yes -> yes.environment().equals(rule.name()))
                            .map(yes ->
                                    new EnvironmentView.Yes(
                                            yes.account(),
                                            yes.remark(),
                                            Micros.toInstant(yes.at())))
                            .toList();
            views.add(
                    new EnvironmentView(
                            rule.name(),
                            rule.approvals(),
                            rule.approvers().stream()
                                    .map(role -> visit.text("releasing.role." + role.word()))
                                    .collect(Collectors.joining(", ")),
                            rule.fourEyes(),
                            given,
                            read.refusals().get(i).map(why -> say(visit, why)).orElse(""),
                            read.check().freeze(rule.name()).map(Freeze::title).orElse(""),
                            release.state() == ReleaseState.PUBLISHED
                                    && release.environments().contains(rule.name())));
        }
        return views;
    }

    private static ReleaseView.Plan plan(Visit visit, Release release, List<String> good) {
        var to = release.wayBack().to();
        var choices = new ArrayList<Field.Choice>();
        if (good.isEmpty()) {
            choices.add(new Field.Choice("", visit.text("releasing.plan.none")));
        }
        good.forEach(version -> choices.add(new Field.Choice(version, version)));
        return new ReleaseView.Plan(
                to,
                to.isEmpty() ? "" : path(release.project(), to),
                steps(visit, release.wayBack()),
                release.state() == ReleaseState.DRAFT && visit.may(May.WRITE),
                choices);
    }

    private static String steps(Visit visit, Release.WayBack wayBack) {
        if (!wayBack.steps().isEmpty()) {
            return wayBack.steps();
        }
        return wayBack.to().isEmpty()
                ? visit.text("releasing.plan.usual.first")
                : visit.text("releasing.plan.usual", wayBack.to());
    }

    private static ReleaseView.Publication publication(
            Visit visit, Release release, PublicationCheck check) {
        var verdict = check.decide(visit.role(), "");
        boolean draft = release.state() == ReleaseState.DRAFT;
        boolean frozen = verdict instanceof Closed closed && closed.frozen();
        return new ReleaseView.Publication(
                draft && visit.may(May.WRITE),
                draft && verdict instanceof Closed closed ? say(visit, closed.why()) : "",
                frozen && visit.role().covers(Role.OWNER),
                release.state() == ReleaseState.PUBLISHED && visit.may(May.OWN));
    }
}
