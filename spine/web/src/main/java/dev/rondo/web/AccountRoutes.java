package dev.rondo.web;

import dev.rondo.access.Access;
import dev.rondo.access.Account;
import dev.rondo.access.Accounts;
import dev.rondo.access.Outcome;
import dev.rondo.access.Sessions;
import dev.rondo.access.Tokens;
import dev.rondo.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sign-in and sign-out, the first account, and what an account sets for itself. */
final class AccountRoutes {

    static final List<MenuEntry> MENU =
            List.of(
                    new MenuEntry(
                            "admin",
                            0,
                            "web.menu.members",
                            "/projects/{project}/members",
                            80,
                            May.READ),
                    new MenuEntry(
                            "admin", 0, "web.menu.accounts", "/admin/accounts", 90, May.ADMIN));
    private static final long USUAL_DAYS = 90;

    private final Store store;
    private final Access access;

    AccountRoutes(Store store, Access access) {
        this.store = store;
        this.access = access;
    }

    void register(Routes routes) {
        routes.get("/session", May.ANYONE, this::signInPage);
        routes.post("/session", May.ANYONE, this::signIn);
        routes.post("/session/end", May.ANYONE, this::signOut);
        routes.get("/setup", May.ANYONE, this::setupPage);
        routes.post("/setup", May.ANYONE, this::setUp);
        routes.get("/account/sessions", May.SIGNED_IN, this::sessionsPage);
        routes.post("/account/sessions/end", May.SIGNED_IN, this::endOtherSessions);
        routes.post("/account/sessions/{id}/end", May.SIGNED_IN, this::endSession);
        routes.get("/account", May.SIGNED_IN, visit -> accountPage(visit, Optional.empty(), ""));
        routes.post("/account/password", May.SIGNED_IN, this::changePassword);
        routes.post("/account/tokens", May.SIGNED_IN, this::createToken);
        routes.post("/account/tokens/{id}/revocation", May.SIGNED_IN, this::revokeToken);
        new AdminRoutes(store, access).register(routes);
    }

    /** Keeps what was chosen in this browser with the account as well. */
    void prefer(Visit visit) {
        var caller = visit.caller();
        access.accounts()
                .prefer(
                        caller.account(),
                        visit.form("language")
                                .filter(Set.of("en", "de")::contains)
                                .orElse(caller.language()),
                        visit.form("theme")
                                .filter(Set.of("auto", "light", "dark")::contains)
                                .orElse(caller.theme()));
    }

    // ---- Sign-in ------------------------------------------------------------------------------

    private void signInPage(Visit visit) {
        if (visit.caller().signedIn()) {
            visit.redirect(next(visit));
            return;
        }
        signInPage(visit, Optional.empty());
    }

    private void signInPage(Visit visit, Optional<Refusal> refusal) {
        visit.page(
                Page.titled(visit.text("web.signin")).status(status(refusal)),
                Shells.templates()
                        .signin(
                                visit,
                                refusal,
                                next(visit),
                                visit.form("name").orElse(""),
                                access.accounts().none()));
    }

    private void signIn(Visit visit) {
        var http = visit.http();
        var agent = Optional.ofNullable(http.userAgent()).orElse("");
        var outcome =
                access.sessions()
                        .signIn(
                                visit.form("name").orElse("").strip(),
                                visit.form("password").orElse(""),
                                http.ip(),
                                agent);
        switch (outcome) {
            case Outcome.Done<Sessions.Session> done -> {
                AccountGate.keep(http, done.value().secret());
                visit.redirect(next(visit));
            }
            case Outcome.Refused<Sessions.Session> refused ->
                    signInPage(visit, Optional.of(Refusal.of(refused)));
        }
    }

    private void signOut(Visit visit) {
        access.sessions().end(AccountGate.secret(visit.http()));
        AccountGate.forget(visit.http());
        visit.redirect("/session");
    }

    private static String next(Visit visit) {
        return Urls.local(visit.param("next"), "/");
    }

    // ---- The first account --------------------------------------------------------------------

    private void setupPage(Visit visit) {
        if (access.setupSecret().isEmpty()) {
            throw Refusal.of("access.setup.used").status(410).asException();
        }
        setupPage(visit, Optional.empty());
    }

    private void setupPage(Visit visit, Optional<Refusal> refusal) {
        visit.page(
                Page.titled(visit.text("web.setup.title")).status(status(refusal)),
                Shells.templates().setup(visit, refusal, visit.param("secret")));
    }

    private void setUp(Visit visit) {
        var outcome =
                access.setUp(
                        visit.param("secret"),
                        new Accounts.NewAccount(
                                visit.param("name").strip(),
                                visit.param("title").strip(),
                                visit.param("email").strip(),
                                visit.param("password"),
                                true));
        switch (outcome) {
            case Outcome.Done<Account> done -> {
                begin(visit, done.value());
                visit.notice("web.setup.done", done.value().title());
                visit.redirect("/");
            }
            case Outcome.Refused<Account> refused ->
                    setupPage(visit, Optional.of(Refusal.of(refused)));
        }
    }

    /** This browser is signed in from now on. */
    private void begin(Visit visit, Account account) {
        var http = visit.http();
        var agent = Optional.ofNullable(http.userAgent()).orElse("");
        AccountGate.keep(http, access.sessions().begin(account, http.ip(), agent).secret());
    }

    // ---- One's own account --------------------------------------------------------------------

    private void accountPage(Visit visit, Optional<Refusal> refusal, String freshSecret) {
        visit.page(
                Page.titled(visit.text("web.account")).status(status(refusal)),
                Shells.templates()
                        .account(
                                visit,
                                refusal,
                                freshSecret,
                                access.tokens().list(visit.caller().account())));
    }

    private void changePassword(Visit visit) {
        var outcome =
                access.accounts()
                        .changePassword(
                                visit.caller().account(),
                                visit.form("old").orElse(""),
                                visit.form("password").orElse(""));
        switch (outcome) {
            case Outcome.Done<Account> done -> {
                // All sessions ended with the old password; this browser goes on with a new one.
                begin(visit, done.value());
                visit.notice("web.account.password.done");
                visit.redirect("/account");
            }
            case Outcome.Refused<Account> refused ->
                    accountPage(visit, Optional.of(Refusal.of(refused)), "");
        }
    }

    private void createToken(Visit visit) {
        long days = visit.form("days").isPresent() ? visit.number("days") : USUAL_DAYS;
        if (days > Tokens.LONGEST.toDays()) {
            days = Tokens.LONGEST.toDays() + 1;
        }
        var outcome =
                access.tokens()
                        .create(
                                visit.caller().account(),
                                visit.param("title").strip(),
                                Duration.ofDays(days));
        switch (outcome) {
            case Outcome.Done<Tokens.Fresh> done -> {
                if (visit.wantsJson()) {
                    visit.json(201, done.value());
                } else {
                    accountPage(visit, Optional.empty(), done.value().secret());
                }
            }
            case Outcome.Refused<Tokens.Fresh> refused ->
                    accountPage(visit, Optional.of(Refusal.of(refused)), "");
        }
    }

    private void revokeToken(Visit visit) {
        switch (access.tokens().revoke(visit.caller().account(), visit.param("id"))) {
            case Outcome.Done<String> done -> {
                visit.notice("web.account.token.revoked");
                visit.redirect("/account");
            }
            case Outcome.Refused<String> refused -> visit.refuse(Refusal.of(refused));
        }
    }

    // ---- One's own sessions -------------------------------------------------------------------

    private void sessionsPage(Visit visit) {
        var secret = AccountGate.secret(visit.http());
        visit.page(
                Page.titled(visit.text("web.account.sessions"))
                        .trail(visit.text("web.account"), "/account"),
                Shells.templates()
                        .sessions(visit, access.sessions().list(visit.caller().account(), secret)));
    }

    private void endSession(Visit visit) {
        switch (access.sessions().end(visit.caller().account(), visit.param("id"))) {
            case Outcome.Done<String> done -> {
                // Whoever ended the session of this very browser is led to sign in again.
                visit.notice("web.account.session.ended");
                visit.redirect("/account/sessions");
            }
            case Outcome.Refused<String> refused -> visit.refuse(Refusal.of(refused).status(404));
        }
    }

    private void endOtherSessions(Visit visit) {
        var secret = AccountGate.secret(visit.http());
        int ended = access.sessions().endOthers(visit.caller().account(), secret);
        visit.notice("web.account.sessions.ended", ended);
        visit.redirect("/account/sessions");
    }

    private static int status(Optional<Refusal> refusal) {
        return refusal.map(Refusal::status).orElse(200);
    }
}
