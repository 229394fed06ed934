package dev.rondo.results;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.rondo.store.Ids;
import dev.rondo.web.Json;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The tokens by which a running job calls the Results service. Each is a JWT because the clients
 * read who they are in it ({@code scp}: {@code Actions.Results:run:job}); it counts only as long as
 * its job is in this table, which no job outlives: jobs end with the process.
 */
final class JobTokens {

    /** Longer than any job; the table ends a token, not the clock. */
    private static final Duration LIFETIME = Duration.ofDays(2);

    private static final String ISSUER = "rondo";

    private final JobKeys keys;
    private final ConcurrentMap<String, LiveJob> live = new ConcurrentHashMap<>();

    JobTokens(JobKeys keys) {
        this.keys = keys;
    }

    /** What a token is for. */
    enum Use {
        RUNTIME,
        IDENTITY
    }

    /** Why a token does not count, in words that the job's log shows. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why, null, false, false);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    static String newId() {
        return Ids.next();
    }

    void add(LiveJob job) {
        live.put(job.id(), job);
    }

    void remove(LiveJob job) {
        live.remove(job.id());
    }

    List<LiveJob> all() {
        return List.copyOf(live.values());
    }

    Optional<LiveJob> find(String id) {
        return Optional.ofNullable(live.get(id));
    }

    String runtime(String id, JobIdentity job, List<Map<String, Object>> scopes) {
        var place = job.place();
        return signed(
                claims(id, job)
                        .claim(
                                "scp",
                                "Actions.GenericRead:%s Actions.Results:%s Actions.UploadArtifacts:%s"
                                        .formatted(place.run(), job.backendIds(), job.backendIds()))
                        .claim("ac", Json.write(scopes))
                        .claim("use", Use.RUNTIME.name()));
    }

    String identity(String id, JobIdentity job) {
        return signed(
                claims(id, job)
                        .claim("scp", "generate_id_token:" + job.backendIds())
                        .claim("use", Use.IDENTITY.name()));
    }

    private static JWTClaimsSet.Builder claims(String id, JobIdentity job) {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .jwtID(id)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .claim("repository", job.repository())
                .claim("run_id", Long.toString(job.place().number()));
    }

    private String signed(JWTClaimsSet.Builder claims) {
        try {
            var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
            token.sign(new MACSigner(keys.tokenSecret()));
            return token.serialize();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The job that sends this header.
     *
     * @param authorization {@code Bearer …}, or empty
     */
    LiveJob check(String authorization, Use use) throws Refused {
        if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw new Refused("a token of a running job is needed, as Authorization: Bearer");
        }
        try {
            var token = SignedJWT.parse(authorization.substring(7).strip());
            JWSVerifier verifier = new MACVerifier(keys.tokenSecret());
            var claims = token.getJWTClaimsSet();
            if (!token.getHeader().getAlgorithm().equals(JWSAlgorithm.HS256)
                    || !token.verify(verifier)) {
                throw new Refused("the token is not one of this server");
            }
            if (!use.name().equals(claims.getStringClaim("use"))) {
                throw new Refused("the token is not for this service");
            }
            var expires = claims.getExpirationTime();
            if (expires == null || !expires.toInstant().isAfter(Instant.now())) {
                throw new Refused("the token has expired");
            }
            return find(claims.getJWTID())
                    .orElseThrow(() ->
                            new Refused("the job of this token has ended, and the token with it"));
        } catch (ParseException | JOSEException e) {
            throw new Refused("the token cannot be read");
        }
    }
}
