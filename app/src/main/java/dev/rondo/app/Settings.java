package dev.rondo.app;

import dev.rondo.containers.ContainerUse;
import dev.rondo.engine.ActionSettings;
import dev.rondo.kubernetes.KubernetesSettings;
import dev.rondo.operating.MailServer;
import dev.rondo.results.Retention;
import dev.rondo.sandbox.Sandbox;
import dev.rondo.store.Database;
import dev.rondo.web.Reach;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How Rondo is to run: from flags, then the environment, then {@code rondo.toml}, then defaults.
 *
 * @param routerPort where the services that Rondo runs are reached; 0 takes a free one
 * @param containers whether jobs may use containers of the machine's engine
 * @param stopInstances whether deployed services end when Rondo ends
 * @param maxPushBytes the largest push of any project
 * @param actions where actions and tools of workflows come from beside Rondo's own projects
 * @param cluster how some jobs run in Kubernetes
 * @param keeps how long and how much any project keeps of its runs
 */
record Settings(
        Path data,
        String host,
        int port,
        int routerPort,
        URI publicUrl,
        Database database,
        Sandbox.Mode sandbox,
        ContainerUse containers,
        boolean stopInstances,
        Outward outward,
        long maxPushBytes,
        ActionSettings actions,
        Optional<KubernetesSettings> cluster,
        Retention keeps) {

    /** What Rondo may reach beyond its own machine. */
    record Outward(Reach webhooks, Optional<MailServer> mail) {}
}
