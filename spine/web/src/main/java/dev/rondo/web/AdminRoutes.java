package dev.rondo.web;

import dev.rondo.access.Access;
import dev.rondo.access.Account;
import dev.rondo.access.Accounts;
import dev.rondo.access.Member;
import dev.rondo.access.Outcome;
import dev.rondo.access.Projects;
import dev.rondo.access.Role;
import dev.rondo.store.Store;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Accounts of the installation, and the members of a project. */
final class AdminRoutes {

    private static final int PAGE = 50;

    private final Store store;
    private final Access access;

    AdminRoutes(Store store, Access access) {
        this.store = store;
        this.access = access;
    }

    void register(Routes routes) {
        routes.get("/admin/accounts", May.ADMIN, visit -> accounts(visit, Optional.empty()));
        routes.post("/admin/accounts", May.ADMIN, this::createAccount);
        routes.post("/admin/accounts/{name}/status", May.ADMIN, this::setStatus);
        routes.get(
                "/projects/{project}/members", May.READ, visit -> members(visit, Optional.empty()));
        routes.post("/projects/{project}/members", May.OWN, this::setRole);
    }

    private void accounts(Visit visit, Optional<Refusal> refusal) {
        var after = visit.query("after").orElse("");
        var rows = access.accounts().list(after, PAGE + 1);
        boolean isMore = rows.size() > PAGE;
        List<Account> shown = isMore ? rows.subList(0, PAGE) : rows;
        var slice =
                new Paging.Slice<>(
                        shown,
                        Optional.empty(),
                        isMore ? Optional.of(shown.getLast().name()) : Optional.empty());
        visit.page(
                Page.titled(visit.text("web.menu.accounts"))
                        .menu("web.menu.accounts")
                        .status(refusal.map(Refusal::status).orElse(200)),
                Shells.templates().accounts(visit, refusal, slice));
    }

    private void createAccount(Visit visit) {
        var outcome =
                access.accounts()
                        .create(
                                visit.caller().account(),
                                new Accounts.NewAccount(
                                        visit.param("name").strip(),
                                        visit.param("title").strip(),
                                        visit.param("email").strip(),
                                        visit.param("password"),
                                        visit.param("admin").equals("true")));
        switch (outcome) {
            case Outcome.Done<Account> done -> {
                visit.notice("web.accounts.created", done.value().name());
                visit.redirect("/admin/accounts");
            }
            case Outcome.Refused<Account> refused ->
                    accounts(visit, Optional.of(Refusal.of(refused)));
        }
    }

    private void setStatus(Visit visit) {
        boolean disabled = visit.param("disabled").equals("true");
        switch (access.accounts()
                .disable(visit.caller().account(), visit.param("name"), disabled)) {
            case Outcome.Done<Account> done -> {
                visit.notice(
                        disabled ? "web.accounts.disabled" : "web.accounts.enabled",
                        done.value().name());
                visit.redirect("/admin/accounts");
            }
            case Outcome.Refused<Account> refused -> visit.refuse(Refusal.of(refused));
        }
    }

    private void members(Visit visit, Optional<Refusal> refusal) {
        visit.page(
                Page.titled(visit.text("web.menu.members"))
                        .trail(visit.project().title(), "/projects/" + visit.project().name())
                        .menu("web.menu.members")
                        .status(refusal.map(Refusal::status).orElse(200)),
                Shells.templates().members(visit, refusal, membersOf(visit)));
    }

    private List<Member> membersOf(Visit visit) {
        var project = visit.project().name();
        return store.read(sql -> Projects.members(sql, project));
    }

    private void setRole(Visit visit) {
        Role role;
        try {
            role = Role.valueOf(visit.param("role").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Refusal.of("web.members.role").at("role").asException();
        }
        var outcome =
                access.projects()
                        .setRole(
                                visit.caller().account(),
                                visit.project().name(),
                                visit.param("account").strip(),
                                role);
        switch (outcome) {
            case Outcome.Done<Role> done -> {
                visit.notice("web.members.changed", visit.param("account"));
                visit.redirect("/projects/" + visit.project().name() + "/members");
            }
            case Outcome.Refused<Role> refused -> members(visit, Optional.of(Refusal.of(refused)));
        }
    }
}
