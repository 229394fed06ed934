package dev.rondo.coding;

import dev.rondo.access.Grant;
import dev.rondo.access.Project;
import dev.rondo.access.Projects;
import dev.rondo.access.Role;
import dev.rondo.git.Blob;
import dev.rondo.git.Commit;
import dev.rondo.git.Person;
import dev.rondo.git.TreeEntry;
import dev.rondo.web.GithubRoutes;
import dev.rondo.web.May;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/** Repositories, their files and commits as GitHub's REST interface has them. */
final class GithubApi {

    /** "Files larger than 1 MB" come without their content there; here they are refused. */
    private static final int LARGEST = 1 << 20;

    private static final int LINE = 60;

    private final ProjectRepositories repositories;
    private final URI server;

    GithubApi(ProjectRepositories repositories, URI server) {
        this.repositories = repositories;
        this.server = server;
    }

    void routes(Routes routes) {
        routes.get(GithubRoutes.REPOSITORY, May.READ, this::repository).scope("metadata");
        routes.get(GithubRoutes.REPOSITORY + "/contents", May.READ, v -> contents(v, ""))
                .scope(Grant.CONTENTS);
        routes.get(
                        GithubRoutes.REPOSITORY + "/contents/<path>",
                        May.READ,
                        v -> contents(v, v.param("path")))
                .scope(Grant.CONTENTS);
        routes.get(GithubRoutes.REPOSITORY + "/commits/<ref>", May.READ, this::commit)
                .scope(Grant.CONTENTS);
        // an address that people put together by hand, after those of github.com
        routes.get(
                "/" + Projects.OWNER + "/{project}/commit/{commit}",
                May.READ,
                v -> v.redirect(new CodeUrls(v.project().name()).commit(v.param("commit"))));
    }

    private static long number(String name) {
        var sum = new CRC32();
        sum.update(name.getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }

    private String api(Project project, String path) {
        return server + "/api/v3/repos/" + Projects.OWNER + "/" + project.name() + path;
    }

    private void repository(Visit visit) {
        var project = visit.project();
        var full = Projects.OWNER + "/" + project.name();
        var json = new LinkedHashMap<String, Object>();
        json.put("id", number(full));
        json.put("node_id", "");
        json.put("name", project.name());
        json.put("full_name", full);
        json.put("private", true);
        json.put("visibility", "private");
        json.put(
                "owner",
                Map.of(
                        "login",
                        Projects.OWNER,
                        "id",
                        number(Projects.OWNER),
                        "type",
                        "Organization"));
        json.put("html_url", server + "/projects/" + project.name());
        json.put("url", api(project, ""));
        json.put("clone_url", server + "/" + full + ".git");
        json.put("description", project.description());
        json.put("default_branch", project.defaultBranch());
        json.put("created_at", project.createdAt().toString());
        json.put("fork", false);
        json.put("archived", false);
        json.put("disabled", false);
        json.put(
                "permissions",
                Map.of(
                        "pull",
                        visit.role().covers(Role.READER),
                        "push",
                        visit.role().covers(Role.WRITER),
                        "admin",
                        visit.role().covers(Role.OWNER)));
        visit.json(json);
    }

    /** A file with its content, or what is in a folder, at {@code ref}. */
    private void contents(Visit visit, String path) {
        var git = repositories.of(visit.project());
        String ref = visit.query("ref").orElse(visit.project().defaultBranch());
        String commit =
                git.resolve(ref)
                        .orElseThrow(
                                () -> Refusal.missing("coding.ref.missing", ref).asException());
        Optional<Blob> file = path.isEmpty() ? Optional.empty() : git.file(commit, path, LARGEST);
        if (file.isEmpty()) {
            List<TreeEntry> entries = git.tree(commit, path).orElseThrow(visit::missing);
            visit.json(entries.stream().map(entry -> entry(visit, entry, ref)).toList());
        } else if (file.get().truncated()) {
            throw Refusal.of("coding.raw.large", LARGEST >> 20).status(403).asException();
        } else if (String.valueOf(visit.http().header("Accept")).contains(".raw")) {
            visit.http().contentType("application/octet-stream").result(file.get().bytes());
        } else {
            TreeEntry entry = git.entry(commit, path).orElseThrow(visit::missing);
            var json = entry(visit, entry, ref);
            json.put("encoding", "base64");
            json.put(
                    "content",
                    Base64.getMimeEncoder(LINE, new byte[] {'\n'})
                                    .encodeToString(file.get().bytes())
                            + "\n");
            visit.json(json);
        }
    }

    private Map<String, Object> entry(Visit visit, TreeEntry entry, String ref) {
        var json = new LinkedHashMap<String, Object>();
        json.put("type", type(entry));
        json.put("name", entry.name());
        json.put("path", entry.path());
        json.put("sha", entry.id());
        json.put("size", entry.size());
        json.put("url", api(visit.project(), "/contents/" + entry.path() + "?ref=" + ref));
        json.put(
                "html_url", server + new CodeUrls(visit.project().name()).files(ref, entry.path()));
        return json;
    }

    private static String type(TreeEntry entry) {
        return switch (entry.kind()) {
            case FOLDER -> "dir";
            case FILE, EXECUTABLE -> "file";
            case LINK -> "symlink";
            case SUBMODULE -> "submodule";
        };
    }

    private void commit(Visit visit) {
        var git = repositories.of(visit.project());
        String id = git.resolve(visit.param("ref")).orElseThrow(visit::missing);
        Commit commit = git.commit(id);
        var json = new LinkedHashMap<String, Object>();
        json.put("sha", commit.id());
        json.put("url", api(visit.project(), "/commits/" + commit.id()));
        json.put("html_url", server + new CodeUrls(visit.project().name()).commit(commit.id()));
        json.put(
                "commit",
                Map.of(
                        "message",
                        commit.message(),
                        "author",
                        person(commit.author()),
                        "committer",
                        person(commit.committer())));
        json.put(
                "parents", commit.parents().stream().map(parent -> Map.of("sha", parent)).toList());
        visit.json(json);
    }

    private static Map<String, Object> person(Person person) {
        return Map.of(
                "name", person.name(), "email", person.email(), "date", person.at().toString());
    }
}
