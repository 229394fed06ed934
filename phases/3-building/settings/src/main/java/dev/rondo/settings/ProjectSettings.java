package dev.rondo.settings;

import dev.rondo.phase.Spine;
import dev.rondo.settings.pages.DynamicTemplates;
import dev.rondo.settings.pages.StaticTemplates;
import dev.rondo.settings.pages.Templates;
import dev.rondo.web.May;
import dev.rondo.web.MenuEntry;
import dev.rondo.web.Reload;
import dev.rondo.web.Routes;
import java.util.List;

/**
 * What projects keep for their jobs, and where people and programs set it. The stores are there
 * from the beginning; {@link #routes} is called once, or never where nobody sets anything.
 */
public final class ProjectSettings {
    private final Spine spine;
    private final SecretStore secrets;
    private final VariableStore variables;
    private final EnvironmentStore environments;
    private final BuildingSettings values;

    /** With so many places for jobs where nothing else is set. */
    public ProjectSettings(Spine spine, int places) {
        this.spine = spine;
        this.secrets = new SecretStore(spine);
        this.variables = new VariableStore(spine);
        this.environments = new EnvironmentStore(spine);
        this.values = new BuildingSettings(spine.store(), places);
    }

    Spine spine() {
        return spine;
    }

    public SecretStore secrets() {
        return secrets;
    }

    public VariableStore variables() {
        return variables;
    }

    public EnvironmentStore environments() {
        return environments;
    }

    public BuildingSettings values() {
        return values;
    }

    /** {@code changed} is called after values were set. */
    public void routes(Routes routes, Runnable changed) {
        Templates templates =
                Reload.templates(
                        "phases/3-building/settings", StaticTemplates::new, DynamicTemplates::new);
        var change = new SettingsChange(this, changed);
        new SecretPages(this, templates).register(routes);
        new EnvironmentPages(this, templates).register(routes);
        new SettingsPages(this, change, templates).register(routes);
        new SecretsApi(this).register(routes);
        new VariablesApi(this).register(routes);
        new PolicyApi(this, change).register(routes);
    }

    public List<MenuEntry> menu() {
        return List.of(
                owners("building.menu.secrets", "secrets", 20),
                owners("building.menu.variables", "variables", 30),
                owners("building.menu.environments", "environments", 40),
                owners("building.menu.settings", "settings", 50));
    }

    private static MenuEntry owners(String key, String page, int place) {
        return new MenuEntry(
                "building", 3, key, "/projects/{project}/building/" + page, place, May.OWN);
    }
}
