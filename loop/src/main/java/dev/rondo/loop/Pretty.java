package dev.rondo.loop;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON for people: indented. */
final class Pretty {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Pretty() {}

    static String json(String compact) {
        return JSON.writeValueAsString(JSON.readTree(compact));
    }

    static JsonNode tree(String compact) {
        return JSON.readTree(compact);
    }
}
