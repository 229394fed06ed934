package dev.rondo.monitoring;

import dev.rondo.journal.Subject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A service in an environment of a project: what is watched. */
record ServiceKey(String project, String service, String environment) {

    Subject subject() {
        return Subject.of("service", service + "/" + environment);
    }

    String path() {
        return "/projects/"
                + project
                + "/monitoring/services/"
                + encode(service)
                + "/"
                + encode(environment);
    }

    String apiPath() {
        return "/api" + path();
    }

    private static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
