package dev.rondo.operating.view;

import dev.rondo.web.Urls;
import java.time.Instant;
import java.util.List;

/** A service in an environment; the version is empty before its first deployment. */
public record ServiceRow(
        String service,
        String environment,
        String version,
        String commit,
        Instant deployedAt,
        String onCall,
        List<IncidentRow> open) {

    public String path(String project) {
        return "/projects/"
                + project
                + "/operating/services/"
                + Urls.encode(service)
                + "/"
                + Urls.encode(environment);
    }
}
