package dev.rondo.web;

import dev.rondo.telemetry.Labels;
import io.javalin.http.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One structured line per request, and the same into the telemetry. Never a query's values. */
final class AccessLog {

    private static final Logger LOG = LoggerFactory.getLogger("dev.rondo.web.access");

    private final Site site;

    AccessLog(Site site) {
        this.site = site;
    }

    void record(Context http, float millis) {
        var status = http.statusCode();
        LOG.atDebug()
                .addKeyValue("method", http.method().name())
                .addKeyValue("path", http.path())
                .addKeyValue("status", status)
                .addKeyValue("millis", millis)
                .addKeyValue("client", http.ip())
                .log("request");
        site.telemetry()
                .ifPresent(telemetry -> {
                    var labels =
                            Labels.of(
                                    "method", http.method().name(), "status", status / 100 + "xx");
                    telemetry
                            .histogram("rondo_web_request_seconds", labels)
                            .observe(millis / 1000.0);
                });
    }
}
