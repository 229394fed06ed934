package dev.rondo.kubernetes;

import dev.rondo.actions.Container;
import dev.rondo.actions.Value;
import dev.rondo.jobs.InsideNames;
import dev.rondo.jobs.JobPlace;
import dev.rondo.jobs.Reach;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one job has in the cluster: a Job with its pod, and its secrets. */
final class JobPod implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobPod.class);
    private static final Pattern PORT =
            Pattern.compile("(?:.*:)?(?:(\\d+):)?(\\d+)(?:/(?:tcp|udp|sctp))?");

    /** A name below localhost: npm's clients refuse to work for a server with another. */
    private static final String KNOWN = "rondo.localhost";

    private final Cluster cluster;
    private final JobPlace place;
    private final JobName name;
    private final InsideNames names;
    private final PodWatch watch;
    private final Map<String, String> hosts;
    private String pod = "";
    private String network = "";

    JobPod(Cluster cluster, JobPlace place) {
        this.cluster = cluster;
        this.place = place;
        this.name = cluster.name(place.order().id());
        this.names = InsideNames.ofJob(place.folders(), place.order().project());
        this.hosts = hosts(place);
        this.watch = new PodWatch(cluster, name, place);
    }

    /** The address of this server by the name that is known, where no certificate is asked for. */
    private static Map<String, String> hosts(JobPlace place) {
        Optional<URI> server = place.order().services().server().map(URI::create);
        if (server.isEmpty() || !"http".equals(server.get().getScheme())) {
            return Map.of();
        }
        try {
            InetAddress address = InetAddress.getByName(server.get().getHost());
            return address.isLoopbackAddress() ? Map.of() : Map.of(KNOWN, address.getHostAddress());
        } catch (UnknownHostException e) {
            return Map.of();
        }
    }

    InsideNames names() {
        return names;
    }

    PodWatch watch() {
        return watch;
    }

    Remote remote() {
        return new Remote(cluster, pod);
    }

    /** How steps reach this server. */
    Optional<Reach> reach() {
        return place.order()
                .services()
                .server()
                .map(server -> {
                    if (hosts.isEmpty()) {
                        return Reach.of(place.order(), server, server);
                    }
                    int port = URI.create(server).getPort();
                    return Reach.of(
                            place.order(),
                            server,
                            "http://" + KNOWN + (port < 0 ? "" : ":" + port));
                });
    }

    /** Makes everything that the job wants and waits until it runs. */
    void start() throws InterruptedException {
        var plan = new PodPlan(name, place, cluster.settings().pods(), names);
        var job = plan.job(hosts);
        log("##[group]Starting the pod of the job");
        log("Job: " + name.name() + " in " + cluster.settings().access().namespace());
        log("Image: " + plan.image());
        plan.warnings().forEach(place.log()::warning);
        place.wanted()
                .services()
                .forEach((service, wish) -> {
                    log("Service: " + service + ", " + wish.image());
                    ports(service, wish);
                });
        cluster.create(job, plan.secrets().all());
        Pod running = watch.running();
        pod = running.getMetadata().getName();
        network = running.getStatus().getPodIP() == null ? "" : running.getStatus().getPodIP();
        log("Pod: " + pod + " on " + running.getSpec().getNodeName());
        log("##[endgroup]");
    }

    private void ports(String service, Container wish) {
        for (String written : wish.ports()) {
            Matcher port = PORT.matcher(written);
            if (!port.matches()) {
                throw new IllegalStateException(
                        "'%s' is no port: write container, host:container or ip:host:container"
                                .formatted(written));
            }
            String wanted = port.group(1);
            if (wanted != null && !wanted.equals(port.group(2))) {
                place.log()
                        .warning(
                                ("In a pod the service '%s' is at localhost:%s, not at %s: write"
                                                + " ${{ job.services.%s.ports['%s'] }}")
                                        .formatted(
                                                service,
                                                port.group(2),
                                                wanted,
                                                service,
                                                port.group(2)));
            }
        }
    }

    /** What the context {@code job} says. */
    Map<String, Value> facts() {
        var facts = new LinkedHashMap<String, Value>();
        if (place.wanted().job().isPresent()) {
            facts.put(
                    "container",
                    Value.texts(Map.of("id", pod + "/" + PodPlan.JOB, "network", network)));
        }
        var services = new LinkedHashMap<String, Value>();
        place.wanted()
                .services()
                .forEach((service, wish) -> {
                    var ports = new LinkedHashMap<String, String>();
                    for (String written : wish.ports()) {
                        Matcher port = PORT.matcher(written);
                        if (port.matches()) {
                            ports.put(port.group(2), port.group(2));
                        }
                    }
                    services.put(
                            service,
                            Value.of(
                                    Map.of(
                                            "id", Value.of(pod + "/" + PodPlan.service(service)),
                                            "network", Value.of(network),
                                            "ports", Value.texts(ports))));
                });
        if (!services.isEmpty()) {
            facts.put("services", Value.of(services));
        }
        return facts;
    }

    /** What the services said stands in the log. */
    void logs() {
        for (String service : place.wanted().services().keySet()) {
            String container = PodPlan.service(service);
            String there = watch.pod().map(one -> one.getMetadata().getName()).orElse("");
            if (there.isEmpty()) {
                return;
            }
            log("Print service container logs: " + container);
            try {
                cluster.logs(there, container).lines().forEach(this::log);
            } catch (IllegalStateException e) {
                place.log().warning(String.valueOf(e.getMessage()));
            }
        }
    }

    /** At once, whatever runs in it. */
    void end() {
        try {
            cluster.delete(name);
        } catch (IllegalStateException e) {
            LOG.warn("the Job {} is left until the next start: {}", name.name(), e.getMessage());
        }
    }

    @Override
    public void close() {
        end();
        watch.close();
    }

    private void log(String line) {
        place.log().line(line);
    }
}
