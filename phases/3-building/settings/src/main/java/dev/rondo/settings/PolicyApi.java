package dev.rondo.settings;

import dev.rondo.settings.ActionPolicy.Allowed;
import dev.rondo.web.GithubRoutes;
import dev.rondo.web.May;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which actions may be used, as GitHub's REST interface has it ("Permissions" of Actions). */
final class PolicyApi {
    private static final String PERMISSIONS = GithubRoutes.REPOSITORY + "/actions/permissions";
    private static final String SELECTED = PERMISSIONS + "/selected-actions";
    private static final String SCOPE = "administration";
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    private final ProjectSettings kept;
    private final SettingsChange change;

    PolicyApi(ProjectSettings kept, SettingsChange change) {
        this.kept = kept;
        this.change = change;
    }

    record PermissionsJson(
            @Nullable Boolean enabled,
            @Nullable String allowed_actions,
            @Nullable Boolean sha_pinning_required) {}

    record SelectedJson(
            @Nullable Boolean github_owned_allowed, @Nullable List<String> patterns_allowed) {}

    record WorkflowJson(@Nullable String default_workflow_permissions) {}

    void register(Routes routes) {
        routes.get(PERMISSIONS, May.OWN, this::show).scope(SCOPE);
        routes.put(PERMISSIONS, May.OWN, this::set).scope(SCOPE);
        routes.get(SELECTED, May.OWN, this::selected).scope(SCOPE);
        routes.put(SELECTED, May.OWN, this::select).scope(SCOPE);
        routes.get(PERMISSIONS + "/workflow", May.OWN, this::workflow).scope(SCOPE);
        routes.put(PERMISSIONS + "/workflow", May.OWN, this::setWorkflow).scope(SCOPE);
    }

    private ActionPolicy policy(Visit visit) {
        return kept.values().actions(visit.project().name());
    }

    private void show(Visit visit) {
        ActionPolicy policy = policy(visit);
        boolean enabled = kept.values().enabled(visit.project().name());
        var json = new LinkedHashMap<String, Object>();
        json.put("enabled", enabled);
        if (enabled) {
            json.put("allowed_actions", policy.allowed().word());
        }
        if (enabled && policy.allowed() == Allowed.SELECTED) {
            json.put(
                    "selected_actions_url",
                    kept.spine().publicUrl()
                            + SELECTED.replace("{project}", visit.project().name()));
        }
        json.put("sha_pinning_required", policy.pinned());
        visit.json(json);
    }

    private void set(Visit visit) {
        PermissionsJson wanted = visit.body(PermissionsJson.class);
        Boolean enabled = wanted.enabled();
        if (enabled == null) {
            visit.refuse(
                    Refusal.of("building.settings.actions.enabled.missing")
                            .at("enabled")
                            .status(UNPROCESSABLE));
            return;
        }
        ActionPolicy now = policy(visit);
        Optional<String> word = Optional.ofNullable(wanted.allowed_actions());
        Optional<Allowed> allowed = word.map(Allowed::of).orElse(Optional.of(now.allowed()));
        if (allowed.isEmpty()) {
            visit.refuse(
                    Refusal.of("building.settings.actions.word", word.orElse(""))
                            .at("allowed_actions")
                            .status(UNPROCESSABLE));
            return;
        }
        var values =
                SettingsChange.values(
                        new ActionPolicy(
                                allowed.get(),
                                now.githubOwned(),
                                now.patterns(),
                                Optional.ofNullable(wanted.sha_pinning_required())
                                        .orElse(now.pinned())));
        values.put(BuildingSettings.ENABLED, enabled ? "" : "false");
        put(visit, values);
    }

    private void put(Visit visit, Map<String, String> values) {
        change.put(visit, visit.project().name(), values);
        visit.http().status(204);
    }

    private boolean notSelected(Visit visit) {
        boolean other = policy(visit).allowed() != Allowed.SELECTED;
        if (other) {
            visit.refuse(Refusal.of("building.settings.actions.notselected").status(CONFLICT));
        }
        return other;
    }

    private void selected(Visit visit) {
        if (notSelected(visit)) {
            return;
        }
        ActionPolicy policy = policy(visit);
        visit.json(
                Map.of(
                        "github_owned_allowed",
                        policy.githubOwned(),
                        "verified_allowed",
                        false,
                        "patterns_allowed",
                        policy.patterns()));
    }

    private void select(Visit visit) {
        if (notSelected(visit)) {
            return;
        }
        SelectedJson wanted = visit.body(SelectedJson.class);
        ActionPolicy now = policy(visit);
        List<String> patterns =
                Optional.ofNullable(wanted.patterns_allowed()).orElse(now.patterns());
        Optional<Refusal> refusal = SettingsChange.refusal(patterns);
        if (refusal.isPresent()) {
            visit.refuse(refusal.get().at("patterns_allowed").status(UNPROCESSABLE));
            return;
        }
        put(
                visit,
                SettingsChange.values(
                        new ActionPolicy(
                                Allowed.SELECTED,
                                Optional.ofNullable(wanted.github_owned_allowed())
                                        .orElse(now.githubOwned()),
                                patterns,
                                now.pinned())));
    }

    private void workflow(Visit visit) {
        visit.json(
                Map.of(
                        "default_workflow_permissions",
                        kept.values()
                                .value(visit.project().name(), BuildingSettings.TOKEN)
                                .orElse("read"),
                        "can_approve_pull_request_reviews",
                        false));
    }

    private void setWorkflow(Visit visit) {
        String word =
                Optional.ofNullable(visit.body(WorkflowJson.class).default_workflow_permissions())
                        .orElse("read");
        if (!List.of("read", "write").contains(word)) {
            visit.refuse(
                    Refusal.of("building.settings.token.word", word)
                            .at("default_workflow_permissions")
                            .status(UNPROCESSABLE));
            return;
        }
        put(visit, Map.of(BuildingSettings.TOKEN, word.equals("write") ? "write" : ""));
    }
}
