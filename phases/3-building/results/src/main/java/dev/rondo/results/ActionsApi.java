package dev.rondo.results;

import dev.rondo.phase.Spine;
import dev.rondo.store.Micros;
import dev.rondo.web.GithubRoutes;
import dev.rondo.web.May;
import dev.rondo.web.RestPage;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Artifacts and caches as GitHub's REST API has them (docs.github.com, "REST API endpoints for
 * GitHub Actions artifacts" and "… cache").
 */
final class ActionsApi {

    private static final String ACTIONS = GithubRoutes.REPOSITORY + "/actions";
    private static final String SCOPE = "actions";
    private static final int MOST = 100;

    private final Spine spine;
    private final ArtifactDesk artifacts;
    private final CacheDesk caches;
    private final SignedUrls urls;

    ActionsApi(Spine spine, ArtifactDesk artifacts, CacheDesk caches, SignedUrls urls) {
        this.spine = spine;
        this.artifacts = artifacts;
        this.caches = caches;
        this.urls = urls;
    }

    void register(Routes routes) {
        routes.get(ACTIONS + "/artifacts", May.READ, visit -> list(visit, 0)).scope(SCOPE);
        routes.get(
                        ACTIONS + "/runs/{run}/artifacts",
                        May.READ,
                        visit -> list(visit, visit.number("run")))
                .scope(SCOPE);
        routes.get(
                        ACTIONS + "/artifacts/{artifact}",
                        May.READ,
                        visit -> visit.json(json(server(visit), artifact(visit))))
                .scope(SCOPE);
        routes.get(ACTIONS + "/artifacts/{artifact}/zip", May.READ, this::download).scope(SCOPE);
        routes.delete(ACTIONS + "/artifacts/{artifact}", May.WRITE, this::deleteArtifact)
                .scope(SCOPE);
        routes.get(ACTIONS + "/cache/usage", May.READ, this::usage).scope(SCOPE);
        routes.get(ACTIONS + "/caches", May.READ, this::listCaches).scope(SCOPE);
        routes.delete(ACTIONS + "/caches", May.WRITE, this::deleteCaches).scope(SCOPE);
        routes.delete(ACTIONS + "/caches/{cache}", May.WRITE, this::deleteCache).scope(SCOPE);
    }

    private URI server(Visit visit) {
        return Results.server(spine, visit);
    }

    private void list(Visit visit, long run) {
        var filter =
                new ArchiveStore.Filter(
                        visit.project().name(), run, visit.query("name").orElse(""));
        var paging = RestPage.of(visit, server(visit));
        long total = spine.store().read(sql -> ArchiveStore.count(sql, filter));
        var page =
                spine.store()
                        .read(sql ->
                                ArchiveStore.page(sql, filter, paging.skipped(), paging.size()));
        paging.answer(
                visit,
                total,
                "artifacts",
                page.stream().map(one -> json(server(visit), one)).toList());
    }

    private static Map<String, Object> json(URI server, Archive archive) {
        var origin = archive.origin();
        var url =
                "%s/api/v3/repos/%s/%s/actions/artifacts/%d"
                        .formatted(server, JobIdentity.OWNER, origin.project(), archive.number());
        var json = new LinkedHashMap<String, Object>();
        json.put("id", archive.number());
        json.put("name", archive.name());
        json.put("size_in_bytes", archive.content().size());
        json.put("url", url);
        json.put("archive_download_url", url + "/zip");
        json.put("expired", archive.life().expired());
        json.put("digest", archive.content().digest());
        json.put("created_at", Micros.toInstant(archive.life().createdAt()));
        json.put("updated_at", Micros.toInstant(archive.life().createdAt()));
        json.put("expires_at", Micros.toInstant(archive.life().expiresAt()));
        json.put(
                "workflow_run",
                Map.of(
                        "id",
                        origin.runNumber(),
                        "head_branch",
                        origin.ref().replaceFirst("^refs/(heads|tags)/", ""),
                        "head_sha",
                        origin.commit()));
        return json;
    }

    private Archive artifact(Visit visit) {
        long number = visit.number("artifact");
        return spine.store()
                .read(sql -> ArchiveStore.find(sql, visit.project().name(), number))
                .orElseThrow(visit::missing);
    }

    private void download(Visit visit) {
        var archive = artifact(visit);
        if (archive.life().expired()) {
            visit.json(410, Map.of("message", "Artifact has expired"));
            return;
        }
        visit.http()
                .status(302)
                .header("Location", ArtifactService.download(urls, server(visit), archive));
    }

    private void deleteArtifact(Visit visit) {
        artifacts.delete(artifact(visit));
        visit.http().status(204);
    }

    private void usage(Visit visit) {
        var filter = new CacheStore.Filter(visit.project().name(), "", "");
        var use = spine.store().read(sql -> Use.of(sql, visit.project().name()));
        long count = spine.store().read(sql -> CacheStore.count(sql, filter));
        visit.json(
                Map.of(
                        "full_name",
                        JobIdentity.OWNER + "/" + visit.project().name(),
                        "active_caches_size_in_bytes",
                        use.cacheBytes(),
                        "active_caches_count",
                        count));
    }

    private static CacheStore.Filter filter(Visit visit) {
        return new CacheStore.Filter(
                visit.project().name(),
                visit.query("ref").orElse(""),
                visit.query("key").orElse(""));
    }

    private void listCaches(Visit visit) {
        var order =
                Optional.of(visit.query("sort").orElse("last_accessed_at").toUpperCase(Locale.ROOT))
                        .filter(name -> List.of("CREATED_AT", "SIZE_IN_BYTES").contains(name))
                        .map(CacheStore.Order::valueOf)
                        .orElse(CacheStore.Order.LAST_ACCESSED_AT);
        var sorting =
                new CacheStore.Sorting(
                        order, !visit.query("direction").filter("asc"::equals).isPresent());
        var paging = RestPage.of(visit, server(visit));
        long total = spine.store().read(sql -> CacheStore.count(sql, filter(visit)));
        var page =
                spine.store()
                        .read(sql ->
                                CacheStore.page(
                                        sql,
                                        filter(visit),
                                        sorting,
                                        (int) paging.skipped(),
                                        paging.size()));
        paging.answer(visit, total, "actions_caches", page.stream().map(ActionsApi::json).toList());
    }

    private static Map<String, Object> caches(long total, List<CacheEntry> page) {
        return Map.of(
                "total_count",
                total,
                "actions_caches",
                page.stream().map(ActionsApi::json).toList());
    }

    private static Map<String, Object> json(CacheEntry entry) {
        return Map.of(
                "id", entry.number(),
                "ref", entry.ref(),
                "key", entry.key(),
                "version", entry.version(),
                "last_accessed_at", Micros.toInstant(entry.usedAt()),
                "created_at", Micros.toInstant(entry.createdAt()),
                "size_in_bytes", entry.size());
    }

    /** Those of exactly this key, in one ref or in all. */
    private void deleteCaches(Visit visit) {
        var filter = filter(visit);
        if (filter.key().isEmpty()) {
            visit.json(422, Map.of("message", "Invalid request: key wasn't supplied"));
            return;
        }
        var sorting = new CacheStore.Sorting(CacheStore.Order.CREATED_AT, true);
        var found =
                spine.store().read(sql -> CacheStore.page(sql, filter, sorting, 0, MOST)).stream()
                        .filter(entry -> entry.key().equals(filter.key()))
                        .toList();
        if (found.isEmpty()) {
            throw visit.missing();
        }
        found.forEach(caches::delete);
        visit.json(caches(found.size(), found));
    }

    private void deleteCache(Visit visit) {
        long number = visit.number("cache");
        var entry =
                spine.store()
                        .read(sql -> CacheStore.find(sql, visit.project().name(), number))
                        .orElseThrow(visit::missing);
        caches.delete(entry);
        visit.http().status(204);
    }
}
