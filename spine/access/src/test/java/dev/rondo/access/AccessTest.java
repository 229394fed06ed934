package dev.rondo.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.journal.Event;
import dev.rondo.journal.Journal;
import dev.rondo.journal.JournalReads;
import dev.rondo.kits.Databases;
import dev.rondo.store.Database;
import dev.rondo.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AccessTest {

    private static final String PASSWORD = "correct horse battery";

    private static Store open(Database database) {
        return Databases.open(database, List.of("dev/rondo/journal/db", "dev/rondo/access/db"));
    }

    private static Accounts.NewAccount wanted(String name) {
        return new Accounts.NewAccount(name, "", "", PASSWORD, false);
    }

    private static Caller caller(String name) {
        return new Caller(name, name, false, "", "", Caller.Means.SESSION, "");
    }

    private static <T> T value(Outcome<T> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<T>) outcome).value();
    }

    private static String refusal(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused<?>) outcome).key();
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void theSetupSecretMakesOneAdministratorHoweverManyTryAtOnce(Database database)
            throws Exception {
        try (var store = open(database);
                var pool = Executors.newFixedThreadPool(4)) {
            var access = new Access(store, new Journal(store), new PasswordCost(8, 1));
            assertThat(refusal(access.setUp("guessed", wanted("eve"))))
                    .isEqualTo("access.setup.used");
            var secret = access.setupSecret().orElseThrow();
            List<Callable<Outcome<Account>>> tries =
                    IntStream.range(0, 4)
                            .<Callable<Outcome<Account>>>mapToObj(
                                    i -> () -> access.setUp(secret, wanted("ada" + i)))
                            .toList();
            long made = 0;
            for (Future<Outcome<Account>> result : pool.invokeAll(tries)) {
                made += result.get() instanceof Outcome.Done ? 1 : 0;
            }
            assertThat(made).isEqualTo(1);
            assertThat(access.accounts().list("", 10))
                    .singleElement()
                    .satisfies(account -> assertThat(account.admin()).isTrue());
            assertThat(access.setupSecret()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void aSessionLastsUntilItsEndAndNoLonger(Database database) {
        try (var store = open(database)) {
            var access = new Access(store, new Journal(store), new PasswordCost(8, 1));
            value(access.accounts().create("", wanted("ada")));
            var session = value(access.sessions().signIn("ada", PASSWORD, "127.0.0.1", "test"));
            assertThat(access.sessions().callerOfCookie(session.secret(), "127.0.0.1"))
                    .hasValueSatisfying(caller -> {
                        assertThat(caller.account()).isEqualTo("ada");
                        assertThat(caller.csrf()).isNotEmpty();
                    });
            access.sessions().end(session.secret());
            assertThat(access.sessions().callerOfCookie(session.secret(), "127.0.0.1")).isEmpty();
        }
    }

    @Test
    void afterFiveFailuresAnAccountWaitsAlsoForTheRightPassword() {
        try (var store = open(Databases.sqlite())) {
            var access = new Access(store, new Journal(store), new PasswordCost(8, 1));
            value(access.accounts().create("", wanted("ada")));
            for (int i = 0; i < 5; i++) {
                var outcome = access.sessions().signIn("ada", "wrong password", "10.0.0.1", "");
                assertThat(refusal(outcome)).startsWith("access.signin.");
            }
            assertThat(refusal(access.sessions().signIn("ada", PASSWORD, "10.0.0.2", "")))
                    .isEqualTo("access.signin.slow");
        }
    }

    @Test
    void anUnknownNameIsRefusedLikeAWrongPassword() {
        try (var store = open(Databases.sqlite())) {
            var access = new Access(store, new Journal(store), new PasswordCost(8, 1));
            value(access.accounts().create("", wanted("ada")));
            assertThat(refusal(access.sessions().signIn("nobody", PASSWORD, "10.0.0.1", "")))
                    .isEqualTo(
                            refusal(access.sessions().signIn("ada", "wrong one", "10.0.0.1", "")));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void aTokenSpeaksForItsAccountUntilItIsRevoked(Database database) {
        try (var store = open(database)) {
            var access = new Access(store, new Journal(store), new PasswordCost(8, 1));
            value(access.accounts().create("", wanted("ada")));
            var token = value(access.tokens().create("ada", "laptop", Duration.ofDays(30)));
            assertThat(value(access.tokens().callerOf(token.secret())).account()).isEqualTo("ada");
            assertThat(refusal(access.tokens().callerOf("rondo_guessed")))
                    .isEqualTo("access.token.invalid");
            value(access.tokens().revoke("ada", token.id()));
            assertThat(refusal(access.tokens().callerOf(token.secret())))
                    .isEqualTo("access.token.revoked");
            var short_ = value(access.tokens().create("ada", "short", Duration.ofMillis(1)));
            org.awaitility.Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(refusal(access.tokens().callerOf(short_.secret())))
                                    .isEqualTo("access.token.expired"));
        }
    }

    @Test
    void aSecretNeverStandsInTheDatabaseOrTheJournal() {
        try (var store = open(Databases.sqlite())) {
            var access = new Access(store, new Journal(store), new PasswordCost(8, 1));
            value(access.accounts().create("", wanted("ada")));
            var token = value(access.tokens().create("ada", "laptop", Duration.ofDays(30)));
            var events = store.read(sql -> JournalReads.after(sql, 0, 100));
            assertThat(events)
                    .extracting(Event::payload)
                    .noneMatch(text -> text.contains(token.secret()) || text.contains(PASSWORD));
            var stored =
                    store.read(sql ->
                            sql.createQuery(
                                            "SELECT hash || hint FROM access_tokens UNION"
                                                    + " SELECT password_hash FROM"
                                                    + " access_accounts")
                                    .mapTo(String.class)
                                    .list());
            assertThat(stored)
                    .noneMatch(text -> text.contains(token.secret()) || text.contains(PASSWORD));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void rolesCoverWhatIsBelowThemAndTheLastOwnerStays(Database database) {
        try (var store = open(database)) {
            var access = new Access(store, new Journal(store), new PasswordCost(8, 1));
            value(access.accounts().create("", wanted("ada")));
            value(access.accounts().create("ada", wanted("bob")));
            var wantedProject = new Projects.NewProject("shop", "Shop", "", "main");
            value(store.write(tx -> access.projects().create(tx, caller("ada"), wantedProject)));
            assertThat(access.projects().role(caller("ada"), "shop")).isEqualTo(Role.OWNER);
            assertThat(access.projects().role(caller("bob"), "shop")).isEqualTo(Role.NONE);
            assertThat(access.projects().visibleTo(caller("bob"), "", 10)).isEmpty();
            value(access.projects().setRole("ada", "shop", "bob", Role.READER));
            assertThat(access.projects().role(caller("bob"), "shop").covers(Role.WRITER)).isFalse();
            assertThat(refusal(access.projects().setRole("ada", "shop", "ada", Role.NONE)))
                    .isEqualTo("access.member.last");
        }
    }

    @Test
    void namesThatWouldBreakAddressesAreRefused() {
        try (var store = open(Databases.sqlite())) {
            var access = new Access(store, new Journal(store), new PasswordCost(8, 1));
            value(access.accounts().create("", wanted("ada")));
            for (var name :
                    List.of("", "New", "a/b", "..", "a..b", "-a", "a.git", "x".repeat(70), "a b")) {
                var project = new Projects.NewProject(name, "", "", "main");
                Outcome<Projects.Created> outcome =
                        store.write(tx -> access.projects().create(tx, caller("ada"), project));
                assertThat(refusal(outcome)).as(name).isEqualTo("access.project.name");
            }
            var reserved = new Projects.NewProject("new", "", "", "main");
            Outcome<Projects.Created> outcome =
                    store.write(tx -> access.projects().create(tx, caller("ada"), reserved));
            assertThat(refusal(outcome)).isEqualTo("access.project.taken");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void aLentTokenMayWhatItsGrantSaysUntilItsJobEnds(Database database) {
        try (var store = open(database)) {
            var access = new Access(store, new Journal(store), new PasswordCost(8, 1));
            var grant = new Grant("shop", Map.of("contents", Role.READER, "actions", Role.WRITER));
            var loan = access.tokens().lend(Caller.of("job", grant));
            var caller = value(access.tokens().callerOf(loan.secret()));
            var projects = access.projects();
            assertThat(projects.role(caller, "shop")).isEqualTo(Role.READER);
            assertThat(projects.role(caller, "shop", "actions")).isEqualTo(Role.WRITER);
            assertThat(projects.role(caller, "shop", "issues")).isEqualTo(Role.NONE);
            assertThat(projects.role(caller, "other", "actions")).isEqualTo(Role.NONE);
            assertThat(projects.role(caller, "other")).isEqualTo(Role.NONE);
            loan.close();
            assertThat(refusal(access.tokens().callerOf(loan.secret())))
                    .isEqualTo("access.token.ended");
        }
    }
}
