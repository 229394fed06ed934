package dev.rondo.app;

import dev.rondo.app.SettingsReader.Given;
import dev.rondo.kubernetes.KubernetesSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/** Reads the settings {@code kubernetes.…}: how jobs run in a cluster. */
final class KubernetesReader {
    private static final String IMAGE = "kubernetes.image";
    private static final List<String> NAMES =
            List.of(
                    IMAGE,
                    "kubernetes.kubeconfig",
                    "kubernetes.context",
                    "kubernetes.namespace",
                    "kubernetes.labels",
                    "kubernetes.jobs",
                    "kubernetes.address",
                    "kubernetes.cpu",
                    "kubernetes.memory",
                    "kubernetes.storage",
                    "kubernetes.request-cpu",
                    "kubernetes.request-memory",
                    "kubernetes.request-storage",
                    "kubernetes.nodes",
                    "kubernetes.user",
                    "kubernetes.account",
                    "kubernetes.pull-secrets",
                    "kubernetes.start");
    private static final String QUANTITY = "[0-9]+(\\.[0-9]+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?";
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?";
    private static final int JOBS = 10;
    private static final int START_SECONDS = 600;

    private final Function<String, Optional<Given>> find;
    private final Path workingDirectory;

    KubernetesReader(Function<String, Optional<Given>> find, Path workingDirectory) {
        this.find = find;
        this.workingDirectory = workingDirectory;
    }

    /** All names of settings, those of this reader among them. */
    static Set<String> with(String... others) {
        var names = new TreeSet<>(NAMES);
        names.addAll(Arrays.asList(others));
        return Set.copyOf(names);
    }

    /**
     * @param data names this Rondo among all that use the cluster
     */
    Optional<KubernetesSettings> read(Path data) {
        if (find.apply(IMAGE).isEmpty()) {
            for (String name : NAMES) {
                find.apply(name)
                        .ifPresent(given -> {
                            throw given.refused(
                                    "there is no kubernetes.image, in which jobs run that name no"
                                            + " container");
                        });
            }
            return Optional.empty();
        }
        byte[] place =
                data.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
        return Optional.of(
                new KubernetesSettings(
                        UUID.nameUUIDFromBytes(place).toString(),
                        access(),
                        pods(),
                        labels(),
                        number("kubernetes.jobs", JOBS),
                        find.apply("kubernetes.address").map(KubernetesReader::address)));
    }

    private KubernetesSettings.Access access() {
        return new KubernetesSettings.Access(
                find.apply("kubernetes.kubeconfig").map(this::file),
                text("kubernetes.context"),
                find.apply("kubernetes.namespace")
                        .map(given -> matching(given, "[a-z0-9]([a-z0-9-]*[a-z0-9])?"))
                        .orElse("default"));
    }

    private Path file(Given given) {
        Path file = workingDirectory.resolve(given.value()).normalize();
        if (!Files.isRegularFile(file)) {
            throw given.refused("there is no file " + given.value());
        }
        return file;
    }

    private KubernetesSettings.Pods pods() {
        return new KubernetesSettings.Pods(
                text(IMAGE).orElseThrow(),
                new KubernetesSettings.Resources(
                        quantities("kubernetes.request-"), quantities("kubernetes."), nodes()),
                find.apply("kubernetes.user")
                        .map(given -> Long.parseLong(matching(given, "[1-9][0-9]{0,8}"))),
                text("kubernetes.account"),
                words("kubernetes.pull-secrets"),
                Duration.ofSeconds(number("kubernetes.start", START_SECONDS)));
    }

    private Map<String, String> quantities(String prefix) {
        var quantities = new LinkedHashMap<String, String>();
        Map.of("cpu", "cpu", "memory", "memory", "storage", "ephemeral-storage")
                .forEach((name, resource) ->
                        find.apply(prefix + name)
                                .ifPresent(given ->
                                        quantities.put(resource, matching(given, QUANTITY))));
        return quantities;
    }

    private Map<String, String> nodes() {
        var nodes = new LinkedHashMap<String, String>();
        find.apply("kubernetes.nodes")
                .ifPresent(given -> {
                    for (String pair : split(given)) {
                        String[] parts = pair.split("=", -1);
                        if (parts.length != 2 || !parts[0].matches(LABEL)) {
                            throw given.refused("labels of nodes as name=value, not " + pair);
                        }
                        nodes.put(parts[0], parts[1]);
                    }
                });
        return nodes;
    }

    private List<String> labels() {
        var labels = words("kubernetes.labels");
        return labels.isEmpty() ? List.of("kubernetes") : labels;
    }

    private static URI address(Given given) {
        try {
            var address = URI.create(given.value().replaceFirst("/+$", ""));
            if (address.getHost() != null
                    && String.valueOf(address.getScheme()).matches("https?")
                    && address.getUserInfo() == null) {
                return address;
            }
        } catch (IllegalArgumentException malformed) {
            // told below
        }
        throw given.refused("an address such as http://10.0.0.5:8080, not " + given.value());
    }

    private int number(String name, int otherwise) {
        return find.apply(name)
                .map(given -> Integer.parseInt(matching(given, "[1-9][0-9]{0,5}")))
                .orElse(otherwise);
    }

    private static String matching(Given given, String form) {
        if (!given.value().matches(form)) {
            throw given.refused("must be like %s, not %s".formatted(form, given.value()));
        }
        return given.value();
    }

    private Optional<String> text(String name) {
        return find.apply(name).map(Given::value).filter(text -> !text.isBlank());
    }

    private List<String> words(String name) {
        return find.apply(name).map(KubernetesReader::split).orElse(List.of());
    }

    private static List<String> split(Given given) {
        return List.of(given.value().strip().split("[\\s,]+"));
    }
}
