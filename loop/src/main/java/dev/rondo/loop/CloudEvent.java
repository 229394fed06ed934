package dev.rondo.loop;

import dev.rondo.journal.Event;
import java.net.URI;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event as CloudEvents 1.0 in structured JSON
 * (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md).
 */
final class CloudEvent {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private CloudEvent() {}

    static String json(Event event, URI publicUrl) {
        var node = JSON.createObjectNode();
        node.put("specversion", "1.0");
        node.put("id", event.id());
        node.put("source", publicUrl + "/projects/" + event.project());
        node.put("type", "dev.rondo." + event.kind() + ".v" + event.version());
        node.put("subject", event.subject().toString());
        node.put("time", event.at().toString());
        node.put("datacontenttype", "application/json");
        node.put("sequence", String.format("%020d", event.seq()));
        node.put("actor", event.actor());
        node.set("data", JSON.readTree(event.payload()));
        return JSON.writeValueAsString(node);
    }
}
