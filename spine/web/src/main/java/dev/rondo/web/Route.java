package dev.rondo.web;

/**
 * One route with who may call it. The few that differ from a page say so when they are registered:
 * {@code routes.post(…).anyBody().asksForPassword()}.
 */
public final class Route {

    /** What most requests may send at most; a route for more says so. */
    static final long USUAL_BODY = 2L * 1024 * 1024;

    private final String method;
    private final String path;
    private final May may;
    private final Routes.Handler handler;
    private long bodyLimit = USUAL_BODY;
    private boolean asksForPassword;
    private boolean fromOtherSites;
    private String scope = "";

    Route(String method, String path, May may, Routes.Handler handler) {
        this.method = method;
        this.path = path;
        this.may = may;
        this.handler = handler;
    }

    /** The handler reads the body as a stream and limits it by itself. */
    public Route anyBody() {
        return bodyUpTo(Long.MAX_VALUE);
    }

    /** Larger bodies are refused with 413 before the handler runs. */
    public Route bodyUpTo(long bytes) {
        this.bodyLimit = bytes;
        return this;
    }

    /** Callers who are not signed in get 401 with a Basic challenge, as git and curl expect it. */
    public Route asksForPassword() {
        this.asksForPassword = true;
        return this;
    }

    /**
     * For other programs, also browsers on other sites: no cross-site check, and in turn the
     * session cookie counts for nothing here. The handler authenticates by a key or signature of
     * its own.
     */
    public Route fromOtherSites() {
        this.fromOtherSites = true;
        return this;
    }

    /**
     * Which permission of a job stands for this right; without one a job's token may read what it
     * names, if it may read the contents, and nothing else.
     */
    public Route scope(String permission) {
        this.scope = permission;
        return this;
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    public May may() {
        return may;
    }

    Routes.Handler handler() {
        return handler;
    }

    long bodyLimit() {
        return bodyLimit;
    }

    boolean isAskingForPassword() {
        return asksForPassword;
    }

    boolean isOpenToOtherSites() {
        return fromOtherSites;
    }

    String scope() {
        return scope;
    }

    /**
     * Whether a caller who is no account may come here at all: not where accounts manage
     * themselves.
     */
    boolean isForGrants() {
        return may == May.ANYONE || hasProject() || !scope.isEmpty();
    }

    /** Whether the path names a project, so that rights in it can be asked for. */
    boolean hasProject() {
        return path.contains("{project}");
    }

    @Override
    public String toString() {
        return method + " " + path + " (" + may + ")";
    }
}
