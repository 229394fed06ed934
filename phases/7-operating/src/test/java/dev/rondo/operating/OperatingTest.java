package dev.rondo.operating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import dev.rondo.journal.Wording;
import dev.rondo.operating.Incident.Place;
import dev.rondo.store.Database;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From events to incidents, on both databases. */
final class OperatingTest {

    private static final Place SHOP = new Place("shop", "production");

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void aRollbackOpensAnIncidentThatIsMitigatedAtOnce(Database database) {
        try (var ground = new Ground(database)) {
            var back = ground.rolledBack("1.1.0", 0.2);
            var incident = ground.incident(1, i -> i.state() == IncidentState.MITIGATED);
            assertThat(incident.severity()).isEqualTo(Severity.MAJOR);
            assertThat(incident.suspect().rollout()).isEqualTo("rollout-1.1.0");
            assertThat(evidence(ground, incident, Locale.ENGLISH))
                    .singleElement()
                    .asString()
                    .contains("40 of 200 requests failed (20.0 %)")
                    .contains("GET /api/cart");
            assertThat(evidence(ground, incident, Locale.GERMAN))
                    .singleElement()
                    .asString()
                    .contains("40 von 200 Anfragen schlugen fehl (20,0 %)");
            var detected = ground.events(1).getFirst();
            assertThat(detected.kind()).isEqualTo("incident.detected");
            assertThat(detected.causes()).containsExactly(back.seq());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void whatOtherPhasesSayIsSaidInTheReadersLanguageWhereTheySaidItSo(Database database) {
        try (var ground = new Ground(database)) {
            // Any text will do that this phase knows; of monitoring's it knows none.
            var said = Wording.of("operating.evidence.alert", "errors", "7", "5");
            var fired =
                    new Fact.AlertFired(
                            "errors", "shop", "production", "", "in English", 0.2, 0.05);
            ground.say(Subject.of("alert", "errors@shop/production"), fired, Optional.of(said));
            ground.heard();
            var incident = ground.incident(1);
            assertThat(incident.title()).isEqualTo("shop in production: in English");
            assertThat(title(ground, incident, Locale.ENGLISH))
                    .isEqualTo("shop in production: The alert errors fired at 7; allowed is 5.");
            assertThat(title(ground, incident, Locale.GERMAN))
                    .startsWith("shop in production: Der Alarm errors");
            // What a rule's author wrote, and what is older, stands as it is.
            var plain = new Fact.AlertFired("mine", "cart", "production", "", "Cart is slow", 2, 1);
            ground.say(Subject.of("alert", "mine@cart/production"), plain);
            ground.heard();
            assertThat(title(ground, ground.incident(2), Locale.GERMAN))
                    .isEqualTo("cart in production: Cart is slow");
        }
    }

    private static String title(Ground ground, Incident incident, Locale language) {
        return Message.title(ground.spine.texts(), incident, language);
    }

    private static List<String> evidence(Ground ground, Incident incident, Locale language) {
        return ground.store.read(
                sql -> new Evidence(ground.spine.texts(), language).of(sql, incident));
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void alertsAndALaterRollbackJoinTheOpenIncident(Database database) {
        try (var ground = new Ground(database)) {
            ground.alert("errors", "1.1.0", 0.1);
            ground.alert("latency", "1.1.0", 0.9);
            ground.rolledBack("1.1.0", 0.2);
            ground.heard();
            var incident = ground.incident(1, i -> i.state() == IncidentState.MITIGATED);
            assertThat(incident.cause()).isEqualTo("rule:errors");
            assertThat(incident.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(incident.suspect().rollout()).isEqualTo("rollout-1.1.0");
            assertThat(evidence(ground, incident, Locale.ENGLISH)).hasSize(3);
            assertThat(evidence(ground, incident, Locale.GERMAN).getFirst())
                    .contains("Alarm errors")
                    .contains("0,1");
            assertThat(ground.get("ada", "/projects/shop/operating/incidents/1"))
                    .contains("One more sign of the same trouble");
            assertThat(
                            ground.store.<Long, RuntimeException>read(
                                    sql -> IncidentStore.countOpen(sql, "shop")))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void aNewerVersionResolvesAndSaysHowAndAnOlderOneDoesNot(Database database) {
        try (var ground = new Ground(database)) {
            ground.rolledBack("1.1.0", 0.2);
            ground.deployed("1.0.0");
            ground.heard();
            assertThat(ground.incident(1).resolved()).isFalse();
            var fixed = ground.deployed("1.1.1");
            var incident = ground.incident(1, Incident::resolved);
            assertThat(incident.resolution().version()).isEqualTo("1.1.1");
            assertThat(incident.resolution().text()).contains("1.1.1").contains("#7");
            var resolved =
                    ground.events(1).stream()
                            .filter(event -> event.kind().equals("incident.resolved"))
                            .toList();
            assertThat(resolved).hasSize(1);
            assertThat(resolved.getFirst().causes()).contains(fixed.seq());
            assertThat(((Fact.IncidentResolved) resolved.getFirst().fact()).detectedAt())
                    .isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void afterTheResolutionTheSameCauseOpensANewIncident(Database database) {
        try (var ground = new Ground(database)) {
            ground.rolledBack("1.1.0", 0.2);
            ground.deployed("1.1.1");
            ground.rolledBack("1.1.0", 0.2);
            ground.heard();
            assertThat(ground.incident(2).resolved()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void aQuietAlertMitigatesOnceNoneOfThemFires(Database database) {
        try (var ground = new Ground(database)) {
            ground.alert("errors", "1.1.0", 0.1);
            ground.alert("latency", "1.1.0", 0.1);
            quiet(ground, "errors");
            ground.heard();
            assertThat(ground.incident(1).state()).isEqualTo(IncidentState.OPEN);
            quiet(ground, "latency");
            ground.heard();
            assertThat(ground.incident(1).state()).isEqualTo(IncidentState.MITIGATED);
        }
    }

    private static void quiet(Ground ground, String rule) {
        ground.say(
                Subject.of("alert", rule + "@shop/production"),
                new Fact.AlertResolved(rule, "shop", "production", 0.01));
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void aServiceComesIntoBeingWithItsFirstRollout(Database database) {
        try (var ground = new Ground(database)) {
            ground.say(
                    Subject.of("rollout", "r1"),
                    new Fact.RolloutStarted(
                            "r1", "shop", "production", "1.0.0", "", "canary", "sha256:1", "c1"));
            ground.heard();
            var fresh = ground.store.read(sql -> ServiceStore.find(sql, "shop", SHOP));
            assertThat(fresh.orElseThrow().version()).isEmpty();
            ground.deployed("1.0.0");
            ground.heard();
            var live = ground.store.read(sql -> ServiceStore.find(sql, "shop", SHOP)).orElseThrow();
            assertThat(live.version()).isEqualTo("1.0.0");
            var called = ground.store.read(sql -> Roster.onCall(sql, live));
            assertThat(called).contains("ada");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void theTimelineTellsTheWholeWayFromPushToFollowUp(Database database) {
        try (var ground = new Ground(database)) {
            var story = ticket(ground, 2, "story");
            var push =
                    ground.say(
                            Subject.of("change", "c0ffee"),
                            new Fact.ChangePushed(
                                    "shop",
                                    "refs/heads/main",
                                    "0",
                                    "c0ffee",
                                    true,
                                    false,
                                    List.of(
                                            new Fact.Commit(
                                                    "c0ffee",
                                                    "feat: vouchers",
                                                    "Ada",
                                                    "ada@example.org",
                                                    1,
                                                    List.of(),
                                                    List.of(2L)))),
                            story);
            var release =
                    ground.say(
                            Subject.of("release", "1.1.0"),
                            new Fact.ReleasePublished(
                                    "1.1.0",
                                    "c0ffee",
                                    "v1.1.0",
                                    List.of(),
                                    List.of(2L),
                                    "1.0.0",
                                    List.of("production")),
                            push);
            var back = ground.rolledBack("1.1.0", 0.2, release);
            ground.incident(1, i -> i.state() == IncidentState.MITIGATED);
            var bug = ticket(ground, 9, "bug", ground.events(1).getFirst());
            var fix = ground.deployed("1.1.1", bug);
            var incident = ground.incident(1, Incident::resolved);
            var later = ticket(ground, 10, "story", fix);
            ground.heard();
            var timeline = ground.store.read(sql -> IncidentTimeline.of(sql, incident));
            assertThat(timeline.stream().map(Event::seq))
                    .contains(
                            story.seq(),
                            push.seq(),
                            release.seq(),
                            back.seq(),
                            bug.seq(),
                            fix.seq())
                    .doesNotContain(later.seq())
                    .isSorted();
            assertThat(timeline.stream().map(Event::kind))
                    .contains("incident.detected", "incident.updated", "incident.resolved");
            assertThat(tickets(ground, "suspect")).containsExactly(2L);
            assertThat(tickets(ground, "follow-up")).containsExactly(9L);
        }
    }

    private static List<Long> tickets(Ground ground, String relation) {
        return ground.store.read(sql -> IncidentStore.tickets(sql, "shop", 1, relation));
    }

    private static Event ticket(Ground ground, long number, String type, Event... causes) {
        return ground.say(
                Subject.of("ticket", number),
                new Fact.TicketCreated(number, type, "a " + type, "backlog", List.of()),
                causes);
    }
}
