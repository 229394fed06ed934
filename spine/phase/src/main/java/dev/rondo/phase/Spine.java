package dev.rondo.phase;

import dev.rondo.access.Access;
import dev.rondo.git.Repositories;
import dev.rondo.journal.Journal;
import dev.rondo.sandbox.Sandbox;
import dev.rondo.store.Blobs;
import dev.rondo.store.Secrets;
import dev.rondo.store.Store;
import dev.rondo.telemetry.Telemetry;
import dev.rondo.web.Links;
import dev.rondo.web.Live;
import dev.rondo.web.Texts;
import java.net.URI;
import java.nio.file.Path;

/**
 * What every phase stands on, handed to its constructor.
 *
 * @param data folder of this phase alone, made already
 * @param publicUrl where people reach this Rondo, without a slash at the end
 */
public record Spine(
        Store store,
        Journal journal,
        Blobs blobs,
        Secrets secrets,
        Access access,
        Repositories repositories,
        Sandbox sandbox,
        Telemetry telemetry,
        Texts texts,
        Live live,
        Links links,
        Path data,
        URI publicUrl) {

    /** The same with another folder of data. */
    public Spine withData(Path folder) {
        return new Spine(
                store,
                journal,
                blobs,
                secrets,
                access,
                repositories,
                sandbox,
                telemetry,
                texts,
                live,
                links,
                folder,
                publicUrl);
    }
}
