package dev.rondo.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Identity tokens, as clouds check them. */
final class IdentityTokenTest {

    @TempDir Path data;
    Desk desk;
    LiveJob job;

    @BeforeEach
    void open() throws Exception {
        desk = new Desk(data, Retention.USUAL);
        job = desk.job("shop", "run-1", "build", "refs/heads/main");
    }

    @AfterEach
    void close() {
        job.close();
        desk.close();
    }

    @Test
    void identityTokensNeedTheirPermission() throws Exception {
        assertThat(job.variables()).containsKey("ACTIONS_ID_TOKEN_REQUEST_URL");
        try (var plain =
                desk.job(
                        "shop",
                        "run-3",
                        "build",
                        "refs/heads/main",
                        dev.rondo.actions.Permissions.Policy.LIMITED_READ.permissions())) {
            assertThat(plain.variables()).doesNotContainKey("ACTIONS_ID_TOKEN_REQUEST_URL");
            var asked =
                    desk.get(
                            job.variables().get("ACTIONS_ID_TOKEN_REQUEST_URL"),
                            "Authorization",
                            "Bearer " + plain.actionVariables().get("ACTIONS_RUNTIME_TOKEN"));
            assertThat(asked.statusCode()).isEqualTo(401);
        }
    }

    @Test
    void identityTokensSayWhoTheJobIs() throws Exception {
        var asked =
                desk.get(
                        job.variables().get("ACTIONS_ID_TOKEN_REQUEST_URL") + "&audience=sts",
                        "Authorization",
                        "Bearer " + job.variables().get("ACTIONS_ID_TOKEN_REQUEST_TOKEN"));
        var token =
                com.nimbusds.jwt.SignedJWT.parse(
                        tools.jackson.databind.json.JsonMapper.shared()
                                .readTree(asked.body())
                                .path("value")
                                .asString());
        var keys =
                com.nimbusds.jose.jwk.JWKSet.parse(
                        new String(
                                desk.get(desk.server() + "/_services/token/.well-known/jwks")
                                        .body(),
                                StandardCharsets.UTF_8));
        var key = keys.getKeyByKeyId(token.getHeader().getKeyID());
        assertThat(key.isPrivate()).isFalse();
        assertThat(token.verify(new com.nimbusds.jose.crypto.RSASSAVerifier(key.toRSAKey())))
                .isTrue();
        var claims = token.getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo("repo:rondo/shop:ref:refs/heads/main");
        assertThat(claims.getAudience()).containsExactly("sts");
        assertThat(claims.getIssuer()).isEqualTo("http://rondo.example.org/_services/token");
        assertThat(claims.getStringClaim("run_id")).isEqualTo("7");
        assertThat(claims.getStringClaim("run_number")).isEqualTo("4");
        assertThat(claims.getStringClaim("workflow_ref"))
                .isEqualTo("rondo/shop/.github/workflows/ci.yml@refs/heads/main");
        assertThat(claims.getStringClaim("job_workflow_ref"))
                .isEqualTo("rondo/lib/.github/workflows/lib.yml@refs/tags/v1");
        assertThat(claims.getStringClaim("job_workflow_sha")).isEqualTo("f00d");
        assertThat(claims.getStringClaim("repository_id")).isEqualTo("11");
        assertThat(claims.getStringClaim("repository_owner_id")).isEqualTo("22");
        assertThat(claims.getStringClaim("actor_id")).isEqualTo("33");
        assertThat(claims.getStringClaim("run_attempt")).isEqualTo("1");
        assertThat(claims.getStringClaim("ref_type")).isEqualTo("branch");
        assertThat(claims.getStringClaim("runner_environment")).isEqualTo("self-hosted");
        assertThat(claims.getClaims()).doesNotContainKey("environment");
        assertThat(claims.getExpirationTime().toInstant()).isBefore(Instant.now().plusSeconds(301));
    }
}
