import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tests without a library: {@code java -cp out HelloTest} writes JUnit XML into reports/. */
public final class HelloTest {
    private interface Check {
        void run() throws Exception;
    }

    private record Result(String name, double seconds, String failure) {}

    private final List<Result> results = new ArrayList<>();

    public static void main(String[] args) throws Exception {
        var failed = unit().write("unit") + integration().write("integration");
        if (failed > 0) {
            System.exit(1);
        }
    }

    private static HelloTest unit() {
        var tests = new HelloTest();
        tests.check("greets by name", () -> same("Hello, Ada!", Hello.greeting(" Ada ")));
        tests.check("greets the world when nobody is named", () -> same("Hello, world!", Hello.greeting(" ")));
        tests.check("keeps a long name short", () -> same(48, Hello.greeting("x".repeat(90)).length()));
        return tests;
    }

    private static HelloTest integration() throws IOException {
        var tests = new HelloTest();
        var hello = new Hello(0);
        hello.start();
        try {
            tests.check("says that it is well", () -> same("200 {\"status\":\"ok\",\"version\":\"" + Hello.VERSION + "\"}", get(hello, "/healthz")));
            tests.check("greets over HTTP", () -> same("200 Hello, Ada!", get(hello, "/hello/Ada")));
            tests.check("does not find the rest", () -> same("404 There is nothing here.", get(hello, "/admin")));
        } finally {
            hello.stop();
        }
        return tests;
    }

    private static String get(Hello hello, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hello.port() + path)).build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body().strip();
    }

    private static void same(Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + expected + " but was " + actual);
        }
    }

    private void check(String name, Check check) {
        var start = System.nanoTime();
        var failure = "";
        try {
            check.run();
        } catch (Exception | AssertionError broken) {
            var trace = new StringWriter();
            broken.printStackTrace(new PrintWriter(trace));
            failure = trace.toString();
        }
        System.out.println((failure.isEmpty() ? "passed: " : "FAILED: ") + name);
        results.add(new Result(name, (System.nanoTime() - start) / 1e9, failure));
    }

    /** Writes reports/junit/LEVEL.xml and returns how many failed. */
    private long write(String level) throws IOException {
        var failed = results.stream().filter(result -> !result.failure.isEmpty()).count();
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuite name=\"HelloTest %s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\" time=\"%s\">\n"
                .formatted(level, results.size(), failed, results.stream().mapToDouble(Result::seconds).sum()));
        for (var result : results) {
            xml.append("  <testcase classname=\"HelloTest\" name=\"%s\" time=\"%s\">".formatted(escaped(result.name), result.seconds));
            if (!result.failure.isEmpty()) {
                xml.append("<failure message=\"%s\">%s</failure>".formatted(escaped(result.failure.lines().findFirst().orElse("")), escaped(result.failure)));
            }
            xml.append("</testcase>\n");
        }
        var file = Path.of("reports", "junit", level + ".xml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, xml.append("</testsuite>\n"));
        return failed;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
