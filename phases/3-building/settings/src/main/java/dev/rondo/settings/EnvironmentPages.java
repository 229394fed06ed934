package dev.rondo.settings;

import dev.rondo.access.Accounts;
import dev.rondo.settings.pages.Templates;
import dev.rondo.settings.view.EnvironmentView;
import dev.rondo.settings.view.SecretView;
import dev.rondo.settings.view.VariableView;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Environments and variables of a project, set by its owners. A name of an environment may hold
 * slashes, so it stands in the query and in forms, never in a path.
 */
final class EnvironmentPages {
    private static final String BUILDING = "/projects/{project}/building";
    private static final String ENVIRONMENTS = BUILDING + "/environments";
    private static final String VARIABLES = BUILDING + "/variables";
    private static final String SECRETS = ENVIRONMENTS + "/secrets";

    private final ProjectSettings kept;
    private final Templates templates;

    EnvironmentPages(ProjectSettings kept, Templates templates) {
        this.kept = kept;
        this.templates = templates;
    }

    void register(Routes routes) {
        routes.get(ENVIRONMENTS, May.OWN, this::list);
        routes.post(ENVIRONMENTS, May.OWN, this::create);
        routes.post(ENVIRONMENTS + "/rules", May.OWN, this::save);
        routes.post(ENVIRONMENTS + "/removal", May.OWN, this::remove);
        routes.post(SECRETS, May.OWN, this::putSecret);
        routes.post(SECRETS + "/{name}/removal", May.OWN, this::removeSecret);
        routes.get(VARIABLES, May.OWN, this::variables);
        routes.post(VARIABLES, May.OWN, this::putVariable);
        routes.post(VARIABLES + "/{name}/removal", May.OWN, this::removeVariable);
    }

    static String path(String project, String environment) {
        return "/projects/"
                + project
                + "/building/environments"
                + (environment.isEmpty()
                        ? ""
                        : "?name=" + URLEncoder.encode(environment, StandardCharsets.UTF_8));
    }

    private static String project(Visit visit) {
        return visit.project().name();
    }

    private void list(Visit visit) {
        Optional<String> wanted = visit.query("name");
        if (wanted.isPresent()) {
            show(visit, wanted.get());
            return;
        }
        List<EnvironmentView> all =
                kept.spine()
                        .store()
                        .read(sql ->
                                EnvironmentStore.list(sql, project(visit)).stream()
                                        .map(one -> view(sql, project(visit), one))
                                        .toList());
        visit.page(
                Page.titled(visit.text("building.environments")).menu("building.menu.environments"),
                templates.environments(visit, all));
    }

    private void show(Visit visit, String name) {
        EnvironmentView view =
                kept.spine()
                        .store()
                        .read(sql ->
                                EnvironmentStore.find(sql, project(visit), name)
                                        .map(one -> view(sql, project(visit), one)))
                        .orElseThrow(visit::missing);
        visit.page(
                Page.titled(view.title())
                        .trail(visit.text("building.environments"), path(project(visit), ""))
                        .menu("building.menu.environments"),
                templates.environment(visit, view));
    }

    private static EnvironmentView view(Handle sql, String project, Environment one) {
        return new EnvironmentView(
                one.name(),
                one.title(),
                one.reviewers(),
                one.noSelf(),
                one.bypass(),
                one.waitMinutes(),
                one.refs(),
                SecretStore.list(sql, project, one.name()).stream()
                        .map(s -> new SecretView(s.name(), s.by(), s.at()))
                        .toList(),
                variables(sql, project, one.name()));
    }

    private static List<VariableView> variables(Handle sql, String project, String environment) {
        return VariableStore.list(sql, project, environment).stream()
                .map(v -> new VariableView(v.name(), v.value(), v.by(), v.at()))
                .toList();
    }

    private void create(Visit visit) {
        String name = visit.param("name").strip();
        if (name.isEmpty()
                || name.length() > 255
                || name.matches("(?s).*[\\p{Cntrl}'\"`,;\\\\].*")) {
            visit.refuse(Refusal.of("building.environment.name", name).at("name"));
            return;
        }
        List<Environment> there =
                kept.spine().store().read(sql -> EnvironmentStore.list(sql, project(visit)));
        if (there.size() >= Limits.ENVIRONMENTS_OF_A_PROJECT) {
            visit.refuse(
                    Refusal.of("building.environment.many", Limits.ENVIRONMENTS_OF_A_PROJECT)
                            .at("name"));
            return;
        }
        if (!kept.environments().create(project(visit), name, visit.caller().account())) {
            visit.refuse(Refusal.of("building.environment.taken", name).at("name"));
            return;
        }
        visit.notice("building.environment.made", name);
        visit.redirect(path(project(visit), EnvironmentStore.folded(name)));
    }

    /** The environment that a form is about. */
    private Environment environment(Visit visit) {
        return kept.spine()
                .store()
                .read(sql -> EnvironmentStore.find(sql, project(visit), visit.param("environment")))
                .orElseThrow(visit::missing);
    }

    private void save(Visit visit) {
        Environment old = environment(visit);
        List<String> reviewers = words(visit.param("reviewers"), "[\\s,]+");
        List<String> refs = words(visit.param("refs"), "\\R");
        long minutes = visit.form("minutes").isEmpty() ? 0 : visit.number("minutes");
        Optional<Refusal> refusal = refusal(reviewers, refs, minutes).or(() -> unknown(reviewers));
        if (refusal.isPresent()) {
            visit.refuse(refusal.get());
            return;
        }
        kept.environments()
                .save(
                        project(visit),
                        new Environment(
                                old.name(),
                                old.title(),
                                reviewers,
                                visit.param("noSelf").equals("true"),
                                visit.param("bypass").equals("true"),
                                (int) minutes,
                                refs),
                        visit.caller().account());
        visit.notice("building.environment.saved", old.title());
        visit.redirect(path(project(visit), old.name()));
    }

    private static List<String> words(String text, String border) {
        return List.of(text.split(border)).stream()
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    private static Optional<Refusal> refusal(
            List<String> reviewers, List<String> refs, long minutes) {
        if (reviewers.size() > Environment.MOST_REVIEWERS) {
            return Optional.of(
                    Refusal.of("building.environment.reviewers", Environment.MOST_REVIEWERS)
                            .at("reviewers"));
        }
        if (minutes < 0 || minutes > Environment.MOST_MINUTES) {
            return Optional.of(
                    Refusal.of("building.environment.minutes", Environment.MOST_MINUTES)
                            .at("minutes"));
        }
        if (refs.size() > Limits.PATTERNS_OF_AN_ENVIRONMENT
                || refs.stream().anyMatch(ref -> ref.length() > 255)) {
            return Optional.of(
                    Refusal.of("building.environment.refs", Limits.PATTERNS_OF_AN_ENVIRONMENT)
                            .at("refs"));
        }
        return Optional.empty();
    }

    private Optional<Refusal> unknown(List<String> reviewers) {
        return kept.spine()
                .store()
                .read(sql ->
                        reviewers.stream()
                                .filter(name -> Accounts.find(sql, name).isEmpty())
                                .findFirst())
                .map(name -> Refusal.of("access.account.unknown", name).at("reviewers"));
    }

    private void remove(Visit visit) {
        Environment old = environment(visit);
        kept.environments().remove(project(visit), old.name(), visit.caller().account());
        visit.notice("building.environment.removed", old.title());
        visit.redirect(path(project(visit), ""));
    }

    private void putSecret(Visit visit) {
        Environment environment = environment(visit);
        Optional<Refused> refused =
                kept.secrets()
                        .put(
                                project(visit),
                                environment.name(),
                                visit.param("name"),
                                visit.form("value").orElse(""),
                                visit.caller().account());
        if (refused.isPresent()) {
            visit.refuse(refused.get().refusal());
            return;
        }
        visit.notice("building.secret.kept");
        visit.redirect(path(project(visit), environment.name()));
    }

    private void removeSecret(Visit visit) {
        Environment environment = environment(visit);
        if (!kept.secrets()
                .remove(
                        project(visit),
                        environment.name(),
                        visit.param("name"),
                        visit.caller().account())) {
            throw visit.missing();
        }
        visit.notice("building.secret.removed");
        visit.redirect(path(project(visit), environment.name()));
    }

    private void variables(Visit visit) {
        List<VariableView> all =
                kept.spine().store().read(sql -> variables(sql, project(visit), ""));
        visit.page(
                Page.titled(visit.text("building.variables")).menu("building.menu.variables"),
                templates.variables(visit, all));
    }

    /** Of the project, or where one is named of an environment. */
    private String scope(Visit visit) {
        return visit.param("environment").isEmpty() ? "" : environment(visit).name();
    }

    private static String back(Visit visit, String environment) {
        return environment.isEmpty()
                ? "/projects/" + project(visit) + "/building/variables"
                : path(project(visit), environment);
    }

    private void putVariable(Visit visit) {
        String environment = scope(visit);
        Optional<Refused> refused =
                kept.variables()
                        .put(
                                project(visit),
                                environment,
                                visit.param("name"),
                                visit.form("value").orElse(""),
                                visit.caller().account());
        if (refused.isPresent()) {
            visit.refuse(refused.get().refusal());
            return;
        }
        visit.notice("building.variable.kept");
        visit.redirect(back(visit, environment));
    }

    private void removeVariable(Visit visit) {
        String environment = scope(visit);
        if (!kept.variables()
                .remove(
                        project(visit),
                        environment,
                        visit.param("name"),
                        visit.caller().account())) {
            throw visit.missing();
        }
        visit.notice("building.variable.removed");
        visit.redirect(back(visit, environment));
    }
}
