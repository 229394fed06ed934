package dev.rondo.coding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.access.Role;
import dev.rondo.git.RefUpdate;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Kind;
import dev.rondo.journal.Subject;
import dev.rondo.kits.Databases;
import dev.rondo.kits.machine.Shell;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real git client against a project, and what the journal hears of it. */
class GitOverHttpTest {

    @TempDir Path temp;
    Rig rig;

    @BeforeEach
    void start() {
        rig = new Rig(Databases.sqlite(), temp);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private long ticket(long number) {
        return rig.store
                .write(tx ->
                        rig.journal.append(
                                tx,
                                new Draft(
                                        "shop",
                                        Subject.of("ticket", number),
                                        "olga",
                                        new Fact.TicketCreated(
                                                number, "story", "A story", "ready", List.of()))))
                .seq();
    }

    @Test
    void aPushIsAnEventCausedByTheTicketsItNames() {
        long two = ticket(2);
        ticket(3);
        Shell work = rig.cloned("olga");
        String first = work.commit("a", "1\n", "Begin");
        String second = work.commit("a", "2\n", "Pay by card\n\nFixes #2, see #77");
        work.git("push", "--quiet", "origin", "main");

        var event = rig.events(Kind.CHANGE_PUSHED).getFirst();
        assertThat(event.actor()).isEqualTo("olga");
        assertThat(event.subject()).isEqualTo(Subject.of("change", second));
        assertThat(event.causes()).containsExactly(two);
        var fact = rig.pushes().getFirst();
        assertThat(fact.ref()).isEqualTo("refs/heads/main");
        assertThat(fact.before()).isEqualTo(RefUpdate.NONE);
        assertThat(fact.defaultBranch()).isTrue();
        assertThat(fact.forced()).isFalse();
        assertThat(fact.commits()).extracting(Fact.Commit::id).containsExactly(second, first);
        assertThat(fact.commits().getFirst().fixes()).containsExactly(2L);
        assertThat(fact.commits().getFirst().mentions()).containsExactly(2L, 77L);
    }

    @Test
    void laterPushesHoldOnlyWhatIsNew() {
        Shell work = rig.cloned("olga");
        String first = work.commit("a", "1\n", "One");
        work.git("push", "--quiet", "origin", "main", "main:same");
        String second = work.commit("a", "2\n", "Two");
        work.git("push", "--quiet", "origin", "main:feature");
        work.git("commit", "--quiet", "--amend", "--message", "Other two");
        work.git("push", "--quiet", "--force", "origin", "main:feature");
        work.git("push", "--quiet", "origin", ":feature");
        work.git("tag", "--annotate", "--message", "Tag", "v1", first);
        work.git("push", "--quiet", "origin", "v1");

        var pushes = rig.pushes();
        assertThat(pushes)
                .extracting(Fact.ChangePushed::ref)
                .containsExactly(
                        "refs/heads/main",
                        "refs/heads/same",
                        "refs/heads/feature",
                        "refs/heads/feature",
                        "refs/heads/feature",
                        "refs/tags/v1");
        assertThat(pushes.get(1).commits().size() + pushes.get(0).commits().size())
                .isLessThanOrEqualTo(2);
        assertThat(pushes.get(2).commits()).extracting(Fact.Commit::id).containsExactly(second);
        assertThat(pushes.get(3).forced()).isTrue();
        assertThat(pushes.get(3).commits()).hasSize(1);
        assertThat(pushes.get(4).after()).isEqualTo(RefUpdate.NONE);
        assertThat(pushes.get(5).commits()).isEmpty();
    }

    @Test
    void readersFetchAndDoNotPush() {
        Shell olga = rig.cloned("olga");
        olga.commit("a", "1\n", "One");
        olga.git("push", "--quiet", "origin", "main");
        rig.member("rita", Role.READER);
        Shell rita = rig.cloned("rita");
        rita.commit("b", "1\n", "Mine");
        var push = rita.tryGit("push", "origin", "main");
        assertThat(push.code()).isNotZero();
        assertThat(push.text())
                .contains("remote: rita may read shop, but not push to it")
                .doesNotContain("html");
        assertThat(rig.pushes()).hasSize(1);
    }

    @Test
    void strangersLearnNothing() {
        rig.account("stan", false);
        String secret = rig.token("stan").secret();
        var known = rig.client.tryGit("ls-remote", rig.url("stan", secret));
        var unknown =
                rig.client.tryGit("ls-remote", rig.url("stan", secret).replace("shop", "nope"));
        assertThat(known.text()).contains("There is no repository shop.git");
        assertThat(unknown.text()).contains("There is no repository nope.git");
        assertThat(known.code()).isNotZero();
    }

    @Test
    void revokedAndWrongTokensAreRefusedInOneLine() {
        var token = rig.token("olga");
        rig.client.git("ls-remote", rig.url("olga", token.secret()));
        rig.access.tokens().revoke("olga", token.id());
        var revoked = rig.client.tryGit("ls-remote", rig.url("olga", token.secret()));
        assertThat(revoked.code()).isNotZero();
        assertThat(revoked.text()).containsIgnoringCase("revoked");
        var wrong = rig.client.tryGit("ls-remote", rig.url("olga", "wrong"));
        assertThat(wrong.text()).contains("remote: ").contains("Authentication failed");
        var nobody =
                rig.client.tryGit("ls-remote", "http://127.0.0.1:" + rig.web.port() + "/shop.git");
        assertThat(nobody.code()).isNotZero();
        rig.client.git("ls-remote", rig.url("olga", "correct%20horse%20battery"));
    }

    @Test
    void refsThatAreNotAllowedAreRefusedOneByOne() {
        Shell work = rig.cloned("olga");
        work.commit("a", "1\n", "One");
        var push =
                work.tryGit(
                        "push", "origin", "main", "main:refs/rondo/secret", "main:refs/heads/ok");
        assertThat(push.code()).isNotZero();
        assertThat(push.text())
                .contains("refs/rondo/secret")
                .contains("only branches (refs/heads/…)")
                .contains("main -> main");
        assertThat(rig.pushes())
                .extracting(Fact.ChangePushed::ref)
                .containsExactlyInAnyOrder("refs/heads/main", "refs/heads/ok");
        var atomic = work.tryGit("push", "--atomic", "origin", "main:x", "main:refs/rondo/y");
        assertThat(atomic.code()).isNotZero();
        assertThat(rig.pushes()).hasSize(2);
    }

    @Test
    void anOwnerAllowsLessThanTheInstallationAndNeverMore() {
        rig.member("wanda", Role.WRITER);
        var path = "/api/projects/shop/repository";
        assertThat(put(path, "{\"maxPushBytes\": 3145728}", "olga").statusCode()).isEqualTo(422);
        assertThat(put(path, "{\"maxPushBytes\": 7}", "olga").body()).contains("maxPush");
        assertThat(put(path, "{\"maxPushBytes\": 100000}", "wanda").statusCode()).isEqualTo(403);
        var done = put(path, "{\"maxPushBytes\": 102400}", "olga");
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);

        Shell work = rig.cloned("olga");
        var text = new StringBuilder();
        new java.util.Random(3).ints(400_000, '!', '~').forEach(text::appendCodePoint);
        work.commit("big", text.toString(), "Too big here");
        assertThat(work.tryGit("push", "origin", "main").text())
                .contains("the push is larger than 100 KiB");
        assertThat(put(path, "{\"maxPushBytes\": null}", "olga").statusCode()).isEqualTo(200);
        work.git("push", "--quiet", "origin", "main");
        assertThat(rig.get("/projects/shop/coding/settings").body()).contains("2\u00a0MiB");
    }

    private java.net.http.HttpResponse<String> put(String path, String json, String account) {
        return rig.send(
                java.net.http.HttpRequest.newBuilder(
                                java.net.URI.create("http://127.0.0.1:" + rig.web.port() + path))
                        .header("Authorization", "Bearer " + rig.token(account).secret())
                        .header("Content-Type", "application/json")
                        .PUT(java.net.http.HttpRequest.BodyPublishers.ofString(json))
                        .build());
    }

    @Test
    void aClientThatPausesForLongerThanThePagesAllowIsNotCut() throws Exception {
        Shell work = rig.cloned("olga");
        var text = new StringBuilder();
        new java.util.Random(5).ints(1_000_000, '!', '~').forEach(text::appendCodePoint);
        work.commit("big", text.toString(), "One");
        rig.web.idleTimeout(java.time.Duration.ofMillis(700));
        try (var line = new SlowLine(rig.web.port(), 300_000, 2_000)) {
            var url = rig.url("olga", rig.token("olga").secret());
            var slow = url.replace(":" + rig.web.port() + "/", ":" + line.port() + "/");
            work.git("push", "--quiet", slow, "main");
            assertThat(line.pauses()).isPositive();
            long before = line.pauses();
            rig.client.git("clone", "--quiet", slow, "again");
            assertThat(line.pauses()).isGreaterThan(before);
            assertThat(rig.client.in("again").head()).isEqualTo(work.head());
        }
    }

    @Test
    void tooLargeAPushIsRefusedInOneLine() {
        Shell work = rig.cloned("olga");
        var random = new java.util.Random(3);
        var text = new StringBuilder();
        random.ints(5 << 20, '!', '~').forEach(text::appendCodePoint);
        work.commit("big", text.toString(), "Too big");
        var push = work.tryGit("push", "origin", "main");
        assertThat(push.text()).contains("the push is larger than 2 MiB");
        assertThat(rig.pushes()).isEmpty();
    }

    @Test
    void refsThatMovedUnheardAreMadeUpForAtTheStart() {
        Shell work = rig.cloned("olga");
        String first = work.commit("a", "1\n", "One");
        work.git("push", "--quiet", "origin", "main");
        String second = work.commit("a", "2\n", "Two");
        // As if Rondo had been killed between the ref and the event.
        Path folder = rig.repositories.find("shop").orElseThrow().folder();
        work.git("push", "--quiet", folder.toString(), "main", "main:other");
        assertThat(rig.pushes()).hasSize(1);
        rig.phase.start();
        rig.phase.start();
        assertThat(rig.pushes()).hasSize(3);
        var missed = rig.pushes().get(1);
        assertThat(missed.before()).isEqualTo(first);
        assertThat(missed.after()).isEqualTo(second);
        assertThat(rig.events(Kind.CHANGE_PUSHED).get(1).actor()).isEqualTo("rondo:coding");
    }

    @Test
    void theTagOfAReleaseIsAnEventCausedByIt() {
        Shell work = rig.cloned("olga");
        String first = work.commit("a", "1\n", "One");
        work.git("push", "--quiet", "origin", "main");
        rig.repositories
                .find("shop")
                .orElseThrow()
                .createTag(
                        "v1.0.0",
                        first,
                        "Version 1.0.0",
                        new dev.rondo.git.Person(
                                "Rondo", "rondo@localhost", java.time.Instant.now()));
        var published =
                rig.store.write(tx ->
                        rig.journal.append(
                                tx,
                                new Draft(
                                        "shop",
                                        Subject.of("release", "1.0.0"),
                                        "olga",
                                        new Fact.ReleasePublished(
                                                "1.0.0", first, "v1.0.0", List.of(), List.of(), "",
                                                List.of()))));
        Awaitility.await().until(() -> rig.pushes().size() == 2);
        var event = rig.events(Kind.CHANGE_PUSHED).get(1);
        assertThat(event.causes()).containsExactly(published.seq());
        assertThat(event.actor()).isEqualTo("rondo:releasing");
        assertThat(rig.pushes().get(1).ref()).isEqualTo("refs/tags/v1.0.0");
    }

    @Test
    void aSessionCookieIsNoWayIn() throws Exception {
        var response =
                rig.send(
                        java.net.http.HttpRequest.newBuilder(
                                        java.net.URI.create(
                                                "http://127.0.0.1:"
                                                        + rig.web.port()
                                                        + "/shop.git/info/refs?service=git-upload-pack"))
                                .header("Cookie", "rondo_session=anything")
                                .build());
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
    }
}
