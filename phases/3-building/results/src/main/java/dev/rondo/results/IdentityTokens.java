package dev.rondo.results;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.rondo.store.Ids;
import dev.rondo.web.May;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * OpenID Connect for jobs, as GitHub's (docs.github.com, "OpenID Connect reference"): a job with
 * the permission {@code id-token: write} asks for a token that says who it is; clouds check it by
 * the keys that are published here. The issuer lies at the path that GitHub Enterprise Server has.
 */
final class IdentityTokens {

    static final String ISSUER_PATH = "/_services/token";
    static final String REQUEST = ISSUER_PATH + "/request";
    private static final Duration BACKDATED = Duration.ofMinutes(10);
    private static final int LONGEST_AUDIENCE = 1_000;

    private final URI publicUrl;
    private final JobKeys keys;
    private final JobTokens tokens;

    IdentityTokens(URI publicUrl, JobKeys keys, JobTokens tokens) {
        this.publicUrl = publicUrl;
        this.keys = keys;
        this.tokens = tokens;
    }

    void register(Routes routes) {
        routes.get(ISSUER_PATH + "/.well-known/openid-configuration", May.ANYONE, this::discovery)
                .fromOtherSites();
        routes.get(ISSUER_PATH + "/.well-known/jwks", May.ANYONE, this::published).fromOtherSites();
        routes.get(REQUEST, May.ANYONE, this::request).fromOtherSites();
    }

    private String issuer() {
        return publicUrl + ISSUER_PATH;
    }

    private void discovery(Visit visit) {
        visit.json(
                Map.of(
                        "issuer",
                        issuer(),
                        "jwks_uri",
                        issuer() + "/.well-known/jwks",
                        "subject_types_supported",
                        List.of("public", "pairwise"),
                        "response_types_supported",
                        List.of("id_token"),
                        "claims_supported",
                        CLAIMS,
                        "id_token_signing_alg_values_supported",
                        List.of("RS256"),
                        "scopes_supported",
                        List.of("openid")));
    }

    private static final List<String> CLAIMS =
            List.of(
                    "sub",
                    "aud",
                    "exp",
                    "iat",
                    "iss",
                    "jti",
                    "nbf",
                    "ref",
                    "sha",
                    "repository",
                    "repository_id",
                    "repository_owner",
                    "repository_owner_id",
                    "repository_visibility",
                    "run_id",
                    "run_number",
                    "run_attempt",
                    "actor",
                    "actor_id",
                    "workflow",
                    "workflow_ref",
                    "workflow_sha",
                    "head_ref",
                    "base_ref",
                    "event_name",
                    "ref_type",
                    "environment",
                    "job_workflow_ref",
                    "job_workflow_sha",
                    "runner_environment");

    private void published(Visit visit) {
        visit.http().contentType("application/json; charset=utf-8").result(keys.published());
    }

    private void request(Visit visit) {
        try {
            var job =
                    tokens.check(
                            Optional.ofNullable(visit.http().header("Authorization")).orElse(""),
                            JobTokens.Use.IDENTITY);
            var audience = visit.query("audience").filter(text -> !text.isBlank());
            if (audience.isPresent() && audience.get().length() > LONGEST_AUDIENCE) {
                say(visit, 400, "an audience has at most " + LONGEST_AUDIENCE + " characters");
                return;
            }
            var token = token(job.identity(), audience.orElse(publicUrl + "/" + JobIdentity.OWNER));
            visit.http().header("Cache-Control", "no-store");
            visit.json(Map.of("count", token.length(), "value", token));
        } catch (JobTokens.Refused refused) {
            say(visit, 401, refused.why());
        }
    }

    private static void say(Visit visit, int status, String message) {
        visit.json(status, Map.of("message", message));
    }

    private String token(JobIdentity job, String audience) {
        var now = Instant.now();
        var claims =
                new JWTClaimsSet.Builder()
                        .jwtID(Ids.next())
                        .subject(subject(job))
                        .audience(audience)
                        .issuer(issuer())
                        .issueTime(Date.from(now))
                        .notBeforeTime(Date.from(now.minus(BACKDATED)))
                        .expirationTime(Date.from(now.plus(Limits.IDENTITY_TOKEN)));
        claims(job).forEach(claims::claim);
        try {
            var header =
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .type(JOSEObjectType.JWT)
                            .keyID(keys.pair().getKeyID())
                            .build();
            var token = new SignedJWT(header, claims.build());
            token.sign(new RSASSASigner(keys.pair()));
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** {@code repo:owner/name:} and the environment, {@code pull_request}, or the ref. */
    static String subject(JobIdentity job) {
        var start = "repo:" + job.repository() + ":";
        if (!job.flow().environment().isEmpty()) {
            return start + "environment:" + job.flow().environment().replace(":", "%3A");
        }
        return job.flow().event().startsWith("pull_request")
                        && !job.flow().event().equals("pull_request_target")
                ? start + "pull_request"
                : start + "ref:" + job.source().ref();
    }

    private static Map<String, Object> claims(JobIdentity job) {
        var claims = new java.util.LinkedHashMap<String, Object>();
        claims.put("ref", job.source().ref());
        claims.put("ref_type", job.source().ref().startsWith("refs/tags/") ? "tag" : "branch");
        claims.put("sha", job.source().sha());
        claims.put("head_ref", job.source().headRef());
        claims.put("base_ref", job.source().baseRef());
        claims.put("repository", job.repository());
        claims.put("repository_id", job.ids().repository());
        claims.put("repository_owner", JobIdentity.OWNER);
        claims.put("repository_owner_id", job.ids().owner());
        claims.put("repository_visibility", "private");
        claims.put("run_id", Long.toString(job.place().number()));
        claims.put("run_number", Long.toString(job.place().ordinal()));
        claims.put("run_attempt", Integer.toString(job.place().attempt()));
        claims.put("actor", job.flow().actor());
        claims.put("actor_id", job.ids().actor());
        claims.put("event_name", job.flow().event());
        claims.put("workflow", job.flow().workflow());
        claims.put("workflow_ref", job.flow().workflowRef());
        claims.put("workflow_sha", job.source().sha());
        claims.put("job_workflow_ref", job.flow().jobWorkflowRef());
        claims.put("job_workflow_sha", job.flow().jobWorkflowSha());
        claims.put("runner_environment", "self-hosted");
        if (!job.flow().environment().isEmpty()) {
            claims.put("environment", job.flow().environment());
        }
        return claims;
    }
}
