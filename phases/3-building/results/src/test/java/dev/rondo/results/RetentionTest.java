package dev.rondo.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept, what goes, and what people are told of it. */
final class RetentionTest {

    private static final Retention USUAL = Retention.USUAL;

    @TempDir Path data;
    Optional<Desk> open = Optional.empty();

    private Desk desk(Retention retention) throws Exception {
        var desk = new Desk(data, retention);
        open = Optional.of(desk);
        return desk;
    }

    @AfterEach
    void close() {
        open.ifPresent(Desk::close);
    }

    @Test
    void cachesAboveTheLimitGoLeastRecentlyUsedFirst() throws Exception {
        var desk = desk(new Retention(USUAL.artifacts(), Retention.Most.of(7, 10), USUAL.logs()));
        var job = desk.job("shop", "r", "a", "refs/heads/main");
        ProtocolTest.save(desk, job, "a", "v", "1234");
        ProtocolTest.save(desk, job, "b", "v", "5678");
        assertThat(ProtocolTest.restored(desk, job, "a", List.of(), "v")).isEqualTo("a:1234");
        ProtocolTest.save(desk, job, "c", "v", "abcd");
        assertThat(ProtocolTest.restored(desk, job, "b", List.of(), "v")).isEmpty();
        assertThat(ProtocolTest.restored(desk, job, "a", List.of(), "v")).isEqualTo("a:1234");
        assertThat(ProtocolTest.restored(desk, job, "c", List.of(), "v")).isEqualTo("c:abcd");
    }

    @Test
    void aProjectKeepsLessWhereItsOwnerSaysSo() throws Exception {
        var desk = desk(Retention.USUAL);
        desk.spine
                .store()
                .update(tx ->
                        Keeping.put(
                                tx,
                                "shop",
                                new Keeping.Wish(
                                        new Keeping.Part(3, 0),
                                        new Keeping.Part(2, 10),
                                        new Keeping.Part(500, 77))));
        var keeping = new Keeping(desk.spine.store(), Retention.USUAL);
        assertThat(keeping.of("shop"))
                .isEqualTo(
                        new Retention(
                                Retention.Most.of(3, Retention.ANY_SIZE),
                                Retention.Most.of(2, 10),
                                Retention.Most.of(90, 77)));
        assertThat(keeping.of("other")).isEqualTo(Retention.USUAL);
        var job = desk.job("shop", "r", "a", "refs/heads/main");
        ProtocolTest.save(desk, job, "a", "v", "12345678");
        ProtocolTest.save(desk, job, "b", "v", "12345678");
        assertThat(ProtocolTest.restored(desk, job, "a", List.of(), "v")).isEmpty();
        assertThat(ProtocolTest.restored(desk, job, "b", List.of(), "v")).isEqualTo("b:12345678");
    }

    @Test
    void cachesThatNobodyAsksForGoWithTheirFiles() throws Exception {
        var desk =
                desk(new Retention(USUAL.artifacts(), Retention.Most.of(0, 1 << 20), USUAL.logs()));
        var job = desk.job("shop", "r", "a", "refs/heads/main");
        ProtocolTest.save(desk, job, "a", "v", "1234");
        desk.results.sweeper().sweep(Instant.now().plusSeconds(60));
        assertThat(ProtocolTest.restored(desk, job, "a", List.of(), "v")).isEmpty();
        assertThat(files("shelf-caches")).isZero();
    }

    private long files(String shelf) throws Exception {
        try (var files = Files.walk(data.resolve("blobs").resolve(shelf))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void artifactsExpireUnlessAReleaseNeedsThem() throws Exception {
        var desk = desk(new Retention(Retention.Most.of(0, 1 << 20), USUAL.caches(), USUAL.logs()));
        var job = desk.job("shop", "r", "a", "refs/heads/main");
        var gone = keep(job, "gone");
        var kept = keep(job, "kept");
        desk.spine
                .store()
                .update(tx -> desk.results.keep(tx, "shop", "1.0.0", List.of(kept.digest())));
        desk.results.sweeper().sweep(Instant.now().plusSeconds(60));
        assertThat(job.artifacts().list(Optional.empty()))
                .extracting("name")
                .containsExactly("kept");
        assertThat(desk.spine.blobs().path(gone.digest())).isEmpty();
        assertThat(desk.spine.blobs().path(kept.digest())).isPresent();
        var shown =
                desk.get(
                        desk.server() + "/api/v3/repos/rondo/shop/actions/artifacts/" + gone.id(),
                        "Authorization",
                        "Bearer " + job.token());
        assertThat(new String(shown.body(), StandardCharsets.UTF_8)).contains("\"expired\":true");
        var asked =
                desk.get(
                        desk.server()
                                + "/api/v3/repos/rondo/shop/actions/artifacts/"
                                + gone.id()
                                + "/zip",
                        "Authorization",
                        "Bearer " + job.token());
        assertThat(asked.statusCode()).isEqualTo(410);
    }

    private dev.rondo.jobs.JobArtifacts.Stored keep(LiveJob job, String name) throws Exception {
        var file = data.resolve(name + ".zip");
        Files.write(file, ProtocolTest.zip(name, name));
        return job.artifacts().keep(name, 0, false, file);
    }

    @Test
    void theOldestArtifactsGoWhereThereAreTooMany() throws Exception {
        long size = ProtocolTest.zip("one", "one").length;
        var desk =
                desk(new Retention(Retention.Most.of(90, 2 * size), USUAL.caches(), USUAL.logs()));
        var job = desk.job("shop", "r", "a", "refs/heads/main");
        var released = keep(job, "own");
        desk.spine
                .store()
                .update(tx -> desk.results.keep(tx, "shop", "1.0.0", List.of(released.digest())));
        for (var name : List.of("one", "two", "six")) {
            keep(job, name);
        }
        desk.results.sweeper().sweep(Instant.now().plusSeconds(60));
        assertThat(names(job)).containsExactly("one", "own", "six", "two");

        long day = Duration.ofDays(1).toMillis() * 1000;
        desk.spine
                .store()
                .update(tx ->
                        tx.sql()
                                .execute(
                                        "UPDATE building_archives SET created_at = created_at - ?"
                                                + " WHERE name <> 'six'",
                                        2 * day));
        desk.results.sweeper().sweep(Instant.now().plusSeconds(60));
        assertThat(names(job)).containsExactly("own", "six");
    }

    private static List<String> names(LiveJob job) throws Exception {
        return job.artifacts().list(Optional.empty()).stream().map(one -> one.name()).toList();
    }

    @Test
    void filesThatJustCameAreNotSwept() throws Exception {
        var desk = desk(Retention.USUAL);
        var shelf = desk.spine.blobs().shelf("artifacts");
        var blob = shelf.put(new java.io.ByteArrayInputStream(new byte[10]), 100);
        desk.results.sweeper().sweep(Instant.now().minusSeconds(60));
        assertThat(shelf.path(blob.digest())).isPresent();
        desk.results.sweeper().sweep(Instant.now().plusSeconds(60));
        assertThat(shelf.path(blob.digest())).isEmpty();
    }

    @Test
    void aJobThatIsTriedAgainMakesItsArtifactsAnew() throws Exception {
        var desk = desk(Retention.USUAL);
        try (var first = desk.job("shop", "r", "a", "refs/heads/main")) {
            keep(first, "site");
        }
        var second = desk.job("shop", "r", "a", "refs/heads/main");
        assertThat(second.artifacts().refusal("site", false)).isEmpty();
        keep(second, "site");
        assertThat(second.artifacts().refusal("site", false).orElse("")).contains("already exists");
        assertThat(second.artifacts().refusal("site", true)).isEmpty();
    }

    @Test
    void cachesAreListedAndDeletedAsOnGitHub() throws Exception {
        var desk = desk(Retention.USUAL);
        var job = desk.job("shop", "r", "a", "refs/heads/main");
        ProtocolTest.save(desk, job, "npm-1", "v", "1234");
        ProtocolTest.save(desk, job, "npm-2", "v", "12345678");
        var base = desk.server() + "/api/v3/repos/rondo/shop/actions/cache";
        var token = "Bearer " + job.token();
        var list =
                new String(
                        desk.get(
                                        base + "s?key=npm&sort=size_in_bytes&direction=desc",
                                        "Authorization",
                                        token)
                                .body(),
                        StandardCharsets.UTF_8);
        assertThat(list).contains("\"total_count\":2").containsSubsequence("npm-2", "npm-1");
        assertThat(new String(desk.get(base + "/usage", "Authorization", token).body()))
                .contains("\"active_caches_size_in_bytes\":12");
        var gone =
                desk.send(
                        HttpRequest.newBuilder(java.net.URI.create(base + "s?key=npm-1"))
                                .header("Authorization", token)
                                .DELETE());
        assertThat(gone.statusCode()).isEqualTo(200);
        assertThat(ProtocolTest.restored(desk, job, "npm-1", List.of(), "v")).isEmpty();
        var reader =
                desk.job(
                        "shop",
                        "r2",
                        "a",
                        "refs/heads/main",
                        dev.rondo.actions.Permissions.Policy.LIMITED_READ.permissions());
        assertThat(desk.get(base + "s", "Authorization", "Bearer " + reader.token()).statusCode())
                .isEqualTo(404);
    }
}
