package dev.rondo.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.kits.machine.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who works with a running server: the first account, its token, and a project with a clone. */
final class Operator {

    static final String PASSWORD = "lovelace-1843";
    private final String token;

    final DemoServer server;
    final String project;
    final Shell work;

    Operator(ServerProcess process, Path folder, String project) {
        this.server = new DemoServer(process.url());
        this.project = project;
        this.token = DemoAccount.make(server, process.setupSecret(), "ada", PASSWORD);
        server.token(token);
        var made = server.post("/api/projects", Map.of("name", project, "title", "Hello"));
        assertThat(made.good()).as(made.body()).isTrue();
        this.work = new Shell(folder.resolve("work"));
        work.git("init", "--quiet", "--initial-branch", "main");
        work.git(
                "remote",
                "add",
                "origin",
                DemoAccount.remote(process.url(), "ada", token, project));
    }

    /** A personal access token. */
    String token() {
        return token;
    }

    String push(String workflow) {
        var commit = work.commit(".github/workflows/ci.yml", workflow, "Build");
        work.git("push", "--quiet", "origin", "main");
        return commit;
    }

    Shell.Result tryPush(byte[] content) throws IOException {
        new java.util.Random(1).nextBytes(content);
        Files.write(work.folder().resolve("random"), content);
        work.git("add", "--all");
        work.git("commit", "--quiet", "--allow-empty", "--message", "Random");
        return work.tryGit("push", "origin", "main");
    }

    DemoServer.Happening await(String kind) {
        return server.await(project, kind, one -> true, Duration.ofSeconds(60));
    }

    String page(String path) {
        var answer = server.page(path);
        assertThat(answer.status()).as("%s: %s", path, answer.body()).isEqualTo(200);
        return answer.body();
    }

    String ticket(String title) {
        var made = make(title);
        assertThat(made.good()).as(made.body()).isTrue();
        return title;
    }

    private DemoServer.Answer make(String title) {
        return server.post(
                "/api/projects/" + project + "/tickets", Map.of("type", "task", "title", title));
    }

    /** Until one is refused: what was told as done is remembered. */
    DemoServer.Answer fillTickets(List<String> told) {
        for (int i = 0; i < 10_000; i++) {
            var title = "ticket " + i + " " + "x".repeat(150);
            var made = make(title);
            if (!made.good()) {
                return made;
            }
            told.add(title);
        }
        throw new AssertionError("the disk does not get full");
    }

    List<String> titles() {
        var titles = new ArrayList<String>();
        server.happenings(project).stream()
                .filter(one -> one.kind().equals("ticket.created"))
                .forEach(one -> titles.add(one.text("title")));
        return titles;
    }

    void variable(String name, String value) {
        var made =
                server.post(
                        "/api/v3/repos/rondo/" + project + "/actions/variables",
                        Map.of("name", name, "value", value));
        assertThat(made.good()).as(made.body()).isTrue();
    }

    void account(String name) {
        var made =
                server.form(
                        "/admin/accounts",
                        Map.of("name", name, "title", name, "email", "", "password", PASSWORD),
                        Map.of());
        assertThat(made.status()).as(made.body()).isLessThan(400);
    }
}
