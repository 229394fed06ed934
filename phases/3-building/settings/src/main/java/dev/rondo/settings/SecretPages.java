package dev.rondo.settings;

import dev.rondo.settings.pages.Templates;
import dev.rondo.settings.view.SecretView;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.util.List;
import java.util.Optional;

/** The page on which an owner sets the project's secrets. A value is never shown again. */
final class SecretPages {
    private static final String SECRETS = "/projects/{project}/building/secrets";

    private final ProjectSettings kept;
    private final Templates templates;

    SecretPages(ProjectSettings kept, Templates templates) {
        this.kept = kept;
        this.templates = templates;
    }

    void register(Routes routes) {
        routes.get(SECRETS, May.OWN, this::list);
        routes.post(SECRETS, May.OWN, this::put);
        routes.post(SECRETS + "/{name}/removal", May.OWN, this::remove);
    }

    private void list(Visit visit) {
        List<SecretView> secrets =
                kept
                        .spine()
                        .store()
                        .read(sql -> SecretStore.list(sql, visit.project().name(), ""))
                        .stream()
                        .map(one -> new SecretView(one.name(), one.by(), one.at()))
                        .toList();
        visit.page(
                Page.titled(visit.text("building.secrets")).menu("building.menu.secrets"),
                templates.secrets(visit, secrets));
    }

    private void put(Visit visit) {
        Optional<Refused> refused =
                kept.secrets()
                        .put(
                                visit.project().name(),
                                visit.param("name"),
                                visit.form("value").orElse(""),
                                visit.caller().account());
        if (refused.isPresent()) {
            visit.refuse(refused.get().refusal());
            return;
        }
        visit.notice("building.secret.kept");
        visit.redirect("/projects/" + visit.project().name() + "/building/secrets");
    }

    private void remove(Visit visit) {
        boolean gone =
                kept.secrets()
                        .remove(
                                visit.project().name(),
                                "",
                                visit.param("name"),
                                visit.caller().account());
        if (!gone) {
            throw visit.missing();
        }
        visit.notice("building.secret.removed");
        visit.redirect("/projects/" + visit.project().name() + "/building/secrets");
    }
}
