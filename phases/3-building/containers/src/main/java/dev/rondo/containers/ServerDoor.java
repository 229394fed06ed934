package dev.rondo.containers;

import dev.rondo.jobs.JobPlace;
import dev.rondo.jobs.Reach;
import dev.rondo.sandbox.Door;
import dev.rondo.sandbox.SandboxFailure;
import dev.rondo.sandbox.ServerDoors;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way of one job's containers to this server: a port on the gateway of their network, through
 * which only they may come.
 */
record ServerDoor(Door door, Reach reach) implements AutoCloseable {

    /** Without one the job goes on; its log says why. */
    static Optional<ServerDoor> open(
            Optional<ServerDoors> doors, Docker docker, String network, JobPlace place)
            throws InterruptedException {
        if (place.order().services().server().isEmpty() || doors.isEmpty()) {
            return Optional.empty();
        }
        Optional<Subnet> subnet = subnet(docker, network);
        if (subnet.isEmpty()) {
            return without(place, "the network has no gateway");
        }
        try {
            Door door = doors.get().open(subnet.get().gateway(), subnet.get()::container);
            int port = door.address().getPort();
            return Optional.of(
                    new ServerDoor(
                            door,
                            Reach.of(
                                    place.order(),
                                    "http://%s:%d"
                                            .formatted(
                                                    door.address().getAddress().getHostAddress(),
                                                    port),
                                    "http://%s:%d".formatted(ServerDoors.NAME, port))));
        } catch (SandboxFailure e) {
            return without(place, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<ServerDoor> without(JobPlace place, String why) {
        place.log()
                .warning(
                        "Containers of this job cannot call Rondo (artifacts, caches, the API): "
                                + why);
        return Optional.empty();
    }

    private static Optional<Subnet> subnet(Docker docker, String network)
            throws InterruptedException {
        String format = "{{range .IPAM.Config}}{{.Gateway}} {{.Subnet}}\n{{end}}";
        return docker.run("network", "inspect", "--format", format, network)
                .text()
                .lines()
                .flatMap(line -> Subnet.of(line.strip()).stream())
                .findFirst();
    }

    /** Words for {@code docker create}. */
    List<String> words() {
        return List.of(
                "--add-host",
                ServerDoors.NAME + ":" + door.address().getAddress().getHostAddress());
    }

    Map<String, String> variables(Map<String, String> all) {
        return reach.variables(all);
    }

    @Override
    public void close() {
        door.close();
    }
}
