package dev.rondo.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.journal.Event;
import dev.rondo.journal.Journal;
import dev.rondo.journal.JournalReads;
import dev.rondo.kits.Databases;
import dev.rondo.store.Database;
import dev.rondo.store.Origin;
import dev.rondo.store.Store;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an account sees of its own sessions, and how it ends them. */
class SessionsTest {

    private static final String PASSWORD = "correct horse battery";
    private static final String FIREFOX =
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private static Store open(Database database) {
        return Databases.open(database, List.of("dev/rondo/journal/db", "dev/rondo/access/db"));
    }

    private static Account account(Access access, String name) {
        var wanted = new Accounts.NewAccount(name, "", "", PASSWORD, false);
        assertThat(access.accounts().create("", wanted)).isInstanceOf(Outcome.Done.class);
        return access.accounts().list("", 10).stream()
                .filter(account -> account.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void anAccountSeesItsOwnSessionsAndWhichOneAsks(Database database) {
        try (var store = open(database)) {
            var access = new Access(store, new Journal(store), new PasswordCost(8, 1));
            var ada = account(access, "ada");
            var first = access.sessions().begin(ada, "10.0.0.1", FIREFOX);
            access.sessions().begin(ada, "10.0.0.2", "curl/8.5.0");
            access.sessions().begin(account(access, "bob"), "10.0.0.3", "");
            assertThat(access.sessions().list("ada", first.secret()))
                    .extracting(
                            session -> session.device().browser(),
                            session -> session.device().system(),
                            Sessions.Open::address,
                            Sessions.Open::current)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("curl", "", "10.0.0.2", false),
                            org.assertj.core.groups.Tuple.tuple(
                                    "Firefox", "Linux", "10.0.0.1", true));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void anEndedSessionIsWorthNothingAndTheOthersStay(Database database) {
        try (var store = open(database)) {
            var access = new Access(store, new Journal(store), new PasswordCost(8, 1));
            var ada = account(access, "ada");
            var here = access.sessions().begin(ada, "10.0.0.1", FIREFOX);
            var there = access.sessions().begin(ada, "10.0.0.2", FIREFOX);
            var other = access.sessions().list("ada", here.secret()).getFirst();
            assertThat(access.sessions().end("bob", other.id()))
                    .as("of somebody else")
                    .isInstanceOf(Outcome.Refused.class);
            assertThat(access.sessions().end("ada", other.id())).isInstanceOf(Outcome.Done.class);
            assertThat(access.sessions().callerOfCookie(there.secret(), "10.0.0.2")).isEmpty();
            assertThat(access.sessions().callerOfCookie(here.secret(), "10.0.0.1")).isPresent();
            assertThat(access.sessions().end("ada", other.id()))
                    .as("for the second time")
                    .isInstanceOf(Outcome.Refused.class);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void endingAllOthersLeavesTheOneThatAsksAndThoseOfOthers(Database database) {
        try (var store = open(database)) {
            var access = new Access(store, new Journal(store), new PasswordCost(8, 1));
            var ada = account(access, "ada");
            var here = access.sessions().begin(ada, "10.0.0.1", FIREFOX);
            var bob = access.sessions().begin(account(access, "bob"), "10.0.0.9", FIREFOX);
            var gone =
                    List.of(
                            access.sessions().begin(ada, "10.0.0.2", FIREFOX),
                            access.sessions().begin(ada, "10.0.0.3", FIREFOX));
            assertThat(access.sessions().endOthers("ada", here.secret())).isEqualTo(2);
            assertThat(gone)
                    .allSatisfy(session ->
                            assertThat(
                                            access.sessions()
                                                    .callerOfCookie(session.secret(), "10.0.0.2"))
                                    .isEmpty());
            assertThat(access.sessions().callerOfCookie(here.secret(), "10.0.0.1")).isPresent();
            assertThat(access.sessions().callerOfCookie(bob.secret(), "10.0.0.9")).isPresent();
            assertThat(access.sessions().endOthers("ada", here.secret())).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void aSessionThatMovesShowsWhereItWasSeenLastButNotEachRequestIsWritten(Database database) {
        try (var store = open(database)) {
            var access = new Access(store, new Journal(store), new PasswordCost(8, 1));
            var session = access.sessions().begin(account(access, "ada"), "10.0.0.1", FIREFOX);
            access.sessions().callerOfCookie(session.secret(), "10.0.0.2");
            assertThat(address(access, session)).isEqualTo("10.0.0.1");
            store.update(tx ->
                    tx.sql().execute("UPDATE access_sessions SET seen_at = seen_at - 61000000"));
            access.sessions().callerOfCookie(session.secret(), "10.0.0.2");
            assertThat(address(access, session)).isEqualTo("10.0.0.2");
        }
    }

    private static String address(Access access, Sessions.Session session) {
        return access.sessions().list("ada", session.secret()).getFirst().address();
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void anAuditEntryKnowsFromWhereItsRequestCame(Database database) {
        try (var store = open(database)) {
            var access = new Access(store, new Journal(store), new PasswordCost(8, 1));
            var ada = account(access, "ada");
            Origin.during("10.1.2.3", () -> access.sessions().begin(ada, "10.1.2.3", FIREFOX));
            var origins =
                    store.read(sql ->
                            JournalReads.after(sql, 0, 10).stream()
                                    .map(event -> JournalReads.origin(sql, event.seq()).orElse(""))
                                    .toList());
            assertThat(origins)
                    .as("made by the program, then over HTTP")
                    .containsExactly("", "10.1.2.3");
            var payloads =
                    store.read(sql ->
                            JournalReads.after(sql, 0, 10).stream().map(Event::payload).toList());
            assertThat(payloads).noneMatch(payload -> payload.contains("10.1.2.3"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                        + " Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0|Edge|Windows",
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
                        + " Chrome/140.0.0.0 Mobile Safari/537.36|Chrome|Android",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML,"
                        + " like Gecko) Version/18.6 Mobile/15E148 Safari/604.1|Safari|iPhone",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101"
                        + " Firefox/140.0|Firefox|macOS",
                "python-requests/2.32|python-requests|''",
                "''|''|''"
            })
    void aBrowserIsCalledByItsOwnName(String agent, String browser, String system) {
        assertThat(Device.of(agent)).isEqualTo(new Device(browser, system));
    }

    @Test
    void aSessionOfAnOlderRondoCanBeEnded() {
        try (var store = open(Databases.sqlite())) {
            var access = new Access(store, new Journal(store), new PasswordCost(8, 1));
            account(access, "ada");
            store.update(tx ->
                    tx.sql()
                            .execute(
                                    "INSERT INTO access_sessions (hash, account, csrf, agent,"
                                            + " created_at, seen_at, expires_at, id) VALUES"
                                            + " ('aa', 'ada', '', '', 1, 1, 9000000000000000,"
                                            + " 'aa')"));
            assertThat(access.sessions().list("ada", "").getFirst().address()).isEmpty();
            assertThat(access.sessions().end("ada", "aa")).isInstanceOf(Outcome.Done.class);
        }
    }
}
