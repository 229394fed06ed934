package dev.rondo.app;

import dev.rondo.git.GitServe;
import dev.rondo.git.GitSettings;
import dev.rondo.git.Repositories;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code rondo git serve DIR}: the transport of projects for a plain folder. */
@Command(
        name = "git",
        description = "Serves git repositories.",
        mixinStandardHelpOptions = true,
        subcommands = GitCommand.Serve.class)
final class GitCommand {

    /** Runs until Ctrl-C. */
    @Command(
            name = "serve",
            description = "Serves a folder of bare repositories over HTTP.",
            mixinStandardHelpOptions = true)
    static final class Serve implements Callable<Integer> {

        @Parameters(paramLabel = "DIR", description = "Folder of bare repositories.")
        Path folder = Path.of("");

        @Option(names = "--port", required = true, description = "Port; 0 takes a free one.")
        int port;

        @Option(names = "--host", description = "Address to listen on (default: 127.0.0.1).")
        String host = "127.0.0.1";

        @Option(
                names = "--user",
                paramLabel = "NAME:PASSWORD",
                description = "Who may fetch and push; everybody when it is left out.")
        String user = "";

        @Option(names = "--prefix", paramLabel = "/PATH", description = "Path before the names.")
        String prefix = "";

        @Option(names = "--json", description = "Prints where it serves as one JSON object.")
        boolean json;

        @Override
        public Integer call() throws IOException, InterruptedException {
            if (!user.isEmpty() && user.indexOf(':') < 1) {
                throw new UsageProblem("--user is NAME:PASSWORD");
            }
            if (port < 0 || port > 65_535) {
                throw new UsageProblem("--port is a number from 0 to 65535, not " + port);
            }
            if (!prefix.isEmpty() && !prefix.startsWith("/")) {
                throw new UsageProblem("--prefix begins with a slash, such as /git");
            }
            var root = Main.workingDirectory().resolve(folder).normalize();
            if (!Files.isDirectory(root)) {
                throw new UsageProblem("there is no folder " + root);
            }
            var home = Files.createTempDirectory("rondo-git-");
            // Ctrl-C is how it ends.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> forget(home), "forget"));
            try (var repositories = new Repositories(root, GitSettings.in(home));
                    var server = serve(repositories)) {
                var path = prefix.replaceFirst("/+$", "");
                tell(root, "http://%s:%d%s/".formatted(host, server.port(), path));
                server.await();
            }
            return 0;
        }

        private GitServe serve(Repositories repositories) {
            var address = new InetSocketAddress(host, port);
            try {
                return new GitServe(repositories, address, prefix, user);
            } catch (IOException taken) {
                throw new UsageProblem(
                        "--host, --port: cannot listen on %s, port %d".formatted(host, port));
            }
        }

        private static void forget(Path home) {
            try {
                LocalHome.delete(home);
            } catch (IOException e) {
                // A temporary folder; the system sweeps it.
            }
        }

        private record Serving(String folder, String url) {}

        private void tell(Path root, String url) {
            System.out.println(
                    json
                            ? JsonMapper.shared()
                                    .writeValueAsString(new Serving(root.toString(), url))
                            : "Serving " + root + " at " + url);
        }
    }
}
