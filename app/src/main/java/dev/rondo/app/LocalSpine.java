package dev.rondo.app;

import dev.rondo.access.Access;
import dev.rondo.git.GitSettings;
import dev.rondo.git.Repositories;
import dev.rondo.journal.Journal;
import dev.rondo.phase.Spine;
import dev.rondo.sandbox.Sandbox;
import dev.rondo.store.Blobs;
import dev.rondo.store.Database;
import dev.rondo.store.Secrets;
import dev.rondo.store.Store;
import dev.rondo.telemetry.ProcessTelemetry;
import dev.rondo.web.Routes;
import dev.rondo.web.Site;
import dev.rondo.web.Texts;
import dev.rondo.web.Web;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The spine of one run on the command line. Its server, which only the jobs of this run reach, is
 * started when the first of them asks: most never do.
 */
final class LocalSpine implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final String INSIDE = "rondo.localhost";

    private final Spine spine;
    private final Site site;
    private final int port;
    private Optional<Web> web = Optional.empty();

    private LocalSpine(Spine spine, Site site, int port) {
        this.spine = spine;
        this.site = site;
        this.port = port;
    }

    static LocalSpine open(LocalHome home, Sandbox.Mode mode) throws IOException {
        int port = freePort();
        var store =
                Store.open(
                        new Database.Sqlite(home.passing("store").resolve("rondo.db")),
                        List.of(
                                "dev/rondo/journal/db",
                                "dev/rondo/access/db",
                                "dev/rondo/building/db"));
        var journal = new Journal(store);
        var access = new Access(store, journal);
        var texts = Texts.of("access", "building", "results", "settings");
        var site = new Site(store, access, texts);
        var sandbox = Sandbox.open(home.root(), mode);
        if (home.lasts()) {
            sandbox.sweep(Set.of());
        }
        var spine =
                new Spine(
                        store,
                        journal,
                        new Blobs(home.lasting("blobs")),
                        Secrets.open(home.passing("store").resolve("secret.key")),
                        access,
                        new Repositories(
                                home.passing("repositories"),
                                GitSettings.in(home.passing("git-home"))),
                        sandbox,
                        new ProcessTelemetry(),
                        texts,
                        site.live(),
                        (project, subject) -> Optional.empty(),
                        home.lasting("building"),
                        server(mode, port));
        return new LocalSpine(spine, site, port);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        }
    }

    /** GitHub's clients take only names of this kind for GitHub's own. */
    private static URI server(Sandbox.Mode mode, int port) {
        if (mode == Sandbox.Mode.BUBBLEWRAP) {
            return URI.create("http://" + INSIDE);
        }
        String host;
        try {
            host = InetAddress.getByName(INSIDE).isLoopbackAddress() ? INSIDE : HOST;
        } catch (UnknownHostException e) {
            host = HOST;
        }
        return URI.create("http://" + host + ":" + port);
    }

    Spine spine() {
        return spine;
    }

    /** What the jobs of the run may ask for; without walls it listens at once. */
    void serves(Consumer<Routes> routes) {
        if (spine.sandbox().mode() == Sandbox.Mode.OFF) {
            listen(routes);
        } else {
            spine.sandbox().serves(() -> listen(routes));
        }
    }

    private synchronized InetSocketAddress listen(Consumer<Routes> routes) {
        if (web.isEmpty()) {
            web = Optional.of(new Web(site, routes).start(HOST, port));
        }
        return new InetSocketAddress(HOST, port);
    }

    @Override
    public synchronized void close() {
        web.ifPresent(Web::stop);
        spine.sandbox().close();
        spine.repositories().close();
        spine.store().close();
    }
}
