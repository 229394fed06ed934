package dev.rondo.releasing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.access.Outcome;
import dev.rondo.access.Role;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Kind;
import dev.rondo.journal.Subject;
import dev.rondo.journal.Wording;
import dev.rondo.kits.Databases;
import dev.rondo.store.Database;
import dev.rondo.store.Micros;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReleasingTest {

    @TempDir Path temp;

    private static final String TWO_ENVIRONMENTS =
            """
            service: shop
            artifact: shop
            environments:
              staging: {}
              production:
                approvals: 2
                approvers: [owner, writer]
            """;
    private static final String API = "/api/projects/shop/releases";

    private static void approveAndPublish(Rig rig, String version) {
        var approved =
                rig.call(
                        "olga",
                        API + "/" + version + "/approvals",
                        Map.of("environment", "production", "comment", "looks good"));
        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(201);
        var published = rig.call("olga", API + "/" + version + "/publication", Map.of());
        assertThat(published.statusCode()).as(published.body()).isEqualTo(201);
        assertThat(Rig.json(published).get("state").asString()).isEqualTo("published");
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void theStoryOfThreeReleases(Database database) {
        try (var rig = new Rig(database, temp)) {
            var first = rig.pass("feat: sell tea\n\nFixes #2");
            var draft = rig.awaitDraft("1.0.0");
            assertThat(draft.commit()).isEqualTo(first);
            assertThat(draft.content().tickets()).containsExactly(2L);
            assertThat(draft.content().artifacts())
                    .extracting(Fact.Artifact::name)
                    .containsExactly("shop");
            assertThat(rig.events(Kind.RELEASE_DRAFTED).getFirst().causes()).hasSize(2);

            approveAndPublish(rig, "1.0.0");
            var published = rig.events(Kind.RELEASE_PUBLISHED).getFirst();
            var fact = (Fact.ReleasePublished) published.fact();
            assertThat(fact.environments()).containsExactly("production");
            assertThat(fact.rollbackTo()).isEmpty();
            assertThat(published.causes())
                    .containsExactly(
                            rig.events(Kind.RELEASE_DRAFTED).getFirst().seq(),
                            rig.events(Kind.RELEASE_APPROVED).getFirst().seq());
            var git = rig.repositories.find("shop").orElseThrow();
            assertThat(git.resolve("v1.0.0")).contains(first);
            assertThat(git.tags().getFirst().message()).contains("sell tea");

            rig.pass("feat: recommend\n\nFixes #3");
            assertThat(rig.awaitDraft("1.1.0").wayBack().to()).isEqualTo("1.0.0");
            approveAndPublish(rig, "1.1.0");
            var back = rolledBack(rig, "1.1.0", "1.0.0");
            var bad = rig.awaitState("1.1.0", ReleaseState.RECALLED);
            assertThat(bad.life().endedReason()).isEqualTo("too many errors");
            assertThat(rig.events(Kind.RELEASE_RECALLED).getFirst().causes())
                    .containsExactly(back.seq());
            assertThat(rig.get("olga", "/projects/shop/releasing/releases/1.1.0", "de").body())
                    .contains("nimmt es mehr: Das ist länger als 20 Zeichen")
                    .doesNotContain("too many errors");

            rig.pass("fix: let only windows that exist have their turn\n\nFixes #9");
            var fix = rig.awaitDraft("1.1.1");
            assertThat(fix.wayBack().to()).isEqualTo("1.0.0");
            assertThat(fix.content().tickets()).containsExactly(3L, 9L);
            assertThat(fix.content().changes()).hasSize(2);
        }
    }

    private static Event rolledBack(Rig rig, String version, String to) {
        var sample = new Fact.TrafficSample(version, 100, 20, 0, 0, 0);
        return rig.append(
                Subject.of("service", "shop/production"),
                new Fact.ServiceRolledBack(
                        "shop",
                        "production",
                        version,
                        to,
                        "c",
                        "r",
                        "too many errors",
                        "/x",
                        0.2,
                        sample,
                        sample),
                // Any text will do that this phase knows; of deploying's it knows none.
                Wording.of("releasing.remark.long", "20"));
    }

    @Test
    void theLastApprovalAfterPublicationOpensTheEnvironment() {
        try (var rig = new Rig(Databases.sqlite(), temp)) {
            rig.member("will", Role.WRITER);
            rig.pass("feat: a", TWO_ENVIRONMENTS);
            rig.awaitDraft("1.0.0");
            assertThat(rig.call("olga", API + "/1.0.0/publication", Map.of()).statusCode())
                    .isEqualTo(201);
            var published = rig.events(Kind.RELEASE_PUBLISHED).getFirst();
            assertThat(((Fact.ReleasePublished) published.fact()).environments())
                    .containsExactly("staging");

            var wish = Map.of("environment", "production");
            rig.call("olga", API + "/1.0.0/approvals", wish);
            assertThat(rig.events(Kind.RELEASE_OPENED)).isEmpty();
            rig.call("will", API + "/1.0.0/approvals", wish);

            var opened = rig.events(Kind.RELEASE_OPENED);
            assertThat(opened)
                    .extracting(Event::fact)
                    .containsExactly(new Fact.ReleaseOpened("1.0.0", "production"));
            assertThat(opened.getFirst().causes())
                    .contains(published.seq(), rig.events(Kind.RELEASE_APPROVED).getLast().seq());
            var json = Rig.json(rig.get("olga", API + "/1.0.0", "en")).path("environments");
            assertThat(json).allMatch(one -> one.path("open").asBoolean());
        }
    }

    @Test
    void aLateApprovalOpensNothingInAFreezeOrBehindANewerRelease() {
        try (var rig = new Rig(Databases.sqlite(), temp)) {
            rig.member("will", Role.WRITER);
            var wish = Map.of("environment", "production");
            rig.pass("feat: a", TWO_ENVIRONMENTS);
            rig.awaitDraft("1.0.0");
            rig.call("olga", API + "/1.0.0/publication", Map.of());
            var now = Micros.now();
            new ReleaseActions(rig.spine)
                    .freeze(
                            Rig.caller("olga"),
                            "shop",
                            new Freeze("", "x", "production", now - 1, now + 3_600_000_000L, "o"));
            rig.call("olga", API + "/1.0.0/approvals", wish);
            assertThat(rig.call("will", API + "/1.0.0/approvals", wish).statusCode())
                    .isEqualTo(201);

            rig.pass("feat: b", TWO_ENVIRONMENTS);
            rig.awaitDraft("1.1.0");
            rig.call("olga", API + "/1.1.0/publication", Map.of());
            rig.pass("feat: c", TWO_ENVIRONMENTS);
            rig.awaitDraft("1.2.0");
            rig.call("olga", API + "/1.2.0/publication", Map.of());
            rig.store.update(tx ->
                    FreezeStore.delete(
                            tx.sql(),
                            "shop",
                            FreezeStore.at(tx.sql(), "shop", now).getFirst().id()));
            rig.call("olga", API + "/1.1.0/approvals", wish);
            rig.call("will", API + "/1.1.0/approvals", wish);
            assertThat(rig.events(Kind.RELEASE_OPENED)).isEmpty();
        }
    }

    @Test
    void whatIsNoFeatureAndNoFixMakesNoDraftAndSaysSo() {
        try (var rig = new Rig(Databases.sqlite(), temp)) {
            var commit = rig.pass("docs: say hello");
            assertThat(rig.awaitWhyNone(commit).key()).isEqualTo("releasing.why.nothing.first");
            assertThat(rig.get("olga", "/projects/shop/releasing/releases", "en").body())
                    .contains("Nothing to release");
            assertThat(rig.events(Kind.RELEASE_DRAFTED)).isEmpty();
        }
    }

    @Test
    void aGateThatFailsOrIsOfAnotherBranchMakesNoDraft() {
        try (var rig = new Rig(Databases.sqlite(), temp)) {
            var commit = rig.commit("feat: a");
            rig.append(
                    Subject.of("gate", "x"),
                    new Fact.GateDecided("x", commit, "refs/heads/b", false, "passed", List.of()));
            rig.append(
                    Subject.of("gate", "y"),
                    new Fact.GateDecided(
                            "y", commit, "refs/heads/main", true, "failed", List.of("no")));
            rig.passed(commit);
            rig.awaitDraft("1.0.0");
            assertThat(rig.events(Kind.RELEASE_DRAFTED)).hasSize(1);
        }
    }

    @Test
    void aNewerDraftSupersedesTheOlderOneWithItsApprovals() {
        try (var rig = new Rig(Databases.sqlite(), temp)) {
            rig.pass("feat: a");
            var old = rig.awaitDraft("1.0.0");
            rig.call("olga", API + "/1.0.0/approvals", Map.of("environment", "production"));
            var commit = rig.pass("fix: b");
            org.awaitility.Awaitility.await()
                    .until(() -> rig.awaitDraft("1.0.0").commit().equals(commit));
            assertThat(
                            rig.store
                                    .read(sql -> ReleaseStore.byId(sql, old.id()))
                                    .orElseThrow()
                                    .state())
                    .isEqualTo(ReleaseState.SUPERSEDED);
            var answer = rig.call("olga", API + "/1.0.0/publication", Map.of());
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("one approval for production still missing");
        }
    }

    @Test
    void anOlderCommitThatPassesLaterDoesNotReplaceTheDraft() {
        try (var rig = new Rig(Databases.sqlite(), temp)) {
            var older = rig.commit("feat: a");
            var newer = rig.pass("feat: b");
            rig.awaitDraft("1.0.0");
            rig.passed(older);
            assertThat(rig.awaitWhyNone(older).key()).isEqualTo("releasing.why.newer");
            assertThat(rig.awaitDraft("1.0.0").commit()).isEqualTo(newer);
        }
    }

    @Test
    void whoMayNotApproveIsToldWhy() {
        try (var rig = new Rig(Databases.sqlite(), temp)) {
            rig.member("ruth", Role.READER);
            rig.member("will", Role.WRITER);
            rig.pass("feat: a");
            rig.awaitDraft("1.0.0");
            var wish = Map.of("environment", "production");

            var reader = rig.call("ruth", API + "/1.0.0/approvals", wish);
            assertThat(reader.statusCode()).isEqualTo(403);
            assertThat(reader.body()).contains("takes the role owner, writer, and yours is reader");
            var nowhere = rig.call("will", API + "/1.0.0/approvals", Map.of("environment", "moon"));
            assertThat(nowhere.statusCode()).isEqualTo(422);
            assertThat(nowhere.body()).contains("there is: production");
            assertThat(rig.call("will", API + "/1.0.0/approvals", wish).statusCode())
                    .isEqualTo(201);
            assertThat(rig.call("will", API + "/1.0.0/approvals", wish).statusCode())
                    .isEqualTo(409);
            assertThat(rig.call("ruth", API + "/1.0.0/publication", Map.of()).statusCode())
                    .isEqualTo(403);
            assertThat(rig.call("olga", API + "/7.0.0/approvals", wish).statusCode())
                    .isEqualTo(404);
            assertThat(rig.events(Kind.RELEASE_APPROVED)).hasSize(1);
        }
    }

    @Test
    void aFreezeHoldsAPublicationUntilAnOwnerSaysWhyNot() {
        try (var rig = new Rig(Databases.sqlite(), temp)) {
            rig.pass("feat: a");
            rig.awaitDraft("1.0.0");
            rig.call("olga", API + "/1.0.0/approvals", Map.of("environment", "production"));
            var now = Micros.now();
            new ReleaseActions(rig.spine)
                    .freeze(
                            Rig.caller("olga"),
                            "shop",
                            new Freeze("", "Christmas", "", now, now + 3_600_000_000L, "olga"));

            var refused = rig.call("olga", API + "/1.0.0/publication", Map.of());
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("Christmas");
            var published =
                    rig.call("olga", API + "/1.0.0/publication", Map.of("reason", "it burns"));
            assertThat(published.statusCode()).isEqualTo(201);
            assertThat(rig.awaitState("1.0.0", ReleaseState.PUBLISHED).life().overrideReason())
                    .isEqualTo("it burns");
        }
    }

    @Test
    void whatACrashInterruptedIsPublishedOnceAfterwards() {
        try (var rig = new Rig(Databases.sqlite(), temp)) {
            rig.pass("feat: a");
            var draft = rig.awaitDraft("1.0.0");
            // As it is found when the process died after the decision.
            rig.store.update(tx -> {
                ReleaseStore.move(
                        tx.sql(), draft.id(), ReleaseState.DRAFT, ReleaseState.PUBLISHING);
                ReleaseStore.decided(tx.sql(), draft.id(), "olga", "", List.of("production"));
            });
            rig.phase.start();
            rig.phase.start();
            rig.awaitState("1.0.0", ReleaseState.PUBLISHED);
            assertThat(rig.events(Kind.RELEASE_PUBLISHED)).hasSize(1);
        }
    }

    @Test
    void aTagOfAnotherCommitRefusesThePublicationAndLeavesTheDraft() {
        try (var rig = new Rig(Databases.sqlite(), temp)) {
            rig.pass("feat: a");
            rig.awaitDraft("1.0.0");
            rig.call("olga", API + "/1.0.0/approvals", Map.of("environment", "production"));
            rig.commit("feat: b");
            Rig.git(rig.work, "tag", "v1.0.0");
            Rig.git(rig.work, "push", "-q", "origin", "v1.0.0");

            var answer = rig.call("olga", API + "/1.0.0/publication", Map.of());
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("v1.0.0");
            rig.awaitState("1.0.0", ReleaseState.DRAFT);
            assertThat(rig.events(Kind.RELEASE_PUBLISHED)).isEmpty();
        }
    }

    @Test
    void aReleaseWithoutAWayBackIsRefused() {
        try (var rig = new Rig(Databases.sqlite(), temp)) {
            rig.pass("feat: a");
            rig.awaitDraft("1.0.0");
            var actions = new ReleaseActions(rig.spine);
            assertThat(actions.plan("shop", "1.0.0", "", " "))
                    .isEqualTo(Outcome.refused("releasing.plan.empty", "steps"));
            assertThat(actions.plan("shop", "1.0.0", "0.9.0", "go"))
                    .isEqualTo(Outcome.refused("releasing.plan.to", "to", "0.9.0"));
            assertThat(actions.plan("shop", "1.0.0", "", "pull the plug"))
                    .isInstanceOf(Outcome.Done.class);
        }
    }

    @Test
    void aDeliveryFileWithAMistakeKeepsTheReleaseFromBeingPublished() {
        try (var rig = new Rig(Databases.sqlite(), temp)) {
            rig.commit("chore: begin");
            rig.write(".rondo/delivery.yml", "environments: [production]\n");
            Rig.git(rig.work, "add", "-A");
            Rig.git(
                    rig.work,
                    "-c",
                    "user.name=a",
                    "-c",
                    "user.email=a@b",
                    "commit",
                    "-qm",
                    "feat: a");
            Rig.git(rig.work, "push", "-q", "origin", "main");
            rig.passed(Rig.git(rig.work, "rev-parse", "HEAD"));
            rig.awaitDraft("1.0.0");
            var answer = rig.call("olga", API + "/1.0.0/publication", Map.of());
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains(".rondo/delivery.yml, environments");
        }
    }
}
