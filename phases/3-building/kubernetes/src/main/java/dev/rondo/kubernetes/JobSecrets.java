package dev.rondo.kubernetes;

import dev.rondo.actions.Container.Credentials;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What of one job has to stay secret, in secrets of its own: everybody who may read pods reads
 * their manifests. They belong to the Job and go with it.
 */
final class JobSecrets {
    private static final String HUB = "https://index.docker.io/v1/";

    private final JobName job;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Object> registries = new LinkedHashMap<>();

    JobSecrets(JobName job) {
        this.job = job;
    }

    /** The variables of one container, by reference. */
    List<EnvVar> env(Map<String, String> variables) {
        var env = new ArrayList<EnvVar>();
        variables.forEach((name, value) -> {
            String key = "value-" + values.size();
            values.put(key, value);
            env.add(
                    new EnvVarBuilder()
                            .withName(name)
                            .withNewValueFrom()
                            .withNewSecretKeyRef(key, job.name(), false)
                            .endValueFrom()
                            .build());
        });
        return env;
    }

    void registry(String image, Credentials credentials) {
        String both = credentials.username() + ":" + credentials.password();
        registries.put(
                registry(image),
                Map.of(
                        "username", credentials.username(),
                        "password", credentials.password(),
                        "auth",
                                Base64.getEncoder()
                                        .encodeToString(both.getBytes(StandardCharsets.UTF_8))));
    }

    /** The host in front of an image's name, as docker understands it. */
    static String registry(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
        return host ? first : HUB;
    }

    /** Names of those by which images are pulled. */
    List<String> pulling() {
        return registries.isEmpty() ? List.of() : List.of(job.name() + "-images");
    }

    List<Secret> all() {
        var all = new ArrayList<Secret>();
        if (!values.isEmpty()) {
            all.add(secret(job.name(), "Opaque", values));
        }
        for (String name : pulling()) {
            String config = JsonMapper.shared().writeValueAsString(Map.of("auths", registries));
            all.add(
                    secret(
                            name,
                            "kubernetes.io/dockerconfigjson",
                            Map.of(".dockerconfigjson", config)));
        }
        return all;
    }

    private Secret secret(String name, String type, Map<String, String> data) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(job.labels())
                .endMetadata()
                .withType(type)
                .withStringData(data)
                .build();
    }
}
