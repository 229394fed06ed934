package dev.rondo.settings;

import dev.rondo.web.May;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Secrets of a project and of its environments as GitHub's REST interface has them. A secret comes
 * sealed ({@link SecretBox}) and never goes out again.
 */
final class SecretsApi {
    private final ProjectSettings kept;
    private final KeptApi<SecretStore.Listed> secrets;
    private final SecretBox box;

    SecretsApi(ProjectSettings kept) {
        this.kept = kept;
        this.secrets = new KeptApi<>(kept, "secrets", SecretStore::list, one -> Map.of());
        this.box = SecretBox.open(kept.spine().data(), kept.spine().secrets());
    }

    record SecretJson(String encrypted_value, String key_id) {}

    void register(Routes routes) {
        for (String path : secrets.paths()) {
            routes.get(path, May.OWN, secrets::list);
            routes.get(
                    path + "/public-key",
                    May.OWN,
                    v -> v.json(Map.of("key_id", box.keyId(), "key", box.key())));
            routes.get(path + "/{name}", May.OWN, secrets::show);
            routes.put(path + "/{name}", May.OWN, this::put);
            routes.delete(path + "/{name}", May.OWN, this::remove);
        }
    }

    private void put(Visit visit) {
        SecretJson wanted = visit.body(SecretJson.class);
        String environment = secrets.environment(visit);
        String name = KeptApi.name(visit);
        if (!box.keyId().equals(Optional.ofNullable(wanted.key_id()).orElse(""))) {
            throw Refusal.of("building.secret.key").at("key_id").asException();
        }
        boolean known = secrets.all(visit).stream().anyMatch(one -> one.name().equals(name));
        Optional<Refused> refused =
                kept.secrets()
                        .put(
                                visit.project().name(),
                                environment,
                                name,
                                opened(Optional.ofNullable(wanted.encrypted_value()).orElse("")),
                                visit.caller().account());
        if (refused.isPresent()) {
            throw refused.get().refusal().asException();
        }
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

    private void remove(Visit visit) {
        KeptApi.removed(
                visit,
                kept.secrets()
                        .remove(
                                visit.project().name(),
                                secrets.environment(visit),
                                KeptApi.name(visit),
                                visit.caller().account()));
    }
}
