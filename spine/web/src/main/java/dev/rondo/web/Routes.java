package dev.rondo.web;

import dev.rondo.access.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where phases register their routes. Every route says who may call it; there is no default. */
public final class Routes {

    private final List<Route> all = new ArrayList<>();

    /** What answers a request. It may throw: {@link Refused} is the user's fault, the rest ours. */
    @FunctionalInterface
    public interface Handler {
        void handle(Visit visit) throws Exception;
    }

    public Route get(String path, May may, Handler handler) {
        return add("GET", path, may, handler);
    }

    public Route post(String path, May may, Handler handler) {
        return add("POST", path, may, handler);
    }

    public Route put(String path, May may, Handler handler) {
        return add("PUT", path, may, handler);
    }

    public Route patch(String path, May may, Handler handler) {
        return add("PATCH", path, may, handler);
    }

    public Route delete(String path, May may, Handler handler) {
        return add("DELETE", path, may, handler);
    }

    /** For any other method, such as LOCK of Terraform's state backend. */
    public Route add(String method, String path, May may, Handler handler) {
        var route = new Route(method, path, may, handler);
        if (may.role() != Role.NONE && !route.hasProject()) {
            throw new IllegalArgumentException(
                    route + " demands a right in a project, but its path has no {project}");
        }
        all.add(route);
        return route;
    }

    /** All routes in the order of their registration, for the server and for tests. */
    public List<Route> all() {
        return Collections.unmodifiableList(all);
    }
}
