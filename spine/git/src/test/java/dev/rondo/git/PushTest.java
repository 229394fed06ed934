package dev.rondo.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.kits.machine.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one push request does, byte by byte, without a server. */
class PushTest {

    @TempDir Path temp;
    Repositories repositories;
    GitRepository shop;
    Shell work;
    String first;
    final List<RefUpdate> told = new ArrayList<>();

    @BeforeEach
    void fill() {
        repositories =
                new Repositories(
                        temp.resolve("repositories"), GitSettings.in(temp.resolve("home")));
        shop = repositories.create("shop", "main");
        work = new Shell(temp.resolve("work"));
        work.git("init", "--quiet", "--initial-branch=main");
        first = work.commit("a", "1\n", "One");
        work.git("push", "--quiet", shop.folder().toString(), "main", "main:old");
    }

    @AfterEach
    void close() {
        repositories.close();
    }

    private static final class Request implements GitExchange {
        final String resource;
        final InputStream body;
        final Map<String, String> headers = new LinkedHashMap<>();
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status;

        Request(String resource, InputStream body) {
            this.resource = resource;
            this.body = body;
            headers.put("Content-Type", "application/x-" + resource.substring(1) + "-request");
        }

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String resource() {
            return resource;
        }

        @Override
        public Optional<String> parameter(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }

        @Override
        public String user() {
            return "maria";
        }

        @Override
        public InputStream body() {
            return body;
        }

        @Override
        public void status(int code) {
            status = code;
        }

        @Override
        public void header(String name, String value) {}

        @Override
        public OutputStream answer() {
            return out;
        }

        String text() {
            return out.toString(StandardCharsets.UTF_8);
        }
    }

    private Request push(InputStream body, PushRules rules) throws IOException {
        var request = new Request("/git-receive-pack", body);
        repositories.http().answer(request, shop.folder(), rules);
        return request;
    }

    private PushRules rules() {
        return new PushRules(_ -> Optional.empty(), told::addAll);
    }

    private byte[] commands(String capabilities, String... lines) throws IOException {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < lines.length; i++) {
            PktLine.write(out, lines[i] + (i == 0 ? "\0 " + capabilities : ""));
        }
        out.write(PktLine.FLUSH);
        return out.toByteArray();
    }

    private String delete(String branch) {
        return first + " " + RefUpdate.NONE + " refs/heads/" + branch;
    }

    @Test
    void listenersAreToldBeforeTheClient() throws IOException {
        var request = new Request[1];
        var body = new ByteArrayInputStream(commands("report-status", delete("old")));
        request[0] = new Request("/git-receive-pack", body);
        var rules =
                new PushRules(
                        _ -> Optional.empty(),
                        updates -> {
                            assertThat(request[0].text()).isEmpty();
                            assertThat(shop.resolve("old")).isEmpty();
                            told.addAll(updates);
                        });
        repositories.http().answer(request[0], shop.folder(), rules);
        assertThat(told).containsExactly(new RefUpdate("refs/heads/old", first, RefUpdate.NONE));
        assertThat(request[0].text()).isEqualTo("000eunpack ok\n0016ok refs/heads/old\n0000");
    }

    @Test
    void clientsWithAndWithoutSideBandAndReportAreUnderstood() throws IOException {
        for (String capabilities :
                new String[] {"", "report-status", "side-band-64k", "report-status side-band"}) {
            work.git("push", "--quiet", "--force", shop.folder().toString(), "main:old");
            told.clear();
            var body = new ByteArrayInputStream(commands(capabilities, delete("old")));
            var request = push(body, rules());
            assertThat(told).as(capabilities).hasSize(1);
            assertThat(request.text().contains("ok refs/heads/old"))
                    .as(capabilities)
                    .isEqualTo(capabilities.contains("report-status"));
            assertThat(request.status).isEqualTo(200);
        }
    }

    @Test
    void whoCannotRecordAPushMakesTheClientHearIt() throws IOException {
        var rules =
                new PushRules(
                        _ -> Optional.empty(),
                        _ -> {
                            throw new IllegalStateException("the disk is full");
                        });
        var body = new ByteArrayInputStream(commands("report-status", delete("old")));
        assertThat(push(body, rules).text())
                .contains(
                        "ng refs/heads/old the ref has moved, but the server could not record it");
    }

    @Test
    void someRefsAreRefusedAndOthersGoOn() throws IOException {
        var rules =
                new PushRules(
                        update ->
                                update.ref().endsWith("main")
                                        ? Optional.of("main\nis protected")
                                        : Optional.empty(),
                        told::addAll);
        var body =
                new ByteArrayInputStream(commands("report-status", delete("old"), delete("main")));
        assertThat(push(body, rules).text())
                .contains("ok refs/heads/old")
                .contains("ng refs/heads/main main is protected");
        assertThat(told).hasSize(1);
        assertThat(shop.resolve("main")).isPresent();
    }

    @Test
    void atomicPushesAreRefusedAsAWhole() throws IOException {
        var rules =
                new PushRules(
                        update ->
                                update.ref().endsWith("main")
                                        ? Optional.of("no")
                                        : Optional.empty(),
                        told::addAll);
        var body =
                new ByteArrayInputStream(
                        commands("report-status atomic", delete("old"), delete("main")));
        assertThat(push(body, rules).text()).contains("ng refs/heads/old atomic push failure");
        assertThat(told).isEmpty();
        assertThat(shop.resolve("old")).isPresent();
    }

    @Test
    void refsWithBadNamesNeverReachGit() throws IOException {
        for (String ref :
                new String[] {"HEAD", "refs/heads/a..b", "refs/../x", "config", "refs/heads/.x"}) {
            var body =
                    new ByteArrayInputStream(
                            commands("report-status", RefUpdate.NONE + " " + first + " " + ref));
            assertThat(push(body, rules()).text()).contains("not a valid ref name");
        }
        assertThat(told).isEmpty();
    }

    @Test
    void whatIsNoPushIsABadRequest() throws IOException {
        for (String body :
                new String[] {"zzzz", "0032" + "x".repeat(46), "00", "0008abcd0000", "fffe"}) {
            var in = new ByteArrayInputStream(body.getBytes(StandardCharsets.US_ASCII));
            var request = new Request("/git-receive-pack", in);
            try {
                repositories.http().answer(request, shop.folder(), rules());
                assertThat(request.status).as(body).isEqualTo(400);
            } catch (IOException e) {
                // The request ended in the middle of a line: there is nobody to answer.
                assertThat(e).isInstanceOf(java.io.EOFException.class);
            }
        }
        assertThat(told).isEmpty();
    }

    @Test
    void aTornRequestMovesNothing() throws IOException {
        byte[] whole = commands("report-status", delete("old"));
        var torn =
                new InputStream() {
                    private int at;

                    @Override
                    public int read() throws IOException {
                        if (at == whole.length) {
                            throw new IOException("connection reset");
                        }
                        return whole[at++];
                    }
                };
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> push(torn, rules()))
                .isInstanceOf(IOException.class);
        assertThat(told).isEmpty();
        assertThat(shop.resolve("old")).isPresent();
    }

    @Test
    void compressedRequestsAreRead() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(commands("report-status", delete("old")));
        }
        var request =
                new Request("/git-receive-pack", new ByteArrayInputStream(packed.toByteArray()));
        request.headers.put("Content-Encoding", "gzip");
        repositories.http().answer(request, shop.folder(), rules());
        assertThat(request.text()).contains("ok refs/heads/old");
    }

    @Test
    void anEmptyPushIsTheProbeOfALargeOne() throws IOException {
        var request = push(new ByteArrayInputStream(PktLine.FLUSH), rules());
        assertThat(request.status).isEqualTo(200);
        assertThat(request.text()).isEmpty();
    }

    @Test
    void otherRequestsAreRefused() throws IOException {
        var wrongType = new Request("/git-upload-pack", InputStream.nullInputStream());
        wrongType.headers.put("Content-Type", "text/plain");
        repositories.http().answer(wrongType, shop.folder(), rules());
        assertThat(wrongType.status).isEqualTo(415);
        var nothing = new Request("/objects/info/packs", InputStream.nullInputStream());
        repositories.http().answer(nothing, shop.folder(), rules());
        assertThat(nothing.status).isEqualTo(404);
    }

    @Test
    void aFetchThatAsksForTooMuchIsRefused() throws IOException {
        var endless =
                new InputStream() {
                    @Override
                    public int read() {
                        return '0';
                    }

                    @Override
                    public int read(byte[] buffer, int from, int length) {
                        java.util.Arrays.fill(buffer, from, from + length, (byte) '0');
                        return length;
                    }
                };
        var request = new Request("/git-upload-pack", endless);
        repositories.http().answer(request, shop.folder(), rules());
        assertThat(request.status).isEqualTo(413);
        assertThat(request.text()).contains("at most 64 MiB");
    }
}
