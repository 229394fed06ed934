package dev.rondo.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.access.Accounts;
import dev.rondo.kits.machine.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The verbs that need no server, through the command line: what they print, and how they end. */
class LocalVerbsTest {

    private static final String VALID =
            "on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: echo}]}}\n";

    private final PrintStream usualOut = System.out;
    private final PrintStream usualErr = System.err;
    private final InputStream usualIn = System.in;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir Path here;

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        System.setProperty("rondo.cwd", here.toString());
    }

    @AfterEach
    void restore() {
        System.setOut(usualOut);
        System.setErr(usualErr);
        System.setIn(usualIn);
        System.clearProperty("rondo.cwd");
    }

    private int rondo(String... arguments) {
        out.reset();
        err.reset();
        return Main.run(arguments);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(printed());
    }

    /** What the user has to change, in one line, with nothing on standard output. */
    private void refuses(String why, String... arguments) {
        assertThat(rondo(arguments)).isEqualTo(1);
        assertThat(printed()).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8).strip())
                .startsWith("rondo: ")
                .contains(why)
                .doesNotContain("\n");
    }

    private void write(String name, String text) throws IOException {
        var file = here.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void exprPrintsAValueAndEndsWithTwoWhereTheExpressionIsWrong() throws IOException {
        assertThat(rondo("expr", "2 > 1")).isZero();
        assertThat(printed()).isEqualTo("{\"kind\":\"Boolean\",\"value\":true}");
        write("seen.json", "{\"github\": {\"ref\": \"refs/heads/main\"}, \"n\": 7}");
        assertThat(rondo("expr", "${{ github.ref }}", "--context", "seen.json")).isZero();
        assertThat(printed()).isEqualTo("{\"kind\":\"String\",\"value\":\"refs/heads/main\"}");
        assertThat(rondo("expr", "--context", here.resolve("seen.json").toString(), "n")).isZero();
        assertThat(json().get("value").asInt()).isEqualTo(7);
        for (var wrong :
                Map.of("1 ==", "parsing", "'open", "lexing", "fromJSON('{')", "evaluation")
                        .entrySet()) {
            assertThat(rondo("expr", wrong.getKey())).as(wrong.getKey()).isEqualTo(2);
            assertThat(json().get("error").asString()).isEqualTo(wrong.getValue());
            assertThat(json().get("message").asString()).isNotBlank();
        }
        assertThat(rondo("expr", "github.ref")).as("not seen without --context").isEqualTo(2);
    }

    @Test
    void exprAnswersEachLineOfABatch() {
        var lines = "{\"expr\": \"1 == 1\"}\n{\"expr\": \"1 ==\"}\n";
        System.setIn(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
        assertThat(rondo("expr", "--batch")).isZero();
        assertThat(printed().lines()).hasSize(2);
        assertThat(printed()).startsWith("{\"kind\":\"Boolean\"").contains("{\"error\":\"parsing");
    }

    @Test
    void exprRefusesAContextThatIsNone() throws IOException {
        write("list.json", "[1]");
        write("half.json", "{\"a\": ");
        refuses("there is no file " + here.resolve("none"), "expr", "1", "--context", "none");
        refuses("to read", "expr", "1", "--context", ".");
        refuses("list.json holds no JSON object", "expr", "1", "--context", "list.json");
        refuses("half.json: ", "expr", "1", "--context", "half.json");
        refuses("give an expression", "expr");
        refuses("--contxt", "expr", "1", "--contxt", "list.json");
    }

    @Test
    void workflowCheckEndsWithOneWhereAFileIsWrong() throws IOException {
        write(".github/workflows/ci.yml", VALID);
        assertThat(rondo("workflow", "check")).isZero();
        assertThat(printed()).isEqualTo(".github/workflows/ci.yml: valid, 1 job");
        write("bad.yml", "on: push\njobs: {a: {runs-on: x, stepz: []}}\n");
        assertThat(rondo("workflow", "check", "bad.yml")).isEqualTo(1);
        assertThat(printed()).startsWith("bad.yml:2:").contains("Unexpected value 'stepz'");
        assertThat(rondo("workflow", "check", "--json", ".github/workflows/ci.yml", "bad.yml"))
                .isEqualTo(1);
        assertThat(printed().lines()).hasSize(2);
        assertThat(printed()).contains("\"valid\":true", "\"valid\":false");
        assertThat(rondo("workflow", "check", "none.yml")).isEqualTo(1);
        assertThat(printed()).contains("none.yml").contains("There is no such file");
        write(".github/workflows/other.yaml", "on: push\n");
        assertThat(rondo("workflow", "check")).isEqualTo(1);
        refuses("--jsn", "workflow", "check", "--jsn");
    }

    @Test
    void workflowRunRefusesWhatCannotRunBeforeAnythingRuns() throws IOException {
        write(".github/workflows/ci.yml", VALID);
        var file = ".github/workflows/ci.yml";
        refuses("no git repository", "workflow", "run", file);
        new Shell(here).git("init", "--quiet");
        refuses(
                "--secret: give NOBODY_SET_THIS=VALUE, or set the variable NOBODY_SET_THIS",
                "workflow",
                "run",
                file,
                "--secret",
                "NOBODY_SET_THIS");
        refuses("--payload: none.json", "workflow", "run", file, "--payload", "none.json");
        refuses("tool-cache", "workflow", "run", file, "--tool-cache", "none");
        refuses("sandbox", "workflow", "run", file, "--sandbox", "maybe");
        refuses("FILE", "workflow", "run");
    }

    @Test
    void reportEndsByWhatTheReportsSay() throws IOException {
        write("good.xml", "<testsuite name='s'><testcase name='a'/></testsuite>");
        write(
                "bad.xml",
                "<testsuite name='t'><testcase name='b'><failure/></testcase></testsuite>");
        write("half.xml", "<testsuite>\n<testcase>");
        assertThat(rondo("report", "--json", "good.xml")).isZero();
        assertThat(json().get("tests").asInt()).isEqualTo(1);
        assertThat(json().get("failed").asInt()).isZero();
        assertThat(rondo("report", "good.xml", "bad.xml", "--json")).isEqualTo(1);
        assertThat(json().get("tests").asInt()).isEqualTo(2);
        assertThat(json().get("failedTests").get(0).get("name").asString()).isEqualTo("b");
        assertThat(rondo("report", "--json", "good.xml", "half.xml")).isEqualTo(2);
        assertThat(json().get("tests").asInt()).isEqualTo(1);
        assertThat(json().get("problems")).hasSize(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("half.xml:2:");
        assertThat(rondo("report", "--json", "none/*.xml")).isEqualTo(2);
        refuses("FILE", "report", "--json");
    }

    @Test
    void releaseNextSaysTheNextVersionAndEndsWithThreeWithoutOne() {
        assertThat(rondo("release", "next")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(here.toString());
        var shell = new Shell(here);
        shell.git("init", "--quiet", "--initial-branch", "main");
        var fix = shell.commit("a.txt", "a", "fix: round prices");
        shell.git("tag", "v1.2.3");
        assertThat(rondo("release", "next", "--json")).isEqualTo(3);
        assertThat(json().get("release").asBoolean()).isFalse();
        assertThat(json().get("last").asString()).isEqualTo("1.2.3");
        assertThat(json().get("commit").asString()).isEqualTo(fix);
        var feature = shell.commit("sub/b.txt", "b", "feat(cart): show the total");
        assertThat(rondo("release", "next", "--json", "sub")).isZero();
        assertThat(json().get("version").asString()).isEqualTo("1.3.0");
        assertThat(json().get("bump").asString()).isEqualTo("minor");
        assertThat(json().get("changes").get(0).get("commit").asString()).isEqualTo(feature);
        assertThat(json().get("notes").asString()).contains("show the total");
        assertThat(rondo("release", "next")).isZero();
        assertThat(printed()).startsWith("1.3.0\n");
    }

    @Test
    void gitServeRefusesFlagsThatItCannotFollow() throws IOException {
        refuses("--port", "git", "serve", ".");
        refuses("0 to 65535, not 70000", "git", "serve", ".", "--port", "70000");
        refuses("there is no folder", "git", "serve", "none", "--port", "0");
        refuses("--user is NAME:PASSWORD", "git", "serve", ".", "--port", "0", "--user", "olga");
        refuses("with a slash", "git", "serve", ".", "--port", "0", "--prefix", "git");
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = String.valueOf(taken.getLocalPort());
            refuses(
                    "cannot listen on 127.0.0.1, port " + port,
                    "git",
                    "serve",
                    ".",
                    "--port",
                    port);
        }
        refuses(
                "cannot listen on no.invalid",
                "git",
                "serve",
                ".",
                "--port=0",
                "--host=no.invalid");
    }

    @Test
    void journalVerifyReadsBesideARunningServerAndEndsWithTwoWhereTheChainIsBroken()
            throws SQLException {
        var data = here.resolve("data");
        refuses("there is no database", "journal", "verify", "--data", data.toString());
        try (var rondo = Rondo.open(settings(data))) {
            rondo.start();
            account(rondo, "ada");
            assertThat(rondo("journal", "verify", "--data", data.toString())).isZero();
            assertThat(printed())
                    .containsPattern("^[1-9]\\d* events, the chain is whole: [0-9a-f]{64}$");
            long before = Long.parseLong(printed().split(" ")[0]);
            account(rondo, "grace");
            assertThat(rondo("journal", "verify", "--json", "--data", data.toString())).isZero();
            assertThat(json().get("events").asLong()).isGreaterThan(before);
            assertThat(json().get("problem").asString()).isEmpty();
        }
        tamper(data, "UPDATE journal_events SET actor = 'mallory' WHERE seq = 1");
        assertThat(rondo("journal", "verify", "--data", data.toString())).isEqualTo(2);
        assertThat(printed()).startsWith("The chain is broken: event 1 (");
        assertThat(rondo("journal", "verify", "--json", "--data", data.toString())).isEqualTo(2);
        assertThat(json().get("problem").asString()).contains("its hash differs");
    }

    private Settings settings(Path data) {
        var given =
                Map.of(
                        "data", data.toString(),
                        "port", "0",
                        "router-port", "0",
                        "sandbox", "off",
                        "stop-instances", "true");
        return new SettingsReader(given, Map.of(), here).read();
    }

    private static void account(Rondo rondo, String name) {
        rondo.access()
                .accounts()
                .create("", new Accounts.NewAccount(name, "", "", "correct horse battery", true));
    }

    private static void tamper(Path data, String statement) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data + "/rondo.db");
                var sql = connection.createStatement()) {
            assertThat(sql.executeUpdate(statement)).isEqualTo(1);
        }
    }
}
