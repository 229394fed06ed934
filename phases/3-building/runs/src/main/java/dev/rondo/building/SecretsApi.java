package dev.rondo.building;

import dev.rondo.results.Results;
import dev.rondo.web.GithubRoutes;
import dev.rondo.web.May;
import dev.rondo.web.Refusal;
import dev.rondo.web.RestPage;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Secrets and variables of a project and of its environments as GitHub's REST interface has them. A
 * secret comes sealed ({@link SecretBox}) and never goes out again. As on the pages, this is for
 * owners; no job may.
 */
final class SecretsApi {
    private static final String ACTIONS = GithubRoutes.REPOSITORY + "/actions";
    private static final String ENVIRONMENT =
            GithubRoutes.REPOSITORY + "/environments/{environment}";

    private final Workshop shop;
    private final SecretBox box;

    SecretsApi(Workshop shop) {
        this.shop = shop;
        this.box = SecretBox.open(shop.data(), shop.spine().secrets());
    }

    record SecretJson(String encrypted_value, String key_id) {}

    record VariableJson(String name, String value) {}

    void register(Routes routes) {
        for (String root : List.of(ACTIONS, ENVIRONMENT)) {
            String secrets = root + "/secrets";
            routes.get(secrets, May.OWN, this::secrets);
            routes.get(
                    secrets + "/public-key",
                    May.OWN,
                    v -> v.json(Map.of("key_id", box.keyId(), "key", box.key())));
            routes.get(secrets + "/{name}", May.OWN, v -> v.json(json(secret(v))));
            routes.put(secrets + "/{name}", May.OWN, this::putSecret);
            routes.delete(secrets + "/{name}", May.OWN, this::removeSecret);
            String variables = root + "/variables";
            routes.get(variables, May.OWN, this::variables);
            routes.post(variables, May.OWN, this::addVariable);
            routes.get(variables + "/{name}", May.OWN, v -> v.json(json(variable(v))));
            routes.patch(variables + "/{name}", May.OWN, this::changeVariable);
            routes.delete(variables + "/{name}", May.OWN, this::removeVariable);
        }
    }

    /** As it is stored; empty for the project itself. */
    private String environment(Visit visit) {
        String title = visit.http().pathParamMap().getOrDefault("environment", "");
        return title.isEmpty()
                ? ""
                : shop.spine()
                        .store()
                        .read(sql -> EnvironmentStore.find(sql, visit.project().name(), title))
                        .map(Environment::name)
                        .orElseThrow(visit::missing);
    }

    private static String name(Visit visit) {
        return visit.http().pathParam("name").toUpperCase(Locale.ROOT);
    }

    private RestPage page(Visit visit) {
        return RestPage.of(visit, Results.server(shop.spine(), visit));
    }

    private List<SecretStore.Listed> listed(Visit visit) {
        String environment = environment(visit);
        return shop.spine()
                .store()
                .read(sql -> SecretStore.list(sql, visit.project().name(), environment));
    }

    private void secrets(Visit visit) {
        List<SecretStore.Listed> all = listed(visit);
        RestPage page = page(visit);
        page.answer(
                visit,
                all.size(),
                "secrets",
                page.cut(all).stream().map(SecretsApi::json).toList());
    }

    private SecretStore.Listed secret(Visit visit) {
        return listed(visit).stream()
                .filter(one -> one.name().equals(name(visit)))
                .findFirst()
                .orElseThrow(visit::missing);
    }

    /** When it was made is not kept: that is when it was set last. */
    private static Map<String, Object> json(SecretStore.Listed one) {
        String at = one.at().truncatedTo(ChronoUnit.SECONDS).toString();
        return Map.of("name", one.name(), "created_at", at, "updated_at", at);
    }

    private void putSecret(Visit visit) {
        SecretJson wanted = visit.body(SecretJson.class);
        String environment = environment(visit);
        if (!box.keyId().equals(Optional.ofNullable(wanted.key_id()).orElse(""))) {
            throw Refusal.of("building.secret.key").at("key_id").asException();
        }
        boolean known = listed(visit).stream().anyMatch(one -> one.name().equals(name(visit)));
        List<SecretStore.Refused> refused =
                shop.secrets()
                        .put(
                                visit.project().name(),
                                environment,
                                name(visit),
                                opened(Optional.ofNullable(wanted.encrypted_value()).orElse("")),
                                visit.caller().account());
        refused.forEach(SecretsApi::refuse);
        if (known) {
            visit.http().status(204);
        } else {
            visit.json(201, Map.of());
        }
    }

    private String opened(String encrypted) {
        try {
            return box.opened(Base64.getDecoder().decode(encrypted))
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                    .orElseThrow(SecretsApi::unreadable);
        } catch (IllegalArgumentException e) {
            throw unreadable();
        }
    }

    private static RuntimeException unreadable() {
        return Refusal.of("building.secret.sealed").at("encrypted_value").asException();
    }

    private static void refuse(SecretStore.Refused refused) {
        throw Refusal.of(refused.key(), refused.argument()).at(refused.field()).asException();
    }

    private void removeSecret(Visit visit) {
        boolean gone =
                shop.secrets()
                        .remove(
                                visit.project().name(),
                                environment(visit),
                                name(visit),
                                visit.caller().account());
        gone(visit, gone);
    }

    private static void gone(Visit visit, boolean gone) {
        if (!gone) {
            throw visit.missing();
        }
        visit.http().status(204);
    }

    private List<VariableStore.Listed> kept(Visit visit) {
        String environment = environment(visit);
        return shop.spine()
                .store()
                .read(sql -> VariableStore.list(sql, visit.project().name(), environment));
    }

    private void variables(Visit visit) {
        List<VariableStore.Listed> all = kept(visit);
        RestPage page = page(visit);
        page.answer(
                visit,
                all.size(),
                "variables",
                page.cut(all).stream().map(SecretsApi::json).toList());
    }

    private VariableStore.Listed variable(Visit visit) {
        return kept(visit).stream()
                .filter(one -> one.name().equals(name(visit)))
                .findFirst()
                .orElseThrow(visit::missing);
    }

    private static Map<String, Object> json(VariableStore.Listed one) {
        String at = one.at().truncatedTo(ChronoUnit.SECONDS).toString();
        return Map.of("name", one.name(), "value", one.value(), "created_at", at, "updated_at", at);
    }

    private void addVariable(Visit visit) {
        VariableJson wanted = visit.body(VariableJson.class);
        String name = Optional.ofNullable(wanted.name()).orElse("").toUpperCase(Locale.ROOT);
        if (kept(visit).stream().anyMatch(one -> one.name().equals(name))) {
            throw Refusal.of("building.variable.there", name).at("name").status(409).asException();
        }
        keep(visit, name, Optional.ofNullable(wanted.value()).orElse(""));
        visit.json(201, Map.of());
    }

    private void keep(Visit visit, String name, String value) {
        shop.variables()
                .put(
                        visit.project().name(),
                        environment(visit),
                        name,
                        value,
                        visit.caller().account())
                .ifPresent(SecretsApi::refuse);
    }

    /** Its value, its name, or both. */
    private void changeVariable(Visit visit) {
        VariableStore.Listed old = variable(visit);
        VariableJson wanted = visit.body(VariableJson.class);
        String name =
                Optional.ofNullable(wanted.name()).orElse(old.name()).toUpperCase(Locale.ROOT);
        keep(visit, name, Optional.ofNullable(wanted.value()).orElse(old.value()));
        if (!name.equals(old.name())) {
            removeVariable(visit);
        }
        visit.http().status(204);
    }

    private void removeVariable(Visit visit) {
        boolean gone =
                shop.variables()
                        .remove(
                                visit.project().name(),
                                environment(visit),
                                name(visit),
                                visit.caller().account());
        gone(visit, gone);
    }
}
