package dev.rondo.kubernetes;

import dev.rondo.kits.machine.DockerDaemon;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cluster of one node: fabric8's server as the API, which keeps objects and tells of them; here
 * what makes pods of Jobs; a {@link Kubelet} that runs them; and {@code exec} and {@code log} as an
 * API server has them.
 */
final class MiniCluster implements AutoCloseable {
    private static final Pattern OF_A_POD =
            Pattern.compile("/api/v1/namespaces/[^/]+/pods/([^/]+)/(exec|log)(?:\\?(.*))?");

    /** It tells of each request; kept here, or the setting is forgotten. */
    private static final Logger TALK = Logger.getLogger("io.fabric8.mockwebserver");

    static {
        TALK.setLevel(Level.WARNING);
    }

    private final KubernetesMockServer server;
    private final NamespacedKubernetesClient api;
    private final Kubelet kubelet;
    private final AtomicInteger count = new AtomicInteger();
    private volatile Function<RecordedRequest, Optional<MockResponse>> refusal =
            request -> Optional.empty();
    private volatile Function<Pod, Optional<Pod>> instead = pod -> Optional.empty();

    MiniCluster(DockerDaemon docker, Path volumes) {
        this.server =
                new KubernetesMockServer(
                        new Context(), new MockWebServer(), new HashMap<>(), new Api(), false);
        server.init();
        this.api = server.createClient();
        this.kubelet = new Kubelet(api, docker, volumes);
        api.batch().v1().jobs().inform(handler(this::made, this::gone));
        api.pods().inform(handler(this::scheduled, kubelet::end));
    }

    /** Requests that are answered otherwise. */
    void refuse(Function<RecordedRequest, Optional<MockResponse>> wish) {
        refusal = wish;
    }

    /** Pods that come to nothing: with the status that they have instead. */
    void instead(Function<Pod, Optional<Pod>> status) {
        instead = status;
    }

    NamespacedKubernetesClient client() {
        return server.createClient();
    }

    NamespacedKubernetesClient api() {
        return api;
    }

    /** The API server. */
    private final class Api extends Dispatcher {
        private final KubernetesCrudDispatcher objects = new KubernetesCrudDispatcher();
        private final Watches watches =
                new Watches(path ->
                        new String(
                                objects.handleGet(path).getBody().getBytes(),
                                StandardCharsets.UTF_8));

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            try {
                return answer(request);
            } catch (RuntimeException e) {
                return new MockResponse().setResponseCode(500).setBody(String.valueOf(e));
            }
        }

        private MockResponse answer(RecordedRequest request) {
            Optional<MockResponse> refused = refusal.apply(request);
            if (refused.isPresent()) {
                return refused.get();
            }
            Matcher pod = OF_A_POD.matcher(request.getPath());
            if (request.getPath().contains("watch=true")) {
                return new MockResponse().withWebSocketUpgrade(watches.session(request.getPath()));
            }
            if (!pod.matches()) {
                MockResponse answer = objects.dispatch(request);
                if (!request.getMethod().equals("GET")) {
                    watches.changed(request.getPath());
                }
                return answer;
            }
            String query = Optional.ofNullable(pod.group(3)).orElse("");
            String container = words(query, "container").getFirst();
            if (pod.group(2).equals("log")) {
                return new MockResponse()
                        .setResponseCode(200)
                        .setBody(kubelet.logs(pod.group(1), container));
            }
            return new MockResponse()
                    .withWebSocketUpgrade(
                            new ExecSession(
                                    kubelet.exec(
                                            pod.group(1), container, words(query, "command"))));
        }

        private static List<String> words(String query, String name) {
            var words = new ArrayList<String>();
            for (String pair : query.split("&")) {
                if (pair.startsWith(name + "=")) {
                    words.add(
                            URLDecoder.decode(
                                    pair.substring(name.length() + 1), StandardCharsets.UTF_8));
                }
            }
            return words;
        }
    }

    private interface Told<T> {
        void of(T object);
    }

    private static <T> ResourceEventHandler<T> handler(Told<T> added, Told<T> deleted) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                Thread.ofVirtual().start(() -> added.of(object));
            }

            @Override
            public void onUpdate(T before, T now) {}

            @Override
            public void onDelete(T object, boolean unknown) {
                Thread.ofVirtual().start(() -> deleted.of(object));
            }
        };
    }

    private void made(Job job) {
        var template = job.getSpec().getTemplate();
        String name = job.getMetadata().getName();
        api.pods()
                .resource(
                        new PodBuilder()
                                .withNewMetadata()
                                .withName(name + "-" + count.incrementAndGet())
                                .withLabels(template.getMetadata().getLabels())
                                .addToLabels("batch.kubernetes.io/job-name", name)
                                .withOwnerReferences(
                                        new OwnerReferenceBuilder()
                                                .withKind("Job")
                                                .withName(name)
                                                .withUid(job.getMetadata().getUid())
                                                .build())
                                .endMetadata()
                                .withSpec(
                                        template.getSpec().toBuilder()
                                                .withNodeName("node-1")
                                                .build())
                                .build())
                .create();
    }

    private void gone(Job job) {
        api.pods().withLabel("batch.kubernetes.io/job-name", job.getMetadata().getName()).delete();
    }

    private void scheduled(Pod pod) {
        Optional<Pod> other = instead.apply(pod);
        if (other.isPresent()) {
            api.pods()
                    .withName(pod.getMetadata().getName())
                    .editStatus(now -> now.toBuilder().withStatus(other.get().getStatus()).build());
        } else {
            kubelet.start(pod);
        }
    }

    @Override
    public void close() {
        api.pods().list().getItems().forEach(kubelet::end);
        api.close();
        server.destroy();
    }
}
