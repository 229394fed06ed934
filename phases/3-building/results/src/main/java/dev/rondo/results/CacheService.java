package dev.rondo.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * {@code github.actions.results.api.v1.CacheService} as {@code @actions/cache} calls it
 * (actions/toolkit, packages/cache/src/generated/results/api/v1/cache.ts). That a cache is not
 * there or cannot be made is no fault: caching is best effort.
 */
final class CacheService {

    private static final String NAME = "github.actions.results.api.v1.CacheService";

    private final CacheDesk desk;
    private final SignedUrls urls;

    CacheService(CacheDesk desk, SignedUrls urls) {
        this.desk = desk;
        this.urls = urls;
    }

    void register(Twirp twirp) {
        twirp.add(NAME, "CreateCacheEntry", this::create);
        twirp.add(NAME, "FinalizeCacheEntryUpload", this::finish);
        twirp.add(NAME, "GetCacheEntryDownloadURL", this::url);
    }

    private Map<String, Object> create(LiveJob job, Twirp.Body body) throws Twirp.Fault {
        var target = target(body);
        try {
            var upload = desk.begin(job, target);
            return Map.of("ok", true, "signed_upload_url", urls.upload(body.server(), upload));
        } catch (ArtifactDesk.Refused refused) {
            return Map.of("ok", false, "message", refused.why());
        }
    }

    private Map<String, Object> finish(LiveJob job, Twirp.Body body) throws Twirp.Fault {
        var size = body.text("size_bytes");
        if (!size.matches("[0-9]{0,18}")) {
            throw new Twirp.Fault(Twirp.Code.MALFORMED, "size_bytes is no number");
        }
        try {
            var entry = desk.finish(job, target(body), size.isEmpty() ? -1 : Long.parseLong(size));
            return Map.of("ok", true, "entry_id", Long.toString(entry.number()));
        } catch (ArtifactDesk.Refused refused) {
            return Map.of("ok", false, "entry_id", "0", "message", refused.why());
        }
    }

    private Map<String, Object> url(LiveJob job, Twirp.Body body) throws Twirp.Fault {
        var keys = new ArrayList<String>();
        keys.add(body.text("key"));
        keys.addAll(body.texts("restore_keys"));
        var version = body.text("version");
        requireGood(keys, version);
        return desk.find(job.identity(), keys, version)
                .map(entry ->
                        Map.<String, Object>of(
                                "ok",
                                true,
                                "signed_download_url",
                                urls.download(
                                        body.server(),
                                        entry.digest(),
                                        new SignedUrls.Label("cache", "application/octet-stream")),
                                "matched_key",
                                entry.key()))
                .orElseGet(() -> Map.of("ok", false));
    }

    private static Upload.Target.Cache target(Twirp.Body body) throws Twirp.Fault {
        var target = new Upload.Target.Cache(body.text("key"), body.text("version"));
        requireGood(List.of(target.key()), target.version());
        return target;
    }

    private static void requireGood(List<String> keys, String version) throws Twirp.Fault {
        var refusal = CacheDesk.refusal(keys, version);
        if (refusal.isPresent()) {
            throw new Twirp.Fault(Twirp.Code.INVALID_ARGUMENT, refusal.get());
        }
    }
}
