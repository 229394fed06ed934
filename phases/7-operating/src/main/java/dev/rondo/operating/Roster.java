package dev.rondo.operating;

import dev.rondo.access.Account;
import dev.rondo.access.Accounts;
import dev.rondo.access.Projects;
import dev.rondo.access.Role;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Whom to call. Nobody is ever called in vain: where nothing is said, it is the project's owners.
 */
final class Roster {

    private Roster() {}

    static List<String> owners(Handle sql, Service service) {
        var said = service.care().owners();
        return said.isEmpty() ? projectOwners(sql, service.project()) : said;
    }

    static List<String> projectOwners(Handle sql, String project) {
        return Projects.members(sql, project).stream()
                .filter(member -> member.role() == Role.OWNER)
                .map(member -> member.account())
                .toList();
    }

    static Optional<String> onCall(Handle sql, Service service) {
        var said = service.care().onCall();
        return said.isEmpty() ? owners(sql, service).stream().findFirst() : Optional.of(said);
    }

    /** The one on call for an incident's service, or the project's owners. */
    static List<Account> first(Handle sql, Incident incident) {
        var names =
                ServiceStore.find(sql, incident.project(), incident.place())
                        .flatMap(service -> onCall(sql, service))
                        .map(List::of)
                        .orElseGet(() -> projectOwners(sql, incident.project()));
        return accounts(sql, names);
    }

    /** Those who are called when the first did not answer. */
    static List<Account> second(Handle sql, Incident incident) {
        var service = ServiceStore.find(sql, incident.project(), incident.place());
        var names = new LinkedHashSet<String>();
        service.map(found -> found.care().escalation())
                .filter(name -> !name.isEmpty())
                .ifPresent(names::add);
        if (names.isEmpty()) {
            names.addAll(
                    service.map(found -> owners(sql, found))
                            .orElseGet(() -> projectOwners(sql, incident.project())));
        }
        return accounts(sql, List.copyOf(names));
    }

    private static List<Account> accounts(Handle sql, List<String> names) {
        return names.stream()
                .flatMap(name -> Accounts.find(sql, name).stream())
                .filter(account -> !account.disabled())
                .toList();
    }
}
