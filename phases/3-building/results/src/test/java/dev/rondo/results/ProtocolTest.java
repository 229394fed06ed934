package dev.rondo.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.store.Database;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The services over HTTP, as the clients call them and as they should not be called. */
final class ProtocolTest {

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

    static byte[] zip(String name, String content) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private String create(String name) throws Exception {
        var answer =
                desk.call(
                        job,
                        "ArtifactService/CreateArtifact",
                        Desk.ids(job, Map.of("name", name, "version", 7)));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        return answer.text("signed_upload_url");
    }

    private Desk.Answer finish(LiveJob by, String name, Map<String, Object> more) throws Exception {
        var body = Desk.ids(by, more);
        body.put("name", name);
        return desk.call(by, "ArtifactService/FinalizeArtifact", body);
    }

    private static String block(String url, String id) {
        return url + "&comp=block&blockid=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    private static byte[] list(String... ids) {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
        for (String id : ids) {
            xml.append("<Latest>").append(id).append("</Latest>");
        }
        return xml.append("</BlockList>").toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void blocksInAnyOrderBecomeOneArtifactThatCanBeReadInParts() throws Exception {
        var url = create("site");
        byte[] zip = zip("index.html", "x".repeat(5000));
        int half = zip.length / 2;
        var second = java.util.Arrays.copyOfRange(zip, half, zip.length);
        assertThat(desk.put(block(url, "Mg=="), second).statusCode()).isEqualTo(201);
        assertThat(desk.put(block(url, "MQ=="), java.util.Arrays.copyOf(zip, half)).statusCode())
                .isEqualTo(201);
        assertThat(desk.put(url + "&comp=blocklist", list("MQ==", "Mg==")).statusCode())
                .isEqualTo(201);
        var finished = finish(job, "site", Map.of("size", Integer.toString(zip.length)));
        assertThat(finished.json().path("ok").asBoolean()).isTrue();
        var signed =
                desk.call(
                        job,
                        "ArtifactService/GetSignedArtifactURL",
                        Desk.ids(job, Map.of("name", "site")));
        var whole = desk.get(signed.text("signed_url"));
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(zip);
        assertThat(whole.headers().firstValue("content-type")).hasValue("application/zip");
        assertThat(whole.headers().firstValue("content-disposition").orElse(""))
                .contains("filename=\"site.zip\"");
        var part = desk.get(signed.text("signed_url"), "x-ms-range", "bytes=10-19");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(java.util.Arrays.copyOfRange(zip, 10, 20));
        assertThat(part.headers().firstValue("content-range"))
                .hasValue("bytes 10-19/" + zip.length);
        var head =
                desk.send(
                        HttpRequest.newBuilder(URI.create(signed.text("signed_url")))
                                .method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.headers().firstValue("content-length"))
                .hasValue(Integer.toString(zip.length));
        assertThat(desk.get(signed.text("signed_url"), "Range", "bytes=99999-").statusCode())
                .isEqualTo(416);
    }

    @Test
    void aSecondArtifactOfTheSameNameAndASecondEndAreRefused() throws Exception {
        var url = create("site");
        var put = desk.put(url, zip("a", "b"), "x-ms-blob-type", "BlockBlob");
        assertThat(put.statusCode()).isEqualTo(201);
        assertThat(finish(job, "site", Map.of()).status()).isEqualTo(200);
        var again = finish(job, "site", Map.of());
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.text("msg")).contains("no upload of an artifact 'site' is open");
        var taken =
                desk.call(
                        job,
                        "ArtifactService/CreateArtifact",
                        Desk.ids(job, Map.of("name", "site")));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.text("code")).isEqualTo("already_exists");
        assertThat(taken.text("msg"))
                .isEqualTo("an artifact with this name already exists on the workflow run");
        var late = desk.put(url, zip("a", "c"), "x-ms-blob-type", "BlockBlob");
        assertThat(late.statusCode()).isEqualTo(404);
    }

    @Test
    void whatDidNotArriveWholeBecomesNothingAndIsSweptWithItsJob() throws Exception {
        var url = create("half");
        assertThat(desk.put(block(url, "MQ=="), new byte[1000]).statusCode()).isEqualTo(201);
        var early = finish(job, "half", Map.of());
        assertThat(early.status()).isEqualTo(412);
        assertThat(early.text("msg")).isEqualTo("the artifact 'half' did not arrive whole");
        var missing = desk.put(url + "&comp=blocklist", list("MQ==", "Mg=="));
        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(missing.headers().firstValue("x-ms-error-code")).hasValue("InvalidBlockList");
        job.close();
        try (var left = Files.list(data.resolve("building/uploads"))) {
            assertThat(left).isEmpty();
        }
        assertThat(desk.put(block(url, "Mg=="), new byte[10]).statusCode()).isEqualTo(404);
    }

    @Test
    void whatArrivedOtherwiseThanAnnouncedIsRefused() throws Exception {
        var url = create("site");
        byte[] zip = zip("a", "b");
        desk.put(url, zip, "x-ms-blob-type", "BlockBlob");
        assertThat(finish(job, "site", Map.of("size", "5")).text("msg"))
                .isEqualTo("5 bytes were announced and " + zip.length + " arrived");
        assertThat(finish(job, "site", Map.of("hash", "sha256:" + "0".repeat(64))).text("msg"))
                .contains("was announced and sha256:");
        var garbage = create("garbage");
        desk.put(garbage, "no zip at all".getBytes(), "x-ms-blob-type", "BlockBlob");
        assertThat(finish(job, "garbage", Map.of()).text("msg")).contains("what arrived is no ZIP");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../up", "a/b", "a\\b", "nul\u0000", "a:b", "new\nline", "", "..", "a*"})
    void namesThatAreNoNamesAreRefused(String name) throws Exception {
        var answer =
                desk.call(
                        job, "ArtifactService/CreateArtifact", Desk.ids(job, Map.of("name", name)));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("code")).isEqualTo("invalid_argument");
        assertThat(answer.text("msg")).contains("artifact name");
    }

    @Test
    void aTokenCountsForItsOwnRunAndJobOnly() throws Exception {
        try (var other = desk.job("other", "run-2", "build", "refs/heads/main")) {
            var foreign = Desk.ids(job, Map.of("name", "x"));
            var answer = desk.call(other, "ArtifactService/CreateArtifact", foreign);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text("msg")).isEqualTo("the token is of another run or job");
            assertThat(desk.call(other, "ArtifactService/ListArtifacts", foreign).status())
                    .isEqualTo(403);
        }
    }

    @Test
    void aTokenAfterItsJobIsRefusedWithTheReason() throws Exception {
        job.close();
        var answer = desk.call(job, "ArtifactService/ListArtifacts", Desk.ids(job, Map.of()));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("code")).isEqualTo("unauthenticated");
        assertThat(answer.text("msg"))
                .isEqualTo("the job of this token has ended, and the token with it");
        var rest =
                desk.get(
                        desk.server() + "/api/v3/repos/rondo/shop/actions/caches",
                        "Authorization",
                        "Bearer " + job.token());
        assertThat(rest.statusCode()).isEqualTo(401);
        assertThat(new String(rest.body(), StandardCharsets.UTF_8))
                .contains("The job of this token has ended");
    }

    @ParameterizedTest
    @CsvSource({"nonsense,cannot be read", "e30.e30.e30,cannot be read", "'',is needed"})
    void tokensThatAreNoneAreRefused(String token, String why) throws Exception {
        var answer = desk.call(token, "ArtifactService/ListArtifacts", Map.of());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("msg")).contains(why);
    }

    @Test
    void forgedAndExpiredUrlsAreRefused() throws Exception {
        var url = create("site");
        byte[] body = zip("a", "b");
        for (String forged :
                List.of(
                        url.replaceFirst("sig=.", "sig=_"),
                        url.replaceFirst("se=[0-9]+", "se=99999999999"),
                        url.replace("sp=w", "sp=r"),
                        url.replaceFirst("&sig=.*", ""))) {
            var answer = desk.put(forged, body, "x-ms-blob-type", "BlockBlob");
            assertThat(answer.statusCode()).as(forged).isEqualTo(403);
            assertThat(answer.headers().firstValue("x-ms-error-code"))
                    .hasValue("AuthenticationFailed");
        }
        assertThat(desk.get(url).statusCode()).isEqualTo(403);
        var keys = JobKeys.open(data.resolve("building"), desk.spine.secrets());
        var urls = new SignedUrls(keys);
        var late =
                urls.make(
                        desk.server(),
                        SignedUrls.Right.WRITE,
                        "any",
                        SignedUrls.Label.NONE,
                        java.time.Duration.ofSeconds(-1));
        assertThat(new String(desk.put(late, body).body(), StandardCharsets.UTF_8))
                .contains("the URL has expired");
    }

    @Test
    void blockListsThatAreNoneAreRefused() throws Exception {
        var url = create("site") + "&comp=blocklist";
        for (String bad :
                List.of(
                        "<BlockList><Latest>",
                        "<Other/>",
                        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><BlockList><Latest>&b;</Latest></BlockList>",
                        "no xml")) {
            var answer = desk.put(url, bad.getBytes(StandardCharsets.UTF_8));
            assertThat(answer.statusCode()).as(bad).isEqualTo(400);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain("root:");
        }
        var many = new StringBuilder("<BlockList>");
        many.append("<Latest>MQ==</Latest>".repeat(Limits.BLOCKS + 1));
        var answer = desk.put(url, many.append("</BlockList>").toString().getBytes());
        assertThat(answer.headers().firstValue("x-ms-error-code")).hasValue("BlockListTooLong");
        assertThat(desk.put(url, new byte[Limits.BLOCK_LIST_BYTES + 1]).statusCode())
                .isEqualTo(413);
        var endless = create("other");
        assertThat(desk.put(block(endless, "x".repeat(500)), new byte[1]).statusCode())
                .isEqualTo(400);
    }

    @Test
    void strangeCallsGetTwirpsOwnFaults() throws Exception {
        assertThat(desk.call(job, "ArtifactService/Nothing", Map.of()).text("code"))
                .isEqualTo("bad_route");
        var request =
                HttpRequest.newBuilder(
                                desk.server()
                                        .resolve(Desk.SERVICE + "CacheService/CreateCacheEntry"))
                        .header(
                                "Authorization",
                                "Bearer " + job.actionVariables().get("ACTIONS_RUNTIME_TOKEN"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{"));
        assertThat(new String(desk.send(request).body(), StandardCharsets.UTF_8))
                .contains("malformed");
    }

    @ParameterizedTest
    @MethodSource("dev.rondo.kits.Databases#both")
    void cachesAreFoundByBranchKeyAndVersion(Database database) throws Exception {
        close();
        try (var there = new Desk(Files.createTempDirectory(data, "desk"), database)) {
            var main = there.job("shop", "r1", "a", "refs/heads/main");
            var feature = there.job("shop", "r2", "a", "refs/heads/feature");
            var foreign = there.job("other", "r3", "a", "refs/heads/main");
            save(there, main, "npm-1", "v1", "one");
            save(there, main, "npm-2", "v1", "two");
            save(there, feature, "npm-3", "v1", "three");
            assertThat(restored(there, main, "npm-1", List.of(), "v1")).isEqualTo("npm-1:one");
            assertThat(restored(there, main, "npm-", List.of(), "v1")).isEqualTo("npm-2:two");
            assertThat(restored(there, main, "npm-9", List.of("nothing", "npm-"), "v1"))
                    .isEqualTo("npm-2:two");
            assertThat(restored(there, feature, "npm-9", List.of("npm-"), "v1"))
                    .isEqualTo("npm-3:three");
            assertThat(restored(there, feature, "npm-1", List.of(), "v1")).isEqualTo("npm-1:one");
            assertThat(restored(there, main, "npm-3", List.of(), "v1")).isEmpty();
            assertThat(restored(there, main, "npm-1", List.of(), "v2")).isEmpty();
            assertThat(restored(there, foreign, "npm-1", List.of("npm-"), "v1")).isEmpty();
            var again =
                    there.call(
                            main,
                            "CacheService/CreateCacheEntry",
                            Map.of("key", "npm-1", "version", "v1"));
            assertThat(again.json().path("ok").asBoolean()).isFalse();
            assertThat(again.text("message")).contains("already exists");
        }
        open();
    }

    static void save(Desk there, LiveJob job, String key, String version, String content)
            throws Exception {
        var made =
                there.call(
                        job,
                        "CacheService/CreateCacheEntry",
                        Map.of("key", key, "version", version));
        var url = made.text("signed_upload_url");
        var put = there.put(url, content.getBytes(), "x-ms-blob-type", "BlockBlob");
        assertThat(put.statusCode()).as(made.json().toString()).isEqualTo(201);
        var finished =
                there.call(
                        job,
                        "CacheService/FinalizeCacheEntryUpload",
                        Map.of(
                                "key",
                                key,
                                "version",
                                version,
                                "size_bytes",
                                Integer.toString(content.length())));
        assertThat(finished.json().path("ok").asBoolean()).isTrue();
    }

    static String restored(Desk there, LiveJob job, String key, List<String> more, String version)
            throws Exception {
        var answer =
                there.call(
                        job,
                        "CacheService/GetCacheEntryDownloadURL",
                        Map.of("key", key, "restore_keys", more, "version", version));
        assertThat(answer.status()).isEqualTo(200);
        if (!answer.json().path("ok").asBoolean()) {
            return "";
        }
        return answer.text("matched_key")
                + ":"
                + new String(there.get(answer.text("signed_download_url")).body());
    }

    @Test
    void hugeAndStrangeKeysAreRefusedInTheClientsWords() throws Exception {
        for (String key : List.of("k".repeat(10_000), "a,b", "")) {
            var answer =
                    desk.call(
                            job,
                            "CacheService/CreateCacheEntry",
                            Map.of("key", key, "version", "v"));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text("msg")).startsWith("Key Validation Error: ");
            assertThat(answer.text("msg").length()).isLessThan(200);
        }
        var many =
                desk.call(
                        job,
                        "CacheService/GetCacheEntryDownloadURL",
                        Map.of(
                                "key",
                                "k",
                                "version",
                                "v",
                                "restore_keys",
                                java.util.Collections.nCopies(10, "k")));
        assertThat(many.text("msg"))
                .isEqualTo("Key Validation Error: Keys are limited to a maximum of 10.");
    }
}
