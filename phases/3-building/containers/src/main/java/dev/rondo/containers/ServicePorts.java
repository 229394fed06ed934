package dev.rondo.containers;

import dev.rondo.actions.Value;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The ports of a job's services. They are the job's own: two jobs may want the same port, because
 * the engine publishes on a free port of the server's loopback interface and the sandbox leads the
 * wanted one there. Where nothing is walled in, the wanted port is the machine's.
 */
final class ServicePorts {
    private static final int FIRST = 32_768;
    private static final int LAST = 60_999;

    private final Where where;
    private final Random random = new Random();
    private final Map<Integer, InetSocketAddress> led = new TreeMap<>();
    private final Map<String, Map<String, Value>> said = new LinkedHashMap<>();

    /** Where the steps of the job run. */
    enum Where {
        CONTAINER,
        WALLED_HOST,
        OPEN_HOST
    }

    ServicePorts(Where where) {
        this.where = where;
    }

    /** By port of the job's localhost. */
    Map<Integer, InetSocketAddress> led() {
        return led;
    }

    /** {@code job.services.<id>.ports}. */
    Value said(String service) {
        return Value.of(said.getOrDefault(service, Map.of()));
    }

    /** Words for {@code docker create}. */
    List<String> words(List<PublishedPort> ports) {
        var words = new ArrayList<String>();
        for (PublishedPort port : ports) {
            String inside = port.container() + "/" + port.protocol();
            switch (where) {
                case CONTAINER -> words.addAll(List.of("--expose", inside));
                case WALLED_HOST -> words.addAll(List.of("-p", "127.0.0.1::" + inside));
                case OPEN_HOST ->
                        words.addAll(
                                List.of(
                                        "-p",
                                        "127.0.0.1:"
                                                + (port.host().isPresent()
                                                        ? port.host().getAsInt()
                                                        : "")
                                                + ":"
                                                + inside));
            }
        }
        return words;
    }

    /**
     * @param published {@code NetworkSettings.Ports} of the service that runs
     */
    void started(String service, List<PublishedPort> ports, String published) {
        JsonNode bound =
                where == Where.CONTAINER
                        ? JsonMapper.shared().createObjectNode()
                        : JsonMapper.shared().readTree(published);
        var context = new LinkedHashMap<String, Value>();
        for (PublishedPort port : ports) {
            int there =
                    bound.path(port.container() + "/" + port.protocol())
                            .path(0)
                            .path("HostPort")
                            .asInt(0);
            int seen = where == Where.OPEN_HOST ? there : port.host().orElseGet(this::free);
            if (where == Where.WALLED_HOST && port.protocol().equals("tcp") && there > 0) {
                var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), there);
                if (led.put(seen, address) != null) {
                    throw new IllegalStateException(
                            "Two services of the job want the port %d".formatted(seen));
                }
            }
            context.put(String.valueOf(port.container()), Value.of(String.valueOf(seen)));
        }
        said.put(service, context);
    }

    private int free() {
        int port = FIRST + random.nextInt(LAST - FIRST);
        while (led.containsKey(port)) {
            port = port == LAST ? FIRST : port + 1;
        }
        return port;
    }
}
