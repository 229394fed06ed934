package dev.rondo.containers;

import dev.rondo.actions.Container;
import dev.rondo.actions.Value;
import dev.rondo.containers.Labels.JobName;
import dev.rondo.jobs.CommandWords;
import dev.rondo.jobs.InsideNames;
import dev.rondo.jobs.JobFolders;
import dev.rondo.jobs.JobPlace;
import dev.rondo.sandbox.ServerDoors;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one job has in the engine: a network, its services, its own container, its volumes. */
final class JobContainers {
    private static final Duration FIRST_WAIT = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final DockerEngine engine;
    private final Docker docker;
    private final JobPlace place;
    private final JobName job;
    private final Creation creation;
    private final Images images;
    private final InsideNames names;
    private final VolumeMounts mounts;
    private final ServicePorts ports;
    private final Map<String, Made> services = new LinkedHashMap<>();
    private Optional<Made> own = Optional.empty();
    private Optional<String> network = Optional.empty();
    private final Optional<ServerDoors> doors;
    private Optional<ServerDoor> door = Optional.empty();
    private final List<String> volumes = new ArrayList<>();

    /** A container that was made. */
    record Made(String name, String id, String image) {}

    /**
     * @param doors by which its containers reach this server
     */
    JobContainers(
            DockerEngine engine,
            JobPlace place,
            ServicePorts.Where where,
            Optional<ServerDoors> doors) {
        this.doors = doors;
        this.engine = engine;
        this.docker = engine.docker();
        this.place = place;
        this.job = new JobName(place.order().id());
        this.creation = new Creation(engine, place);
        this.images = new Images(docker, place.log()::line, place.cancelled());
        this.names = InsideNames.ofJob(place.folders(), place.order().project());
        this.mounts = new VolumeMounts(place.folders(), job, names, engine.settings().trusted());
        this.ports = new ServicePorts(where);
    }

    Images images() {
        return images;
    }

    Creation creation() {
        return creation;
    }

    InsideNames names() {
        return names;
    }

    Optional<Made> own() {
        return own;
    }

    Map<Integer, InetSocketAddress> led() {
        return ports.led();
    }

    /** Starts everything that the job wants and waits until its services are well. */
    void start() throws InterruptedException {
        log("##[group]Checking docker version");
        log("Docker daemon API version: " + engine.version());
        log("##[endgroup]");
        log("##[group]Create local container network");
        log(network());
        log("##[endgroup]");
        if (place.wanted().job().isPresent()) {
            own(place.wanted().job().get());
        }
        for (Map.Entry<String, Container> service : place.wanted().services().entrySet()) {
            service(service.getKey(), service.getValue());
        }
        if (!services.isEmpty()) {
            log("##[group]Waiting for all services to be ready");
            var unwell = new LinkedHashMap<String, Made>();
            for (Map.Entry<String, Made> service : services.entrySet()) {
                if (!healthy(service.getKey(), service.getValue())) {
                    unwell.put(service.getKey(), service.getValue());
                }
            }
            log("##[endgroup]");
            fail(unwell);
        }
    }

    /** The network of the job, which is made when it is first wanted. */
    String network() throws InterruptedException {
        if (network.isEmpty()) {
            String name = job.named("network");
            var words = new ArrayList<>(List.of("network", "create"));
            words.addAll(engine.labels().of(job));
            words.add(name);
            Docker.Said said = docker.run(words, Docker.How.quietly());
            if (!said.good()) {
                throw new IllegalStateException(
                        "Docker network create failed with exit code %d: %s"
                                .formatted(said.code(), said.last()));
            }
            network = Optional.of(name);
            door = ServerDoor.open(doors, docker, name, place);
        }
        return network.get();
    }

    /** Words for {@code docker create} of whatever calls this server. */
    List<String> reaching() throws InterruptedException {
        var words = new ArrayList<>(List.of("--network", network()));
        door.ifPresent(open -> words.addAll(open.words()));
        return words;
    }

    /** The variables of a step as its container sees them. */
    Map<String, String> inside(Map<String, String> variables, InsideNames seen) {
        var all = new LinkedHashMap<String, String>();
        variables.forEach((name, value) -> all.put(name, seen.inside(value)));
        return door.map(open -> open.variables(all)).orElse(all);
    }

    private void own(Container wish) throws InterruptedException {
        log("##[group]Starting job container");
        CreateOptions options = options(wish);
        var words = new ArrayList<>(reaching());
        JobFolders folders = place.folders();
        words.addAll(List.of("--workdir", names.inside(folders.work().toString())));
        for (Path folder :
                List.of(
                        folders.work(),
                        folders.temp(),
                        folders.home(),
                        folders.files(),
                        folders.actions())) {
            words.addAll(bind(folder.toString(), folder.toString(), ""));
            words.addAll(bind(folder.toString(), names.inside(folder.toString()), ""));
        }
        words.addAll(bind(folders.files().toString(), "/github/workflow", ""));
        words.addAll(bind(folders.control().toString(), folders.control().toString(), ""));
        words.addAll(bind(folders.steps().toString(), folders.steps().toString(), ":ro"));
        words.addAll(tools(folders));
        List<PublishedPort> wanted = new ArrayList<>();
        wish.ports().forEach(port -> wanted.addAll(PublishedPort.parse(port)));
        words.addAll(ports.words(wanted));
        words.addAll(options.words());
        words.addAll(List.of("--entrypoint", "tail"));
        var env = new LinkedHashMap<>(wish.env());
        env.put("HOME", names.inside(folders.home().toString()));
        own = Optional.of(made("job", words, env, List.of(wish.image(), "-f", "/dev/null")));
        start(own.get());
        log("##[endgroup]");
    }

    /** Those of the administrator are read; else the job has an empty folder of its own. */
    private List<String> tools(JobFolders folders) {
        if (folders.ownTools().isPresent()) {
            String tools = folders.tools().toString();
            return bind(tools, names.inside(tools), ":ro");
        }
        return bind(
                VolumeMounts.made(folders.root().resolve("tools")),
                names.inside(folders.tools().toString()),
                "");
    }

    private static List<String> bind(String outside, String inside, String mode) {
        return List.of("-v", outside + ":" + inside + mode);
    }

    private void service(String name, Container wish) throws InterruptedException {
        log("##[group]Starting " + name + " service container");
        CreateOptions options = options(wish);
        var words = new ArrayList<>(List.of("--network", network(), "--network-alias", name));
        List<PublishedPort> wanted = new ArrayList<>();
        wish.ports().forEach(port -> wanted.addAll(PublishedPort.parse(port)));
        wanted.addAll(options.ports());
        words.addAll(ports.words(wanted));
        words.addAll(options.words());
        wish.start().entrypoint().ifPresent(e -> words.addAll(List.of("--entrypoint", e)));
        var run = new ArrayList<>(List.of(wish.image()));
        wish.start().command().ifPresent(command -> run.addAll(CommandWords.split(command)));
        Made made = made(name, words, wish.env(), run);
        services.put(name, made);
        start(made);
        if (!inspect(made, "{{.State.Running}}").equals("true")) {
            logs(made);
            place.log().warning("Docker container " + made.id() + " is not in running state.");
        }
        ports.started(name, wanted, inspect(made, "{{json .NetworkSettings.Ports}}"));
        log("##[endgroup]");
    }

    private CreateOptions options(Container wish) throws InterruptedException {
        CreateOptions options = CreateOptions.read(wish.options(), engine.settings(), mounts);
        var words = new ArrayList<String>();
        for (String volume : wish.volumes()) {
            words.addAll(mounts.words(volume));
        }
        options.words().addAll(0, words);
        for (String volume : mounts.volumes()) {
            if (!volumes.contains(volume)) {
                var make = new ArrayList<>(List.of("volume", "create"));
                make.addAll(engine.labels().of(job));
                make.add(volume);
                docker.run(make, Docker.How.quietly());
                volumes.add(volume);
            }
        }
        images.pull(wish.image(), wish.start().credentials(), place.folders().root());
        return options;
    }

    private Made made(String what, List<String> options, Map<String, String> env, List<String> run)
            throws InterruptedException {
        String name = creation.create(new Creation.Wish(what, options, env, run));
        var made = new Made(name, inspect(name, "{{.Id}}"), run.getFirst());
        log(made.id());
        return made;
    }

    private void start(Made made) throws InterruptedException {
        Docker.Said said = docker.run("start", made.name());
        if (!said.good()) {
            logs(made);
            throw new IllegalStateException(
                    "Docker start fail with exit code %d: %s"
                            .formatted(said.code(), said.text().strip()));
        }
    }

    private boolean healthy(String service, Made made) throws InterruptedException {
        String state = health(made);
        Duration wait = FIRST_WAIT;
        while (state.equals("starting")) {
            log(service + " service is starting, waiting before checking again.");
            Thread.sleep(wait);
            if (place.cancelled().getAsBoolean()) {
                throw new IllegalStateException("The operation was canceled.");
            }
            Duration twice = wait.multipliedBy(2);
            wait = twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
            state = health(made);
        }
        if (state.equals("healthy")) {
            log(service + " service is healthy.");
        }
        return state.isEmpty() || state.equals("healthy");
    }

    private String health(Made made) throws InterruptedException {
        return inspect(made, "{{if .Config.Healthcheck}}{{print .State.Health.Status}}{{end}}");
    }

    private void fail(Map<String, Made> unwell) throws InterruptedException {
        for (Map.Entry<String, Made> service : unwell.entrySet()) {
            log("##[group]Service container " + service.getKey() + " failed.");
            logs(service.getValue());
            place.log().error("Failed to initialize container " + service.getValue().image());
            log("##[endgroup]");
        }
        if (!unwell.isEmpty()) {
            throw new IllegalStateException("One or more containers failed to start.");
        }
    }

    /** What the context {@code job} says. */
    Map<String, Value> facts() {
        var facts = new LinkedHashMap<String, Value>();
        Value net = Value.of(network.orElse(""));
        if (network.isPresent()) {
            var container = new LinkedHashMap<String, Value>();
            own.ifPresent(made -> container.put("id", Value.of(made.id())));
            container.put("network", net);
            facts.put("container", Value.of(container));
        }
        var all = new LinkedHashMap<String, Value>();
        services.forEach((name, made) ->
                all.put(
                        name,
                        Value.of(
                                Map.of(
                                        "id",
                                        Value.of(made.id()),
                                        "network",
                                        net,
                                        "ports",
                                        ports.said(name)))));
        if (!all.isEmpty()) {
            facts.put("services", Value.of(all));
        }
        return facts;
    }

    /** Takes everything away; what the services said stands in the log. */
    void end() throws InterruptedException {
        for (Made made : services.values()) {
            log("Print service container logs: " + made.name());
            logs(made);
            remove(made);
        }
        if (own.isPresent()) {
            remove(own.get());
        }
        door.ifPresent(ServerDoor::close);
        if (network.isPresent()) {
            log("Remove container network: " + network.get());
            warn("network rm", docker.run("network", "rm", network.get()));
        }
        for (String volume : volumes) {
            warn("volume rm", docker.run("volume", "rm", "-f", volume));
        }
        services.clear();
        own = Optional.empty();
        network = Optional.empty();
        volumes.clear();
    }

    private void remove(Made made) throws InterruptedException {
        log("Stop and remove container: " + made.name());
        warn("rm", docker.run("rm", "-f", "-v", made.name()));
    }

    private void warn(String what, Docker.Said said) {
        if (!said.good()) {
            place.log()
                    .warning(
                            "Docker %s fail with exit code %d: %s"
                                    .formatted(what, said.code(), said.last()));
        }
    }

    private void logs(Made made) throws InterruptedException {
        docker.run(
                List.of("logs", "--details", made.name()),
                new Docker.How(Docker.SHORT, () -> false, this::log));
    }

    private String inspect(Made made, String format) throws InterruptedException {
        return inspect(made.name(), format);
    }

    private String inspect(String name, String format) throws InterruptedException {
        return docker.run("inspect", "--format", format, name).last();
    }

    private void log(String line) {
        place.log().line(line);
    }
}
