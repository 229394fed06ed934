package dev.rondo.results;

import dev.rondo.web.Json;
import dev.rondo.web.May;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Twirp over JSON (twitchtv.github.io/twirp, "Protocol and Wire Format" v7): {@code POST
 * /twirp/<service>/<method>}, one object in, one out; a fault is {@code {"code", "msg"}} with the
 * status of its code.
 */
final class Twirp {

    private static final Logger LOG = LoggerFactory.getLogger(Twirp.class);

    /** Keeps the server from putting its page for "not found" over an answer. */
    static final String SAID = "rondo.said";

    private final JobTokens tokens;
    private final WayIn way;
    private final Map<String, Method> methods = new HashMap<>();

    Twirp(JobTokens tokens, WayIn way) {
        this.tokens = tokens;
        this.way = way;
    }

    /** What answers one call; the values are strings, booleans, lists and maps of them. */
    @FunctionalInterface
    interface Method {
        Map<String, Object> call(LiveJob job, Body body) throws Fault;
    }

    /** A refusal in Twirp's words. */
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;
        private final Code code;

        Fault(Code code, String message) {
            super(message, null, false, false);
            this.code = code;
        }
    }

    enum Code {
        MALFORMED(400),
        INVALID_ARGUMENT(400),
        UNAUTHENTICATED(401),
        PERMISSION_DENIED(403),
        NOT_FOUND(404),
        BAD_ROUTE(404),
        ALREADY_EXISTS(409),
        FAILED_PRECONDITION(412),
        RESOURCE_EXHAUSTED(429),
        INTERNAL(500);

        private final int status;

        Code(int status) {
            this.status = status;
        }
    }

    /**
     * A request's object; protobuf's JSON allows both spellings of a field's name.
     *
     * @param server where whoever asks reaches this Rondo, without a slash at the end
     */
    record Body(JsonNode node, URI server) {

        String text(String field) {
            var value = value(field);
            return value.isValueNode() && !value.isNull() ? value.asString() : "";
        }

        /** A wrapped string, which is a plain one in JSON. */
        Optional<String> maybe(String field) {
            return Optional.of(text(field)).filter(text -> !text.isEmpty());
        }

        List<String> texts(String field) throws Fault {
            var texts = new ArrayList<String>();
            for (var element : value(field)) {
                if (!element.isString()) {
                    throw new Fault(Code.MALFORMED, field + " is not a list of strings");
                }
                texts.add(element.asString());
            }
            return texts;
        }

        private JsonNode value(String field) {
            return node.has(field) ? node.path(field) : node.path(camel(field));
        }

        private static String camel(String field) {
            var name = new StringBuilder();
            for (String word : field.split("_")) {
                name.append(
                        name.isEmpty()
                                ? word
                                : Character.toUpperCase(word.charAt(0)) + word.substring(1));
            }
            return name.toString();
        }
    }

    void add(String service, String method, Method implementation) {
        methods.put(service + "/" + method, implementation);
    }

    void register(Routes routes) {
        routes.post("/twirp/{service}/{method}", May.ANYONE, this::answer)
                .fromOtherSites()
                .bodyUpTo(Limits.CALL_BYTES);
    }

    private void answer(Visit visit) {
        try {
            var job =
                    tokens.check(
                            Optional.ofNullable(visit.http().header("Authorization")).orElse(""),
                            JobTokens.Use.RUNTIME);
            visit.json(call(job, visit));
        } catch (JobTokens.Refused refused) {
            say(visit, new Fault(Code.UNAUTHENTICATED, refused.why()));
        } catch (Fault fault) {
            say(visit, fault);
        } catch (RuntimeException e) {
            LOG.error("{} failed", visit.http().path(), e);
            say(visit, new Fault(Code.INTERNAL, "the server failed; its log says why"));
        }
    }

    private Map<String, Object> call(LiveJob job, Visit visit) throws Fault {
        var method = methods.get(visit.param("service") + "/" + visit.param("method"));
        if (method == null) {
            throw new Fault(Code.BAD_ROUTE, "there is no method " + visit.http().path());
        }
        if (!String.valueOf(visit.http().contentType()).startsWith("application/json")) {
            throw new Fault(Code.BAD_ROUTE, "the Content-Type must be application/json");
        }
        JsonNode node;
        try {
            node = Json.MAPPER.readTree(visit.http().bodyAsBytes());
        } catch (JacksonException e) {
            throw new Fault(Code.MALFORMED, "the body is not JSON: " + e.getOriginalMessage());
        }
        if (!node.isObject()) {
            throw new Fault(Code.MALFORMED, "the body is no JSON object");
        }
        return method.call(job, new Body(node, way.of(visit, job.server())));
    }

    private static void say(Visit visit, Fault fault) {
        visit.http().attribute(SAID, true);
        visit.json(
                fault.code.status,
                Map.of(
                        "code",
                        fault.code.name().toLowerCase(java.util.Locale.ROOT),
                        "msg",
                        String.valueOf(fault.getMessage())));
    }
}
