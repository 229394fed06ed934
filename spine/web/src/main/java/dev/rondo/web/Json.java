package dev.rondo.web;

import io.javalin.json.JsonMapper;
import java.io.InputStream;
import java.lang.reflect.Type;
import org.jspecify.annotations.NullMarked;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;

/** JSON by Jackson 3: records in and out, times as ISO-8601, unknown members ignored. */
public final class Json {

    /** Shared, immutable. */
    public static final tools.jackson.databind.json.JsonMapper MAPPER =
            tools.jackson.databind.json.JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private Json() {}

    public static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** Refuses with {@code web.json.invalid} what is not JSON or not of that shape. */
    public static <T> T read(String json, Class<T> type) {
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw Refusal.of("web.json.empty").status(400).asException();
            }
            return value;
        } catch (JacksonException e) {
            throw Refusal.of("web.json.invalid", e.getOriginalMessage()).status(400).asException();
        }
    }

    /** What Javalin needs of a mapper. */
    @NullMarked
    static final class ForJavalin implements JsonMapper {
        @Override
        public String toJsonString(Object value, Type type) {
            return write(value);
        }

        @Override
        public <T> T fromJsonString(String json, Type type) {
            return MAPPER.readValue(json, MAPPER.constructType(type));
        }

        @Override
        public <T> T fromJsonStream(InputStream json, Type type) {
            return MAPPER.readValue(json, MAPPER.constructType(type));
        }
    }
}
