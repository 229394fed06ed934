package dev.rondo.kubernetes;

import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells those who watch a collection what changed in it, as an API server does. fabric8's server
 * does so too, but holds its lock meanwhile, so that its one thread may wait for itself.
 */
final class Watches {
    private static final Pattern COLLECTION =
            Pattern.compile("(/apis?/.*?/namespaces/[^/?]+/[a-z]+)(?:[/?].*)?");

    private final Function<String, String> list;
    private final Map<String, Map<String, JsonNode>> known = new HashMap<>();
    private final List<Session> sessions = new CopyOnWriteArrayList<>();

    /**
     * @param list a collection as JSON, by its path
     */
    Watches(Function<String, String> list) {
        this.list = list;
    }

    private static String collection(String path) {
        Matcher matcher = COLLECTION.matcher(path);
        return matcher.matches() ? matcher.group(1) : "";
    }

    private Map<String, JsonNode> read(String collection) {
        var now = new HashMap<String, JsonNode>();
        for (JsonNode item : JsonMapper.shared().readTree(list.apply(collection)).path("items")) {
            now.put(item.path("metadata").path("name").asString(), item);
        }
        return now;
    }

    /** A request may have changed what it names. */
    synchronized void changed(String path) {
        String collection = collection(path);
        if (collection.isEmpty()) {
            return;
        }
        Map<String, JsonNode> now = read(collection);
        Map<String, JsonNode> before = known.getOrDefault(collection, Map.of());
        known.put(collection, now);
        now.forEach((name, item) -> {
            JsonNode old = before.get(name);
            if (old == null) {
                tell(collection, "ADDED", item);
            } else if (!old.equals(item)) {
                tell(collection, "MODIFIED", item);
            }
        });
        before.forEach((name, item) -> {
            if (!now.containsKey(name)) {
                tell(collection, "DELETED", item);
            }
        });
    }

    private void tell(String collection, String type, JsonNode item) {
        sessions.stream()
                .filter(session -> session.collection.equals(collection))
                .forEach(session -> session.tell(type, item));
    }

    /** One who watches; hears of all that is there first. */
    WebSocketListener session(String path) {
        return new Session(path);
    }

    private final class Session extends WebSocketListener {
        private final String collection;
        private final Map<String, String> labels = new HashMap<>();
        private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();

        Session(String path) {
            this.collection = collection(path);
            String selector = path.replaceFirst(".*[?&]labelSelector=([^&]*).*", "$1");
            if (!selector.equals(path)) {
                for (String pair : URLDecoder.decode(selector, StandardCharsets.UTF_8).split(",")) {
                    labels.put(pair.split("=")[0], pair.split("=")[1]);
                }
            }
        }

        void tell(String type, JsonNode item) {
            JsonNode own = item.path("metadata").path("labels");
            if (labels.entrySet().stream()
                    .allMatch(label ->
                            label.getValue().equals(own.path(label.getKey()).asString("")))) {
                events.add("{\"type\":\"%s\",\"object\":%s}".formatted(type, item));
            }
        }

        @Override
        public void onOpen(WebSocket socket, Response response) {
            synchronized (Watches.this) {
                read(collection).values().forEach(item -> tell("ADDED", item));
                sessions.add(this);
            }
            Thread.ofVirtual()
                    .name("api-watch")
                    .start(() -> {
                        try {
                            for (String event = events.take();
                                    !event.isEmpty();
                                    event = events.take()) {
                                socket.send(event);
                            }
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    });
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            sessions.remove(this);
            events.add("");
        }
    }
}
