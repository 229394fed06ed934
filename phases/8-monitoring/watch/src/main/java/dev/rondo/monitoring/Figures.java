package dev.rondo.monitoring;

import dev.rondo.monitoring.metrics.Selector;

/** The figures that the router and the instances write, by name and labels. */
final class Figures {

    /** By project, service, environment, version, route and code (2xx, …). */
    static final String REQUESTS = "rondo_router_requests_total";

    /** A histogram by project, service, environment and version. */
    static final String SECONDS_BUCKET = "rondo_router_request_seconds_bucket";

    /** By project, service, environment, version and instance, as are the following. */
    static final String CPU = "rondo_instance_cpu_seconds_total";

    static final String MEMORY = "rondo_instance_memory_bytes";
    static final String UP = "rondo_instance_up";

    private Figures() {}

    /**
     * The series of one service; figures from before they bore a project belong to every project.
     */
    static Selector of(String figure, ServiceKey key) {
        return Selector.of(figure)
                .where("project", "", key.project())
                .where("service", key.service())
                .where("environment", key.environment());
    }

    static Selector of(String figure, ServiceKey key, String... versions) {
        return of(figure, key).where("version", versions);
    }

    /** Whether an answer counts against the version: the server's fault, not the client's. */
    static boolean isError(String code) {
        return code.startsWith("5");
    }
}
