package dev.rondo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the token of a job may do by git over HTTP, with the real git on both sides. */
@Timeout(180)
class JobTokenTest {

    @TempDir Path folder;
    private ServerProcess process;
    private Operator operator;

    @BeforeEach
    void start() throws Exception {
        process = new ServerProcess(folder.resolve("data"));
        operator = new Operator(process, folder, "hello");
    }

    @AfterEach
    void stop() throws Exception {
        process.stop();
    }

    /** The log of the only job of a run. */
    private String finished(long run) {
        operator.server.await(
                "hello",
                "pipelinerun.finished",
                one -> one.number("number") == run,
                java.time.Duration.ofSeconds(90));
        var jobs = operator.server.get(api("/actions/runs/" + run + "/jobs")).json().path("jobs");
        return operator.server
                .get(api("/actions/jobs/" + jobs.path(0).path("id").asLong() + "/logs"))
                .body();
    }

    private static String api(String path) {
        return "/api/v3/repos/rondo/hello" + path;
    }

    @Test
    void aJobPushesAndStartsNothingWhereItsTokenMayWrite() {
        operator.push(
                """
                on: push
                permissions: {contents: write}
                jobs:
                  a:
                    runs-on: ubuntu-latest
                    env: {TOKEN: "${{ github.token }}", HERE: "${{ github.server_url }}/${{ github.repository }}"}
                    steps:
                      - uses: actions/checkout@v4
                      - run: |
                          git config user.name robot && git config user.email robot@example.org
                          git remote get-url origin
                          git commit -q --allow-empty -m "Made by $GITHUB_JOB"
                          git push -q origin HEAD:refs/heads/robot && echo pushed
                          git fetch -q origin robot && echo fetched
                          git -C .. clone -q "http://x-access-token:$TOKEN@${GITHUB_SERVER_URL#http://}/$GITHUB_REPOSITORY.git" basic && echo cloned by name
                          git -C .. clone -q "http://${GITHUB_SERVER_URL#http://}/hello.git" short -c http.extraheader="Authorization: Bearer $TOKEN" && echo cloned by bearer
                          git -C .. -c http.extraheader="Authorization: Bearer $TOKEN" clone -q "$HERE" here && echo cloned by address
                          echo "backwards $(rev <<<"$TOKEN")"
                      - uses: actions/checkout@v4
                        with: {persist-credentials: false}
                      - run: git push origin HEAD:refs/heads/other || echo refused
                """);
        var log = finished(1);
        assertThat(log)
                .contains("http://rondo.localhost/rondo/hello\n")
                .contains("pushed\n", "fetched\n", "cloned by name\n", "cloned by bearer\n")
                .contains("cloned by address\n", "refused\n");
        var pushed =
                operator.server.happenings("hello").stream()
                        .filter(one -> one.kind().equals("change.pushed"))
                        .toList();
        assertThat(pushed).hasSize(2);
        assertThat(pushed.getLast().text("ref")).isEqualTo("refs/heads/robot");

        // With a token of a person's the same branch starts the next run: none came in between.
        operator.work.git("fetch", "--quiet", "origin", "robot");
        operator.work.git("checkout", "--quiet", "-b", "robot", "FETCH_HEAD");
        operator.work.commit("mine", "1", "Mine");
        operator.work.git("push", "--quiet", "origin", "robot");
        finished(2);
        var run = operator.server.get(api("/actions/runs/2")).json();
        assertThat(run.path("head_branch").asString()).isEqualTo("robot");
        assertThat(run.path("actor").path("login").asString()).isEqualTo("ada");
        assertThat(run.path("display_title").asString()).isEqualTo("Mine");

        var backwards =
                log.substring(log.lastIndexOf("backwards ") + 10).lines().findFirst().orElseThrow();
        refusedByNow(new StringBuilder(backwards).reverse().toString());
    }

    private void refusedByNow(String token) {
        assertThat(token).startsWith("rondo_job_");
        var url = process.url() + "/rondo/hello";
        var byName =
                operator.work.tryGit(
                        "ls-remote",
                        url.replace("http://", "http://x-access-token:" + token + "@"));
        assertThat(byName.code()).isNotZero();
        assertThat(byName.text())
                .contains("remote: The job of this token has ended, and the token with it.");
        var pair = Base64.getEncoder().encodeToString(("x-access-token:" + token).getBytes());
        for (var how : List.of("basic " + pair, "Bearer " + token)) {
            var byHeader =
                    operator.work.tryGit(
                            "-c", "http.extraheader=Authorization: " + how, "ls-remote", url);
            assertThat(byHeader.code()).isNotZero();
            assertThat(byHeader.text())
                    .contains("remote: The job of this token has ended, and the token with it.");
        }
    }

    @Test
    void moreThanThreeTagsAtOnceStartNothing() {
        operator.push(
                "on: {push: {tags: ['**']}, create: }\njobs: {a: {runs-on: ubuntu-latest, steps:"
                        + " [{run: 'true'}]}}\n");
        // made for the branch itself
        finished(1);
        for (String tag : List.of("v1", "v2", "v3", "v4", "single")) {
            operator.work.git("tag", tag);
        }
        operator.work.git("push", "--quiet", "origin", "v1", "v2", "v3", "v4");
        operator.work.git("push", "--quiet", "origin", "single");
        finished(2);
        finished(3);
        var runs = operator.server.get(api("/actions/runs")).json();
        assertThat(runs.path("workflow_runs").findValuesAsString("head_branch"))
                .containsExactly("single", "single", "main");
    }

    @Test
    void whatTheTokenMayNotDoIsSaidInOneLine() {
        var made = operator.server.post("/api/projects", Map.of("name", "other", "title", "O"));
        assertThat(made.good()).as(made.body()).isTrue();
        operator.push(
                """
                on: push
                permissions: {contents: read}
                jobs:
                  a:
                    runs-on: ubuntu-latest
                    steps:
                      - uses: actions/checkout@v4
                      - run: |
                          git push origin HEAD:refs/heads/robot || true
                          git -c http.extraheader="$(git config --get-regexp extraheader | cut -d' ' -f2-)" ls-remote http://rondo.localhost/rondo/other || true
                """);
        assertThat(finished(1))
                .contains("remote: Permission to rondo/hello.git denied to github-actions[bot]")
                .contains("remote: There is no repository other.git, or it is not for you to see.");
    }
}
