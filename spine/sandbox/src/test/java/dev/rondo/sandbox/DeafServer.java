package dev.rondo.sandbox;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A server that was started with signals ignored, and one job that wants to hear them. */
final class DeafServer {

    private DeafServer() {}

    public static void main(String[] args) throws Exception {
        var data = Path.of(args[0]);
        var sandbox = Sandbox.open(data, Sandbox.Mode.valueOf(args[1]));
        var work = data.resolve("work");
        var job =
                new Program(
                        List.of(
                                "bash",
                                "-c",
                                "trap 'echo heard HUP' HUP; trap 'echo heard INT' INT;"
                                        + " kill -HUP $$; kill -INT $$"),
                        work,
                        Map.of(),
                        List.of(Mount.writable(work)),
                        Network.NONE,
                        Limits.ofJob());
        sandbox.start(
                        job,
                        Output.merged((buffer, offset, length) ->
                                System.out.print(
                                        new String(
                                                buffer, offset, length, StandardCharsets.UTF_8))))
                .await();
        sandbox.close();
    }
}
