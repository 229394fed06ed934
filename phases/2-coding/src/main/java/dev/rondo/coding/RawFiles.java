package dev.rondo.coding;

import dev.rondo.git.Blob;
import dev.rondo.web.May;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;

/**
 * Files as they are. Whoever can push could put a page here that acts as its reader, so nothing is
 * sent that a browser would run: pictures in a sandbox, text as plain text, all else to save.
 */
final class RawFiles {

    private static final int LARGEST = 64 << 20;

    private final ProjectRepositories repositories;

    RawFiles(ProjectRepositories repositories) {
        this.repositories = repositories;
    }

    void routes(Routes routes) {
        routes.get("/projects/{project}/coding/raw/<path>", May.READ, this::send);
    }

    private void send(Visit visit) {
        var scene = new Scene(visit, repositories);
        String path = visit.param("path");
        Blob blob = scene.git().file(scene.commit(), path, LARGEST).orElseThrow(visit::missing);
        if (blob.truncated()) {
            throw Refusal.of("coding.raw.large", LARGEST >> 20).status(413).asException();
        }
        var http = visit.http();
        http.header(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; sandbox");
        http.header("X-Content-Type-Options", "nosniff");
        http.header("Cache-Control", "private, no-cache");
        var image = Languages.image(path);
        if (image.isPresent()) {
            http.contentType(image.get());
        } else if (blob.binary()) {
            http.contentType("application/octet-stream");
            http.header("Content-Disposition", "attachment");
        } else {
            http.contentType("text/plain; charset=utf-8");
        }
        http.result(blob.bytes());
    }
}
