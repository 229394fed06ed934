package dev.rondo.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.access.Access;
import dev.rondo.access.Accounts;
import dev.rondo.access.Outcome;
import dev.rondo.access.PasswordCost;
import dev.rondo.access.Tokens;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.Reactor;
import dev.rondo.journal.Subject;
import dev.rondo.kits.Databases;
import dev.rondo.loop.view.AuditView;
import dev.rondo.store.Database;
import dev.rondo.store.Origin;
import dev.rondo.store.Store;
import dev.rondo.web.May;
import dev.rondo.web.MenuEntry;
import dev.rondo.web.Paging;
import dev.rondo.web.Site;
import dev.rondo.web.Texts;
import dev.rondo.web.Web;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who did what, when and from where: as rows, and as a page over HTTP. */
class AuditTest {

    private static final Paging FIRST = new Paging(Optional.empty(), false, 50);
    private static final AuditLog.Wanted ALL = wanted("", "", "");

    private static Store open(Database database) {
        return Databases.open(
                database,
                List.of("dev/rondo/journal/db", "dev/rondo/access/db", "dev/rondo/loop/db"));
    }

    private static AuditLog.Wanted wanted(String actor, String action, String project) {
        return new AuditLog.Wanted(actor, action, project, Optional.empty(), Optional.empty());
    }

    private static void did(Store store, Journal journal, String who, String what, String project) {
        store.update(tx ->
                journal.append(
                        tx,
                        new Draft(
                                project,
                                Subject.of("account", who),
                                who,
                                new Fact.AuditRecorded(what, "<b>", Map.of("role", "owner")))));
    }

    private static List<Long> seqs(Paging.Slice<AuditView.Entry> slice) {
        return slice.rows().stream().map(AuditView.Entry::seq).toList();
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void entriesOfTheJournalAreFoundByEachFilterTheNewestFirst(Database database) {
        try (var store = open(database)) {
            var journal = new Journal(store);
            // What happened before the log was there is laid out as well.
            did(store, journal, "ada", "role.changed", "shop");
            did(store, journal, "bob", "session.begun", "");
            Origin.during("10.0.0.7", () -> did(store, journal, "ada", "session.begun", ""));
            did(store, journal, "ada", "role.changed", "hello");
            var log = new AuditLog(store);
            try (var reactor = new Reactor(store, journal)) {
                reactor.start(List.of(log.reaction()));
                await().until(() -> log.page(ALL, FIRST).rows().size() == 4);
            }
            assertThat(seqs(log.page(ALL, FIRST))).containsExactly(4L, 3L, 2L, 1L);
            assertThat(seqs(log.page(wanted("ada", "", ""), FIRST))).containsExactly(4L, 3L, 1L);
            assertThat(seqs(log.page(wanted("ada", "role.changed", ""), FIRST)))
                    .containsExactly(4L, 1L);
            assertThat(seqs(log.page(wanted("", "", "shop"), FIRST))).containsExactly(1L);
            assertThat(log.actions()).containsExactly("role.changed", "session.begun");
            assertThat(log.page(ALL, FIRST).rows())
                    .extracting(AuditView.Entry::address)
                    .containsExactly("", "10.0.0.7", "", "");
            assertThat(log.page(ALL, FIRST).rows().getFirst().details())
                    .isEqualTo(Map.of("role", "owner"));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void timesAndPagesBoundWhatIsShown(Database database) {
        try (var store = open(database)) {
            var journal = new Journal(store);
            for (int i = 0; i < 5; i++) {
                did(store, journal, "ada", "session.begun", "");
            }
            var log = new AuditLog(store);
            try (var reactor = new Reactor(store, journal)) {
                reactor.start(List.of(log.reaction()));
                await().until(() -> log.page(ALL, FIRST).rows().size() == 5);
            }
            store.update(tx -> tx.sql().execute("UPDATE loop_audit SET at = seq * 1000000"));
            var between =
                    new AuditLog.Wanted(
                            "",
                            "",
                            "",
                            Optional.of(Instant.ofEpochSecond(2)),
                            Optional.of(Instant.ofEpochSecond(4)));
            assertThat(seqs(log.page(between, FIRST))).containsExactly(3L, 2L);
            var later =
                    new AuditLog.Wanted(
                            "", "", "", Optional.of(Instant.ofEpochSecond(9)), Optional.empty());
            assertThat(log.page(later, FIRST).rows()).isEmpty();
            var two = log.page(ALL, new Paging(Optional.empty(), false, 2));
            assertThat(seqs(two)).containsExactly(5L, 4L);
            var next = log.page(ALL, new Paging(two.after(), false, 2));
            assertThat(seqs(next)).containsExactly(3L, 2L);
            assertThat(seqs(log.page(ALL, new Paging(next.before(), true, 2))))
                    .containsExactly(5L, 4L);
            assertThat(seqs(log.page(ALL, new Paging(Optional.empty(), true, 2))))
                    .containsExactly(2L, 1L);
        }
    }

    @Test
    void thePageIsForAdministratorsAndLeadsToTheEvents() throws Exception {
        try (var store = open(Databases.sqlite())) {
            var journal = new Journal(store);
            var access = new Access(store, journal, new PasswordCost(8, 1));
            var admin = token(access, "ada", true);
            var other = token(access, "bob", false);
            did(store, journal, "ada", "role.changed", "shop");
            var log = new AuditLog(store);
            var site =
                    new Site(store, access, Texts.of("loop", "access").strict())
                            .menu(
                                    List.of(
                                            new MenuEntry(
                                                    "admin",
                                                    0,
                                                    "loop.menu.audit",
                                                    "/admin/audit",
                                                    1,
                                                    May.ADMIN)));
            var web = new Web(site, new AuditPages(log, access)::routes).start("127.0.0.1", 0);
            try (var reactor = new Reactor(store, journal)) {
                reactor.start(List.of(log.reaction()));
                await().until(() -> seqs(log.page(ALL, FIRST)).contains(5L));
                var page = get(web, "/admin/audit", admin, "en");
                assertThat(page.statusCode()).isEqualTo(200);
                assertThat(page.body())
                        .contains(
                                "/projects/shop/events/5",
                                "Changed a role",
                                "Made an access token",
                                "&lt;b&gt;")
                        .doesNotContain("⟦", "<b>");
                assertThat(get(web, "/admin/audit?action=role.changed", admin, "de").body())
                        .contains("Rolle geändert</strong>")
                        .doesNotContain("Zugriffstoken angelegt</strong>");
                assertThat(get(web, "/admin/audit?since=yesterday", admin, "en").statusCode())
                        .isEqualTo(400);
                assertThat(get(web, "/admin/audit?after=x", admin, "en").statusCode())
                        .isEqualTo(400);
                assertThat(get(web, "/admin/audit?actor=nobody", admin, "en").body())
                        .contains("No entry of the audit log fits");
                assertThat(get(web, "/admin/audit", other, "en").statusCode()).isEqualTo(403);
                assertThat(get(web, "/api/admin/audit?project=shop", admin, "en").body())
                        .contains("\"action\":\"role.changed\"", "\"seq\":5")
                        .doesNotContain("token.created");
            } finally {
                web.stop();
            }
        }
    }

    private static String token(Access access, String name, boolean admin) {
        access.accounts()
                .create("", new Accounts.NewAccount(name, "", "", "correct horse battery", admin));
        return ((Outcome.Done<Tokens.Fresh>)
                        access.tokens().create(name, "test", Duration.ofDays(1)))
                .value()
                .secret();
    }

    private static HttpResponse<String> get(Web web, String path, String token, String language)
            throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
                            .header("Authorization", "Bearer " + token)
                            .header("Accept-Language", language)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
