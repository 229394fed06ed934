package dev.rondo.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * Scripts, styles and pictures from the jars. A module's own are found by convention: {@code
 * planning/board.js} is the resource {@code dev/rondo/planning/assets/board.js}. Their URL holds a
 * hash of their bytes, so that browsers keep them for a year and still get every change.
 */
public final class Assets {

    private static final String WEBJARS = "/META-INF/resources/webjars/";
    private static final Pattern OF_MODULE = Pattern.compile("([a-z]+)/([a-z0-9-]+\\.[a-z0-9]+)");
    private static final Map<String, String> TYPES =
            Map.of(
                    "css", "text/css; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "svg", "image/svg+xml",
                    "png", "image/png",
                    "woff2", "font/woff2",
                    "json", "application/json",
                    "webmanifest", "application/manifest+json");

    private final Map<String, Asset> byName = new ConcurrentHashMap<>();
    private final Optional<Path> sources = Reload.sources();

    /** One file with its hash; packed is gzip, or the bytes themselves if that is no smaller. */
    record Asset(String name, String type, String hash, byte[] bytes, byte[] packed) {}

    Assets() {
        own("figtree.woff2");
        own("figtree-ext.woff2");
        own("rondo.css");
        own("rondo.js");
        own("icon.svg");
        add("htmx.js", WEBJARS + "htmx.org/2.0.10/dist/htmx.min.js");
        add("sse.js", WEBJARS + "htmx-ext-sse/2.2.2/sse.js");
        add("uplot.js", WEBJARS + "uplot/1.6.30/dist/uPlot.iife.min.js");
        add("uplot.css", WEBJARS + "uplot/1.6.30/dist/uPlot.min.css");
        add("highlight.js", WEBJARS + "highlightjs/11.11.1/highlight.min.js");
    }

    /** Offers a resource of a phase's jar as {@code name}, such as {@code building/graph.js}. */
    public Assets add(String name, String resource) {
        try (var in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + resource);
            }
            byName.put(name, asset(name, in.readAllBytes()));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    String url(String name) {
        return "/assets/" + find(name).hash() + "/" + name;
    }

    void serve(Visit visit) {
        var http = visit.http();
        var asset = known(visit.param("name")).orElseThrow(visit::missing);
        http.disableCompression();
        boolean isCurrent = asset.hash().equals(visit.param("hash"));
        http.header(
                "Cache-Control", isCurrent ? "public, max-age=31536000, immutable" : "no-cache");
        http.header("Vary", "Accept-Encoding");
        http.contentType(asset.type());
        var encodings = http.header("Accept-Encoding");
        if (asset.packed() != asset.bytes() && encodings != null && encodings.contains("gzip")) {
            http.header("Content-Encoding", "gzip").result(asset.packed());
        } else {
            http.result(asset.bytes());
        }
    }

    private void own(String name) {
        add(name, "/dev/rondo/web/assets/" + name);
    }

    /** While the pages are worked on, our own files are read again for each page. */
    private Asset find(String name) {
        sources.flatMap(root -> Reload.asset(root, name))
                .ifPresent(file -> byName.put(name, asset(name, read(file))));
        return known(name).orElseThrow(() -> new IllegalArgumentException("no asset " + name));
    }

    private Optional<Asset> known(String name) {
        var asset = byName.get(name);
        if (asset != null) {
            return Optional.of(asset);
        }
        var parts = OF_MODULE.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var resource = "/dev/rondo/" + parts.group(1) + "/assets/" + parts.group(2);
        if (Assets.class.getResource(resource) == null) {
            return Optional.empty();
        }
        add(name, resource);
        return Optional.ofNullable(byName.get(name));
    }

    private Asset asset(String name, byte[] original) {
        var bytes = name.endsWith(".css") ? withUrls(original) : original;
        var type =
                TYPES.getOrDefault(
                        name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
        var packed = gzip(bytes);
        return new Asset(
                name, type, hash(bytes), bytes, packed.length < bytes.length ? packed : bytes);
    }

    /** Styles name other assets as {@code url("asset:NAME")}, which must be there before them. */
    private byte[] withUrls(byte[] css) {
        var text = new String(css, StandardCharsets.UTF_8);
        for (var asset : byName.values()) {
            text =
                    text.replace(
                            "asset:" + asset.name(),
                            "/assets/" + asset.hash() + "/" + asset.name());
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream(bytes.length / 2);
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String hash(byte[] bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
