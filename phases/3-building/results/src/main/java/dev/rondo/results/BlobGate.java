package dev.rondo.results;

import dev.rondo.store.Blobs;
import dev.rondo.web.May;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What signed URLs lead to: the part of Azure's blob protocol that {@code @azure/storage-blob} uses
 * (learn.microsoft.com, "Blob service REST API": Put Block, Put Block List, Put Blob, Get Blob with
 * a range, Get Blob Properties).
 */
final class BlobGate {

    private static final String VERSION = "2025-11-05";
    private static final int BUFFER = 1 << 18;

    private final SignedUrls urls;
    private final Uploads uploads;
    private final Blobs blobs;

    BlobGate(SignedUrls urls, Uploads uploads, Blobs blobs) {
        this.urls = urls;
        this.uploads = uploads;
        this.blobs = blobs;
    }

    /** How a kept file is named in a URL. */
    static String file(String digest) {
        return digest.replace(':', '-');
    }

    void register(Routes routes) {
        var path = SignedUrls.PATH + "{file}";
        routes.put(path, May.ANYONE, this::put).fromOtherSites().anyBody();
        routes.get(path, May.ANYONE, visit -> get(visit, true)).fromOtherSites();
        routes.add("HEAD", path, May.ANYONE, visit -> get(visit, false)).fromOtherSites();
    }

    private void put(Visit visit) throws IOException {
        visit.http().disableCompression();
        try (var ignored = visit.patience(Limits.LONGEST_PAUSE)) {
            requireSigned(visit, SignedUrls.Right.WRITE);
            var upload =
                    uploads.find(visit.param("file"))
                            .orElseThrow(() ->
                                    new Upload.Bad(404, "BlobNotFound", "this upload is over"));
            take(visit, upload, visit.http().bodyInputStream());
            visit.http().header("ETag", "\"" + upload.id() + "\"");
            head(visit, 201);
        } catch (Upload.Bad bad) {
            say(visit, bad);
        }
    }

    private static void take(Visit visit, Upload upload, InputStream in)
            throws Upload.Bad, IOException {
        switch (visit.query("comp").orElse("")) {
            case "block" -> {
                var id = visit.query("blockid").orElse("");
                if (id.isEmpty() || id.length() > Limits.BLOCK_ID * 2) {
                    throw new Upload.Bad(
                            400,
                            "InvalidQueryParameterValue",
                            "a block's name has 1 to " + Limits.BLOCK_ID * 2 + " characters");
                }
                upload.block(id, in);
            }
            case "blocklist" -> upload.commit(BlockList.read(in));
            case "" -> {
                var type = visit.http().header("x-ms-blob-type");
                if (!"BlockBlob".equals(type)) {
                    throw new Upload.Bad(
                            400, "InvalidHeaderValue", "x-ms-blob-type must be BlockBlob");
                }
                upload.all(in);
            }
            default ->
                    throw new Upload.Bad(
                            400,
                            "InvalidQueryParameterValue",
                            "comp is block, blocklist or nothing");
        }
    }

    private void get(Visit visit, boolean withBody) throws IOException {
        visit.http().disableCompression();
        try (var ignored = visit.patience(Limits.LONGEST_PAUSE)) {
            requireSigned(visit, SignedUrls.Right.READ);
            var digest = visit.param("file").replace('-', ':');
            var path =
                    blobs.path(digest)
                            .orElseThrow(
                                    () -> new Upload.Bad(404, "BlobNotFound", "the file is gone"));
            answer(visit, path, digest, withBody);
        } catch (Upload.Bad bad) {
            say(visit, bad);
        }
    }

    private static void answer(Visit visit, Path path, String digest, boolean withBody)
            throws Upload.Bad, IOException {
        var http = visit.http();
        long size = Files.size(path);
        var range =
                Optional.ofNullable(http.header("x-ms-range"))
                        .or(() -> Optional.ofNullable(http.header("Range")));
        var slice = range.isPresent() ? Slice.of(range.get(), size) : new Slice(0, size);
        http.header("ETag", "\"" + digest + "\"");
        http.header("Accept-Ranges", "bytes");
        http.header("x-ms-blob-type", "BlockBlob");
        http.header("Cache-Control", "private, no-store");
        label(visit);
        if (range.isPresent() && size > 0) {
            http.header("Content-Range", slice.header(size));
        }
        head(visit, range.isPresent() && size > 0 ? 206 : 200);
        http.res().setContentLengthLong(slice.length());
        if (withBody) {
            send(path, slice, visit);
        }
    }

    private static void label(Visit visit) {
        var mime = visit.query("rsct").orElse("application/octet-stream");
        visit.http().contentType(mime);
        visit.query("rscd")
                .filter(name -> !name.isEmpty())
                .ifPresent(name ->
                        visit.http()
                                .header(
                                        "Content-Disposition",
                                        "attachment; filename=\"%s\"; filename*=UTF-8''%s"
                                                .formatted(
                                                        name.replaceAll(
                                                                "[^\\x20-\\x7e]|[\"\\\\]", "_"),
                                                        java.net.URLEncoder.encode(
                                                                        name,
                                                                        StandardCharsets.UTF_8)
                                                                .replace("+", "%20"))));
    }

    private static void send(Path path, Slice slice, Visit visit) throws IOException {
        try (var file = FileChannel.open(path);
                var out = Channels.newChannel(visit.http().res().getOutputStream())) {
            file.position(slice.from());
            var buffer = ByteBuffer.allocate(BUFFER);
            long left = slice.length();
            while (left > 0) {
                buffer.clear().limit((int) Math.min(BUFFER, left));
                if (file.read(buffer) < 0) {
                    throw new IOException(path + " became shorter");
                }
                buffer.flip();
                left -= buffer.remaining();
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
            }
        }
    }

    /** A part of a file. */
    private record Slice(long from, long length) {
        static Slice of(String range, long size) throws Upload.Bad {
            if (size == 0) {
                return new Slice(0, 0);
            }
            var matcher =
                    java.util.regex.Pattern.compile("bytes=([0-9]{1,18})-([0-9]{0,18})")
                            .matcher(range.strip());
            if (!matcher.matches()) {
                throw new Upload.Bad(400, "InvalidRange", "the range is bytes=FROM-TO");
            }
            long from = Long.parseLong(matcher.group(1));
            long to = matcher.group(2).isEmpty() ? size - 1 : Long.parseLong(matcher.group(2));
            if (from >= size || to < from) {
                throw new Upload.Bad(
                        416, "InvalidRange", "the file has " + size + " bytes, asked for " + range);
            }
            return new Slice(from, Math.min(to, size - 1) - from + 1);
        }

        String header(long size) {
            return "bytes %d-%d/%d".formatted(from, from + length - 1, size);
        }
    }

    private void requireSigned(Visit visit, SignedUrls.Right right) throws Upload.Bad {
        var asked =
                new SignedUrls.Asked(
                        visit.query("sp").orElse(""),
                        visit.query("se").orElse(""),
                        visit.query("sig").orElse(""),
                        new SignedUrls.Label(
                                visit.query("rscd").orElse(""), visit.query("rsct").orElse("")));
        var refusal = urls.refusal(right, visit.param("file"), asked);
        if (refusal.isPresent()) {
            throw new Upload.Bad(403, "AuthenticationFailed", refusal.get());
        }
    }

    private static void head(Visit visit, int status) {
        var http = visit.http();
        http.status(status);
        http.header("x-ms-version", VERSION);
        http.header(
                "Last-Modified",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
        Optional.ofNullable(http.header("x-ms-client-request-id"))
                .filter(id -> id.matches("[0-9a-fA-F-]{1,64}"))
                .ifPresent(id -> http.header("x-ms-client-request-id", id));
    }

    private static void say(Visit visit, Upload.Bad bad) {
        visit.http().attribute(Twirp.SAID, true);
        head(visit, bad.status());
        visit.http().header("x-ms-error-code", bad.code());
        visit.http().contentType("application/xml; charset=utf-8");
        // Whoever was refused may still send a body that nobody reads.
        visit.http().header("Connection", "close");
        visit.http()
                .result(
                        "<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>%s</Code><Message>%s</Message></Error>"
                                .formatted(bad.code(), escape(bad.why())));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
