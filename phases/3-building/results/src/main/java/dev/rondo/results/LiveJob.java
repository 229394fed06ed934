package dev.rondo.results;

import dev.rondo.access.Caller;
import dev.rondo.access.Grant;
import dev.rondo.access.Loan;
import dev.rondo.access.Role;
import dev.rondo.actions.Permissions;
import dev.rondo.jobs.JobArtifacts;
import dev.rondo.jobs.JobCaches;
import dev.rondo.jobs.JobServices;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What one job gets as long as it runs: its tokens, and the variables by which its steps find the
 * services. Closing it ends all of that; what it had not finished uploading is dropped.
 */
public final class LiveJob implements AutoCloseable {

    private final Desks desks;
    private final String id;
    private final JobIdentity identity;
    private final URI server;
    private final Loan loan;
    private final String runtimeToken;
    private final String identityToken;
    private final List<Runnable> ends = new CopyOnWriteArrayList<>();

    LiveJob(JobIdentity identity, URI server, Loan loan, JobTokens tokens, Desks desks) {
        this.desks = desks;
        this.id = JobTokens.newId();
        this.identity = identity;
        this.server = server;
        this.loan = loan;
        this.runtimeToken = tokens.runtime(id, identity, CacheScopes.claims(identity));
        this.identityToken = mayAskForIdentity() ? tokens.identity(id, identity) : "";
    }

    /** What serves a job from within the server. */
    interface Desks {
        JobArtifacts artifacts(LiveJob job);

        JobCaches caches(LiveJob job);
    }

    static Caller caller(JobIdentity identity) {
        return Caller.of(Grant.BOT, new Grant(identity.place().project(), roles(identity)));
    }

    private static Map<String, Role> roles(JobIdentity identity) {
        var roles = new HashMap<String, Role>();
        roles.put("metadata", Role.READER);
        for (String scope : Permissions.SCOPES) {
            switch (identity.permissions().level(scope)) {
                case READ -> roles.put(scope, Role.READER);
                case WRITE -> roles.put(scope, Role.WRITER);
                case NONE -> {}
            }
        }
        return roles;
    }

    String id() {
        return id;
    }

    public JobIdentity identity() {
        return identity;
    }

    /** Where the job's steps reach this Rondo, without a slash at the end. */
    public URI server() {
        return server;
    }

    /** {@code GITHUB_TOKEN}; refused as soon as the job has ended. */
    public String token() {
        return loan.secret();
    }

    boolean mayAskForIdentity() {
        return identity.permissions().mayWrite("id-token");
    }

    /** For every step: where Rondo is from inside, and identity tokens where they are permitted. */
    public Map<String, String> variables() {
        var all = new LinkedHashMap<String, String>();
        all.put("GITHUB_SERVER_URL", server.toString());
        all.put("GITHUB_API_URL", server + "/api/v3");
        all.put("GITHUB_GRAPHQL_URL", server + "/api/graphql");
        if (mayAskForIdentity()) {
            all.put(
                    "ACTIONS_ID_TOKEN_REQUEST_URL",
                    server + IdentityTokens.REQUEST + "?api-version=2.0");
            all.put("ACTIONS_ID_TOKEN_REQUEST_TOKEN", identityToken);
        }
        return all;
    }

    /** For steps that are actions, beside {@link #variables}: scripts do not get them on GitHub. */
    public Map<String, String> actionVariables() {
        return Map.of(
                "ACTIONS_RUNTIME_TOKEN",
                runtimeToken,
                "ACTIONS_RUNTIME_URL",
                server + "/",
                "ACTIONS_RESULTS_URL",
                server + "/",
                "ACTIONS_CACHE_SERVICE_V2",
                "true");
    }

    /** All of that for who runs the job. */
    public JobServices services() {
        return new JobServices(variables(), actionVariables(), secrets());
    }

    /** What must never stand in a log. */
    public List<String> secrets() {
        return identityToken.isEmpty()
                ? List.of(token(), runtimeToken)
                : List.of(token(), runtimeToken, identityToken);
    }

    /** For actions that Rondo does itself. */
    public JobArtifacts artifacts() {
        return desks.artifacts(this);
    }

    /** For actions that Rondo does itself. */
    public JobCaches caches() {
        return desks.caches(this);
    }

    void atEnd(Runnable end) {
        ends.add(end);
    }

    @Override
    public void close() {
        loan.close();
        ends.forEach(Runnable::run);
    }
}
