package dev.rondo.coding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.access.Role;
import dev.rondo.kits.Databases;
import dev.rondo.kits.machine.Shell;
import dev.rondo.web.Texts;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {

    private static final String BASE = "/projects/shop/coding";

    @TempDir Path temp;
    Rig rig;

    @BeforeEach
    void start() {
        rig = new Rig(Databases.sqlite(), temp);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private Shell filled() {
        Shell work = rig.cloned("olga");
        work.write(
                "README.md", "# The shop\n\nSee [docs](docs/a.md) and #2.\n\n<script>x</script>\n");
        work.write("docs/a.md", "About\n");
        work.write("100% & more/a b.txt", "odd\n");
        work.write("logo.png", "\u0089PNG\0\0");
        work.write("page.html", "<script>alert(1)</script>\n");
        work.commit("src/Main.java", "class Main {\n}\n", "Begin");
        work.commit("src/Main.java", "class Main {\n    int x;\n}\n", "Add x\n\nFixes #2");
        work.git("tag", "v1");
        work.git("push", "--quiet", "origin", "main", "main:feature/x", "v1");
        return work;
    }

    private String page(String path) {
        var response = rig.get(path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        assertThat(response.body()).as(path).doesNotContain("⟦").doesNotContain("onerror=");
        return response.body();
    }

    @Test
    void anEmptyRepositorySaysHowToPush() {
        assertThat(page(BASE))
                .contains("git remote add origin http://rondo.example/shop.git")
                .contains("git push --set-upstream origin main");
        assertThat(rig.get(BASE + "/files", "Accept-Language", "de").body())
                .contains("wartet auf den ersten Push");
        assertThat(page(BASE + "/commits")).contains("git push");
        page(BASE + "/branches");
        page(BASE + "/tags");
    }

    @Test
    void theOverviewShowsFilesAndTheReadme() {
        filled();
        String page = page(BASE);
        assertThat(page)
                .contains("<h1>The shop</h1>")
                .contains("/coding/files/docs/a.md?at=main")
                .contains("/projects/shop/tickets/2")
                .contains(">src<")
                .doesNotContain("<script>x</script>");
        assertThat(page(BASE + "/files/src?at=feature%2Fx")).contains("Main.java");
        assertThat(page(BASE + "/files/docs/a.md")).contains("<p>About</p>");
        assertThat(rig.get(BASE + "/files/nope").statusCode()).isEqualTo(404);
        assertThat(rig.get(BASE + "?at=nope").statusCode()).isEqualTo(404);
    }

    @Test
    void filesHaveLinesToLinkTo() {
        filled();
        assertThat(page(BASE + "/files/src/Main.java"))
                .contains("id=\"L2\"")
                .contains("language-java");
        String odd = page(BASE + "/files");
        assertThat(odd).contains("100%25%20%26%20more");
        assertThat(page(BASE + "/files/100%25%20%26%20more/a%20b.txt?at=main")).contains("odd");
    }

    @Test
    void rawFilesCannotActInTheReadersName() {
        filled();
        var html = rig.get(BASE + "/raw/page.html");
        assertThat(html.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/plain");
        assertThat(html.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("sandbox");
        var image = rig.get(BASE + "/raw/logo.png");
        assertThat(image.headers().firstValue("Content-Type")).contains("image/png");
    }

    @Test
    void historyAndCommitsAreShown() {
        Shell work = filled();
        assertThat(page(BASE + "/commits")).contains("Add x").contains("Begin");
        assertThat(page(BASE + "/commits?path=docs%2Fa.md"))
                .contains("Begin")
                .doesNotContain("Add x");
        String commit = page(BASE + "/commits/" + work.head());
        assertThat(commit)
                .contains("    int x;")
                .contains("class=\"add\"")
                .contains("/projects/shop/tickets/2");
        assertThat(page(BASE + "/commits/" + work.head().substring(0, 8))).contains("Add x");
        assertThat(rig.get(BASE + "/commits/" + "1".repeat(40)).statusCode()).isEqualTo(404);
        assertThat(rig.get(BASE + "/commits?after=main~1").statusCode()).isEqualTo(200);
    }

    @Test
    void longHistoriesArePaged() {
        Shell work = rig.cloned("olga");
        for (int i = 0; i < 45; i++) {
            work.git("commit", "--quiet", "--allow-empty", "--message", "Commit " + i);
        }
        work.git("push", "--quiet", "origin", "main");
        String first = page(BASE + "/commits");
        assertThat(first).contains("Commit 44").doesNotContain("Commit 4<");
        var next = java.util.regex.Pattern.compile("href=\"([^\"]+)\">Next").matcher(first);
        assertThat(next.find()).isTrue();
        assertThat(page(next.group(1).replace("&amp;", "&")))
                .contains("Commit 4<")
                .contains("Commit 0");
    }

    @Test
    void branchesTagsAndComparisonsAreShown() {
        Shell work = filled();
        work.git("checkout", "--quiet", "-b", "topic");
        work.commit("docs/a.md", "Changed\n", "Write more");
        work.git("push", "--quiet", "origin", "topic");
        assertThat(page(BASE + "/branches")).contains("feature/x").contains("topic");
        assertThat(page(BASE + "/tags")).contains("v1");
        assertThat(page(BASE + "/comparison?from=main&to=topic"))
                .contains("Write more")
                .contains("Changed")
                .doesNotContain("int x");
    }

    @Test
    void projectsAreMadeByFormAndByJson() {
        assertThat(page("/projects/new")).contains("name=\"branch\"");
        var refused = post("/projects", "application/x-www-form-urlencoded", "name=Bad+Name");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("value=\"Bad Name\"");
        var made = post("/projects", "application/x-www-form-urlencoded", "name=tool&branch=trunk");
        assertThat(made.uri().getPath()).isEqualTo("/projects/tool/coding");
        assertThat(made.body()).contains("origin trunk");
        var json = post("/api/projects", "application/json", "{\"name\":\"api-made\"}");
        assertThat(json.statusCode()).isEqualTo(201);
        var twice = post("/api/projects", "application/json", "{\"name\":\"api-made\"}");
        assertThat(twice.statusCode()).isEqualTo(422);
        var branch =
                post(
                        "/api/projects",
                        "application/json",
                        "{\"name\":\"x\",\"defaultBranch\":\"a..b\"}");
        assertThat(branch.statusCode()).isEqualTo(422);
    }

    private java.net.http.HttpResponse<String> post(String path, String type, String body) {
        return rig.send(
                rig.request(path, "Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build());
    }

    @Test
    void theApiAnswersInJson() {
        Shell work = filled();
        assertThat(page("/api/projects/shop/refs")).contains("refs/heads/feature/x");
        assertThat(page("/api/projects/shop/commits?at=main")).contains(work.head());
        assertThat(page("/api/projects/shop/commits/main")).contains("Fixes #2");
    }

    @Test
    void readersReadAndStrangersDoNot() {
        filled();
        rig.member("rita", Role.READER);
        rig.account("stan", false);
        for (String[] who : new String[][] {{"rita", "200"}, {"stan", "404"}}) {
            var request =
                    HttpRequest.newBuilder(
                                    java.net.URI.create(
                                            "http://127.0.0.1:" + rig.web.port() + BASE))
                            .header("Authorization", "Bearer " + rig.token(who[0]).secret())
                            .build();
            assertThat(rig.send(request).statusCode()).isEqualTo(Integer.parseInt(who[1]));
        }
    }

    @Test
    void bothLanguagesHaveTheSameTexts() {
        var texts = Texts.of("coding");
        assertThat(texts.keys(Locale.GERMAN)).isEqualTo(texts.keys(Locale.ENGLISH));
    }
}
