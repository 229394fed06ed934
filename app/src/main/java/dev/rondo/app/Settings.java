package dev.rondo.app;

import dev.rondo.sandbox.Sandbox;
import dev.rondo.store.Database;
import java.net.URI;
import java.nio.file.Path;

/**
 * How Rondo is to run: from flags, then the environment, then {@code rondo.toml}, then defaults.
 *
 * @param routerPort where the services that Rondo runs are reached; 0 takes a free one
 * @param stopInstances whether deployed services end when Rondo ends
 */
record Settings(
        Path data,
        String host,
        int port,
        int routerPort,
        URI publicUrl,
        Database database,
        Sandbox.Mode sandbox,
        boolean stopInstances) {}
