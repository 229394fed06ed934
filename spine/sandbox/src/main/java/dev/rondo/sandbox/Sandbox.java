package dev.rondo.sandbox;

import dev.rondo.sandbox.RunFolder.Facts;
import dev.rondo.sandbox.RunFolder.Paths;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs programs that are not trusted. Order of calls: {@link #open}, {@link #probe} (refuse to
 * start Rondo when it does not work), {@link #sweep} once, with the handles that are still wanted;
 * then {@link #start}, {@link #launch} and {@link #adopt} from any thread. {@link #close} kills the
 * jobs and leaves the instances running.
 */
public final class Sandbox implements AutoCloseable {

    /** With walls, or plain processes under {@code --sandbox=off}. */
    public enum Mode {
        BUBBLEWRAP,
        OFF
    }

    private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);
    private static final Duration START_PATIENCE = Duration.ofSeconds(20);
    private static final int PORT_ATTEMPTS = 5;

    private final Path runs;
    private final Path script;
    private final Mode mode;
    private final Walls walls;
    private final GroupTree groups;
    private final Watch watch = new Watch();
    private final Set<Job> jobs = ConcurrentHashMap.newKeySet();
    private volatile Optional<ServerDoors> doors = Optional.empty();
    private volatile Optional<URI> published = Optional.empty();

    private Sandbox(Path runs, Path script, Mode mode, Walls walls, GroupTree groups) {
        this.runs = runs;
        this.script = script;
        this.mode = mode;
        this.walls = walls;
        this.groups = groups;
    }

    /**
     * @param data the server's data folder: hidden from every program (but for what is mounted from
     *     it); the sandbox keeps its own files in {@code <data>/sandbox}
     */
    public static Sandbox open(Path data, Mode mode) {
        return open(data, mode, GroupTree.find());
    }

    static Sandbox open(Path data, Mode mode, GroupTree groups) {
        var root = data.toAbsolutePath().normalize();
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
        try {
            var runs = Files.createDirectories(root.resolve("sandbox/runs"));
            var script = root.resolve("sandbox/launch.sh");
            Scripts.unpack("launch.sh", script);
            Scripts.unpack("relay.pl", root.resolve("sandbox/relay.pl"));
            Walls walls =
                    switch (mode) {
                        case OFF -> new Walls.Off(path);
                        case BUBBLEWRAP ->
                                new Walls.Bubblewrap(
                                        new Toolchains(path), List.of(root.toRealPath()));
                    };
            return new Sandbox(runs, script, mode, walls, groups);
        } catch (IOException e) {
            throw new SandboxFailure(
                    SandboxFailure.Category.IO, "cannot write below " + root + "/sandbox", e);
        }
    }

    /**
     * Leads programs of {@link Network#SERVED} to this address and to no other of the server's own.
     * It is asked for at each connection, since jobs may begin before the server listens.
     */
    public void serves(Supplier<InetSocketAddress> server) {
        var before = doors;
        doors = Optional.of(new ServerDoors(server));
        before.ifPresent(ServerDoors::close);
    }

    /** Where people reach the server: git inside is led from there to it, too. */
    public void published(URI url) {
        published = Optional.of(url);
    }

    /** The ways to the server for what has a network of its own; none before {@link #serves}. */
    public Optional<ServerDoors> doors() {
        return doors;
    }

    /**
     * Where programs of {@link Network#SERVED} reach the server, without a slash at the end; empty
     * where they reach it as everybody does, because nothing is walled in.
     */
    public Optional<URI> serverInside() {
        return mode == Mode.OFF
                ? Optional.empty()
                : Optional.of(URI.create("http://" + ServerDoors.NAME));
    }

    public Mode mode() {
        return mode;
    }

    /** One line for the console and the administrator's page. */
    public String describe() {
        return switch (mode) {
            case OFF -> "off: programs run as plain processes; " + groups.describe();
            case BUBBLEWRAP -> "bubblewrap, network by pasta or slirp4netns; " + groups.describe();
        };
    }

    /** Runs something behind the walls, without and with a network. */
    public Probe probe() {
        return new Probing(this).probe(groups.describe());
    }

    /**
     * Starts a job.
     *
     * @throws SandboxFailure when it could not be started; what fails later comes out of {@link
     *     Job#await}
     */
    public Job start(Program program, Output output) {
        return start(program, Map.of(), output);
    }

    /**
     * Starts a job that reaches some addresses at ports of its own loopback interface, although
     * they are the server's alone. With the sandbox off it reaches them as everybody does, at their
     * own ports.
     *
     * @param led by port inside
     */
    public Job start(Program program, Map<Integer, InetSocketAddress> led, Output output) {
        var doors = Doors.open(mode == Mode.OFF ? Map.of() : led);
        try {
            return start(program, doors, output);
        } catch (RuntimeException e) {
            doors.close();
            throw e;
        }
    }

    private Job start(Program program, Doors doors, Output output) {
        var launched = launched(program, new Outside(0, Optional.empty(), doors), output);
        var confined = launched.confined();
        var ending = new CompletableFuture<Ending>();
        var job = new Job(confined, ending);
        jobs.add(job);
        watch.add(confined);
        var pump = new Pump(launched.process(), output, program.limits().outputBytes());
        Thread.ofVirtual()
                .name("sandbox-job-" + job.id())
                .start(() -> {
                    try (doors) {
                        follow(job, launched, pump, ending);
                    }
                });
        return job;
    }

    private void follow(Job job, Launched launched, Pump pump, CompletableFuture<Ending> future) {
        var confined = launched.confined();
        try {
            launched.process().waitFor();
            confined.kill();
            pump.join();
            var ended = confined.ending();
            watch.remove(confined);
            var failure =
                    ended.isPresent()
                            ? Optional.<SandboxFailure>empty()
                            : Optional.of(confined.failure(pump.tail()));
            confined.clear();
            jobs.remove(job);
            failure.ifPresentOrElse(
                    future::completeExceptionally, () -> future.complete(ended.orElseThrow()));
        } catch (InterruptedException | RuntimeException e) {
            watch.remove(confined);
            jobs.remove(job);
            future.completeExceptionally(e);
        }
    }

    /**
     * Starts a service and returns when its process runs; whether it answers is for the caller to
     * find out.
     */
    public Instance launch(Service service) {
        if (service.program().network() == Network.NONE) {
            throw new IllegalArgumentException("a service needs a network to be called over");
        }
        for (int attempt = 1; ; attempt++) {
            var launched =
                    launched(
                            service.program(),
                            new Outside(freePort(), Optional.of(service), Doors.NONE),
                            NOWHERE);
            var confined = launched.confined();
            try {
                awaitUp(confined, service);
                return new Instance(confined, watch);
            } catch (IOException e) {
                if (!confined.running()) {
                    return new Instance(confined, watch);
                }
                confined.kill();
                confined.clear();
                if (attempt == PORT_ATTEMPTS) {
                    throw new SandboxFailure(
                            SandboxFailure.Category.SETUP, "no port for the service", e);
                }
            }
        }
    }

    private static final Output NOWHERE = Output.merged((buffer, offset, length) -> {});

    private void awaitUp(Confined confined, Service service) throws IOException {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (confined.folder().up().size() < 2) {
            boolean gone = !confined.running();
            if (gone || System.nanoTime() > deadline) {
                confined.kill();
                var said = ProcFiles.text(service.log());
                var failure =
                        confined.failure(said.substring(Math.max(0, said.length() - 2000)).trim());
                confined.clear();
                throw failure;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
        confined.forgetArguments();
        forward(confined);
    }

    private static void forward(Confined confined) throws IOException {
        var socket = confined.folder().file("slirp");
        if (confined.facts().walled() && Files.exists(socket)) {
            var slirp = new Slirp(socket);
            if (!slirp.forwards(confined.facts().port())) {
                slirp.forward(confined.facts().port());
            }
        }
    }

    /** Takes over an instance of a former run; empty when it does not live any more. */
    public Optional<Instance> adopt(Handle handle) {
        var folder = new RunFolder(runs.resolve(handle.id()));
        var facts = folder.facts();
        if (facts.isEmpty() || facts.get().job()) {
            return Optional.empty();
        }
        var confined = new Confined(folder, facts.get(), handle.pid(), handle.started());
        boolean same =
                confined.running() && ProcFiles.commandLine(handle.pid()).contains(handle.id());
        if (!same) {
            return Optional.empty();
        }
        try {
            forward(confined);
        } catch (IOException e) {
            LOG.warn("instance {} cannot be reached any more: {}", handle.id(), e.toString());
            confined.kill();
            confined.clear();
            return Optional.empty();
        }
        return Optional.of(new Instance(confined, watch));
    }

    /** Stops an instance that is not adopted; does nothing when it does not live. */
    public void stop(Handle handle, Duration grace) {
        adopt(handle).ifPresent(instance -> instance.stop(grace));
    }

    /**
     * Clears what former runs left: their jobs are killed, and every instance that is not wanted.
     *
     * @return ids of what was found alive and killed
     */
    public List<String> sweep(Set<Handle> wanted) {
        return new Sweep(runs).sweep(wanted);
    }

    @Override
    public void close() {
        jobs.forEach(Job::cancel);
        doors.ifPresent(ServerDoors::close);
        watch.close();
    }

    private record Launched(Confined confined, Process process) {}

    /** What of a program is seen from outside, and what it sees of outside. */
    private record Outside(int port, Optional<Service> service, Doors doors) {}

    private Launched launched(Program program, Outside outside, Output output) {
        program.requireMounts();
        var service = outside.service();
        int port = outside.port();
        var id = UUID.randomUUID().toString();
        var group = groups.create(id, program.limits());
        try {
            var folder = RunFolder.create(runs.resolve(id));
            var watched = new ArrayList<Path>();
            program.mounts().stream()
                    .filter(Mount::writable)
                    .forEach(mount -> watched.add(mount.outside()));
            var log = service.map(Service::log).orElse(Path.of("/dev/null")).toAbsolutePath();
            var facts =
                    new Facts(
                            service.isEmpty(),
                            mode != Mode.OFF,
                            port,
                            program.limits(),
                            List.copyOf(watched),
                            new Paths(group.folders(), log));
            folder.write(facts);
            outside.doors()
                    .write(
                            folder.file("door"),
                            doors.filter(own -> program.network() == Network.SERVED)
                                    .map(ServerDoors::doorway));
            var environment = walls.filledIn(program.environment(), folder);
            service.ifPresent(s -> environment.put(s.portVariable(), Integer.toString(port)));
            var guard = guard(program, folder, facts, environment);
            if (service.isPresent()) {
                Files.createDirectories(log.toAbsolutePath().getParent());
                guard.redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .redirectErrorStream(true);
            } else {
                guard.redirectErrorStream(output instanceof Output.Merged);
            }
            var process = guard.start();
            var started = ProcFiles.stat(process.pid()).started();
            return new Launched(new Confined(folder, facts, process.pid(), started), process);
        } catch (IOException e) {
            throw new SandboxFailure(
                    SandboxFailure.Category.SETUP, "cannot start " + program.command(), e);
        }
    }

    private ProcessBuilder guard(
            Program program, RunFolder folder, Facts facts, Map<String, String> environment)
            throws IOException {
        var command = new ArrayList<>(Scripts.hearing());
        command.addAll(List.of("setsid", "bash", script.toString()));
        command.addAll(List.of("rondo-sandbox:" + folder.id(), folder.path().toString()));
        command.add(facts.job() ? "job" : "service");
        command.add(walls.name());
        command.add(mode != Mode.OFF && program.network() != Network.NONE ? "connected" : "alone");
        command.add(Integer.toString(facts.port()));
        command.add(Integer.toString(facts.paths().groups().size()));
        facts.paths().groups().forEach(group -> command.add(group.toString()));
        if (program.network() == Network.SERVED && published.isPresent()) {
            Walls.leadGit(folder, published.get());
        }
        command.addAll(walls.around(program, folder, environment));
        var builder = new ProcessBuilder(command).directory(folder.path().toFile());
        var own = new TreeMap<>(walls.guardEnvironment(environment));
        own.putIfAbsent("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
        own.put(Confined.MARKER, folder.id());
        builder.environment().clear();
        builder.environment().putAll(own);
        return builder;
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new SandboxFailure(SandboxFailure.Category.IO, "no free port", e);
        }
    }
}
