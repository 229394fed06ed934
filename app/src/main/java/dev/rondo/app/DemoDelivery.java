package dev.rondo.app;

import java.time.Duration;
import java.util.Map;

/** What the demo does as the person who releases, and what it reads of the running service. */
final class DemoDelivery {

    private static final Duration DRAFTED = Duration.ofSeconds(60);
    private static final Duration PUBLISHED = Duration.ofSeconds(30);
    private static final Duration MEASURED = Duration.ofSeconds(40);

    private final DemoServer server;
    private final String project;

    DemoDelivery(DemoServer server, String project) {
        this.server = server;
        this.project = project;
    }

    /** Waits for the draft, approves it for production, publishes it. */
    void release(String version) {
        server.await(
                project, "release.drafted", one -> one.text("version").equals(version), DRAFTED);
        server.untilDone(() -> approveAndPublish(version));
        server.await(
                project,
                "release.published",
                one -> one.text("version").equals(version),
                PUBLISHED);
    }

    private void approveAndPublish(String version) {
        if (server.find(project, "release.approved", one -> one.text("version").equals(version))
                .isEmpty()) {
            var approved =
                    server.post(
                            api("/releases/" + version + "/approvals"),
                            Map.of("environment", "production", "comment", "Looks good."));
            require(approved, "approval of " + version);
        }
        if (server.find(project, "release.published", one -> one.text("version").equals(version))
                .isEmpty()) {
            require(
                    server.post(api("/releases/" + version + "/publication"), Map.of()),
                    "publication of " + version);
        }
    }

    /** Waits until monitoring has figures of the version, and says them in words. */
    String awaitMeasured(String version) {
        long until = System.nanoTime() + MEASURED.toNanos();
        var path = api("/monitoring/services/" + project + "/production");
        while (true) {
            var answer = server.get(path);
            for (var one : answer.json().path("versions")) {
                if (one.path("version").asString().equals(version)
                        && one.path("requestsPerSecond").asDouble() > 0) {
                    return "%.0f requests a second, %.1f %% errors, p95 %.0f ms"
                            .formatted(
                                    one.path("requestsPerSecond").asDouble(),
                                    one.path("errorRatio").asDouble() * 100,
                                    one.path("p95").asDouble() * 1000);
                }
            }
            if (System.nanoTime() > until) {
                throw new DemoProblem("nothing was measured of " + version + ": " + answer.body());
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new DemoProblem("interrupted");
            }
        }
    }

    private String api(String path) {
        return "/api/projects/" + project + path;
    }

    private static void require(DemoServer.Answer answer, String what) {
        if (!answer.good()) {
            throw new DemoProblem(what + ": " + answer.status() + " " + answer.body());
        }
    }
}
