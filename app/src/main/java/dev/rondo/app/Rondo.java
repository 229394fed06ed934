package dev.rondo.app;

import dev.rondo.access.Access;
import dev.rondo.building.BuildingPhase;
import dev.rondo.coding.CodingPhase;
import dev.rondo.deploying.DeployingPhase;
import dev.rondo.deploying.RouterSettings;
import dev.rondo.git.GitSettings;
import dev.rondo.git.Repositories;
import dev.rondo.journal.Journal;
import dev.rondo.journal.Reaction;
import dev.rondo.journal.Reactor;
import dev.rondo.loop.Loop;
import dev.rondo.monitoring.MonitoringPhase;
import dev.rondo.operating.OperatingPhase;
import dev.rondo.phase.Phase;
import dev.rondo.phase.Spine;
import dev.rondo.planning.PlanningPhase;
import dev.rondo.releasing.ReleasingPhase;
import dev.rondo.sandbox.Handle;
import dev.rondo.sandbox.Sandbox;
import dev.rondo.store.Blobs;
import dev.rondo.store.DataDirectory;
import dev.rondo.store.Secrets;
import dev.rondo.store.Store;
import dev.rondo.telemetry.ProcessTelemetry;
import dev.rondo.testing.TestingPhase;
import dev.rondo.web.Outgoing;
import dev.rondo.web.Routes;
import dev.rondo.web.Site;
import dev.rondo.web.Texts;
import dev.rondo.web.Visit;
import dev.rondo.web.Web;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole program, wired: the spine, the eight phases in their order, the loop, the web. Order of
 * calls: {@link #open}, {@link #start}, {@link #close}.
 */
final class Rondo implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rondo.class);

    static final List<String> PHASES =
            List.of(
                    "planning",
                    "coding",
                    "building",
                    "testing",
                    "releasing",
                    "deploying",
                    "operating",
                    "monitoring");

    /** Modules of phases that have texts of their own. */
    static final List<String> PARTS = List.of("results", "settings");

    private final Settings settings;
    private final DataDirectory data;
    private final Store store;
    private final Repositories repositories;
    private final Sandbox sandbox;
    private final Access access;
    private final Reactor reactor;
    private final List<Phase> phases;
    private final Outgoing outgoing;
    private final Loop loop;
    private final LiveTail liveTail;
    private final Web web;
    private volatile boolean ready;

    private Rondo(Settings settings, DataDirectory data, Store store, Sandbox sandbox) {
        this.settings = settings;
        this.data = data;
        this.store = store;
        this.sandbox = sandbox;
        var journal = new Journal(store);
        var telemetry = new ProcessTelemetry();
        var texts =
                Texts.of(
                        modules(Stream.concat(Stream.of("access", "app"), PARTS.stream()), "loop"));
        this.access = new Access(store, journal);
        this.repositories =
                new Repositories(
                        data.folder("repositories"),
                        GitSettings.in(data.folder("git-home"))
                                .withMaxPushBytes(settings.maxPushBytes()));
        var site = new Site(store, access, texts).telemetry(telemetry).ready(() -> ready);
        var links = new PhaseLinks();
        var spine =
                new Spine(
                        store,
                        journal,
                        new Blobs(data.folder("blobs")),
                        Secrets.open(data.root().resolve("secret.key")),
                        access,
                        repositories,
                        sandbox,
                        telemetry,
                        texts,
                        site.live(),
                        links,
                        data.root(),
                        settings.publicUrl());
        this.outgoing = new Outgoing(settings.outward().webhooks());
        this.phases = phases(of -> spine.withData(data.folder(of)), settings, outgoing);
        links.are(phases);
        this.reactor = new Reactor(store, journal);
        this.loop = new Loop(spine, phases, reactor, outgoing);
        this.liveTail = new LiveTail(store, journal, site.live());
        furnish(site, links);
        this.web = new Web(site, this::routes);
    }

    /** Where one sees the eight phases, and what each is given beyond the spine. */
    private static List<Phase> phases(SpineOf spine, Settings settings, Outgoing outgoing) {
        var testing = new TestingPhase(spine.of("testing"));
        var deploying =
                new DeployingPhase(
                        spine.of("deploying"),
                        new RouterSettings(settings.host(), settings.routerPort(), false));
        deploying.stopsInstances(settings.stopInstances());
        var coding = new CodingPhase(spine.of("coding"));
        var planning = new PlanningPhase(spine.of("planning"));
        return List.of(
                planning,
                coding,
                new BuildingPhase(
                        spine.of("building"),
                        testing,
                        planning,
                        coding,
                        new BuildingPhase.Choices(
                                settings.containers(),
                                settings.actions(),
                                settings.cluster(),
                                settings.keeps())),
                testing,
                new ReleasingPhase(spine.of("releasing")),
                deploying,
                new OperatingPhase(spine.of("operating"), outgoing, settings.outward().mail()),
                new MonitoringPhase(spine.of("monitoring")));
    }

    private interface SpineOf {
        Spine of(String phase);
    }

    /**
     * Asks for the ports, takes the data directory, brings the schema up to date, checks the
     * sandbox.
     *
     * @throws dev.rondo.store.StoreFailure when one of them is not to be had; nothing is changed
     */
    static Rondo open(Settings settings) {
        Listening.requireFree(settings);
        var data = DataDirectory.open(settings.data());
        Store store = null;
        try {
            var sandbox = Sandbox.open(data.root(), settings.sandbox());
            requireWalls(sandbox);
            store = Store.open(settings.database(), migrations());
            return new Rondo(settings, data, store, sandbox);
        } catch (RuntimeException failed) {
            if (store != null) {
                store.close();
            }
            data.close();
            throw failed;
        }
    }

    private static void requireWalls(Sandbox sandbox) {
        if (sandbox.mode() == Sandbox.Mode.OFF) {
            return;
        }
        var probe = sandbox.probe();
        if (!probe.works()) {
            throw new UsageProblem(
                    "programs cannot be walled in here: "
                            + String.join("; ", probe.problems())
                            + ". Install what is missing (apt-get install bubblewrap slirp4netns"
                            + " passt), or start with --sandbox=off if all code is trusted.");
        }
    }

    static List<String> migrations() {
        return modules(Stream.of("journal", "access"), "loop").stream()
                .map(module -> "dev/rondo/" + module + "/db")
                .toList();
    }

    private static List<String> modules(Stream<String> before, String after) {
        return Stream.of(before, PHASES.stream(), Stream.of(after))
                .flatMap(UnaryOperator.identity())
                .toList();
    }

    private void furnish(Site site, PhaseLinks links) {
        site.links(links).menu(loop.menu()).banner(this::banner);
        for (var phase : phases) {
            site.menu(phase.menu()).panels(phase.panels()).palette(phase.palette());
        }
    }

    private Optional<String> banner(Visit visit) {
        return sandbox.mode() == Sandbox.Mode.OFF && visit.caller().admin()
                ? Optional.of(visit.text("app.sandbox.off"))
                : Optional.empty();
    }

    private void routes(Routes routes) {
        phases.forEach(phase -> phase.routes(routes));
        loop.routes(routes);
    }

    void start() {
        sandbox.serves(this::address);
        sandbox.published(settings.publicUrl());
        sandbox.sweep(wantedInstances());
        phases.forEach(Phase::start);
        loop.start();
        var reactions = new ArrayList<Reaction>();
        phases.forEach(phase -> reactions.addAll(phase.reactions()));
        reactions.addAll(loop.reactions());
        reactor.start(reactions);
        liveTail.start();
        web.start(settings.host(), settings.port());
        ready = true;
    }

    /** What a former run left and nobody wants any more is ended by the sandbox. */
    private Set<Handle> wantedInstances() {
        return phases.stream()
                .filter(DeployingPhase.class::isInstance)
                .map(phase -> ((DeployingPhase) phase).wantedInstances())
                .findFirst()
                .orElse(Set.of());
    }

    /** Where programs of this machine reach the server. */
    private InetSocketAddress address() {
        var bound = new InetSocketAddress(settings.host(), web.port());
        return bound.getAddress() != null && bound.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), web.port())
                : bound;
    }

    int port() {
        return web.port();
    }

    Access access() {
        return access;
    }

    Store store() {
        return store;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    /** Where the first account is made, if there is none yet. */
    Optional<URI> setupLink() {
        return access.setupSecret()
                .map(secret -> URI.create(settings.publicUrl() + "/setup?secret=" + secret));
    }

    /**
     * Ends in the opposite order: no new requests, running jobs get their time, the router drains.
     */
    @Override
    public void close() {
        ready = false;
        Stream.<AutoCloseable>concat(
                        Stream.of(web::stop),
                        phases.reversed().stream().map(phase -> (AutoCloseable) phase::stop))
                .forEach(Rondo::end);
        Stream.<AutoCloseable>of(
                        loop::stop, liveTail, reactor, outgoing, sandbox, repositories, store, data)
                .forEach(Rondo::end);
    }

    /** One part that does not end properly must not keep the next from it. */
    private static void end(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failed) {
            LOG.warn("something did not end properly", failed);
        }
    }
}
