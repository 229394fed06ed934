package dev.rondo.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A server with one instance and one job, to be killed with SIGKILL. */
final class KilledServer {

    private KilledServer() {}

    public static void main(String[] args) throws Exception {
        var data = Path.of(args[0]);
        var sandbox = Sandbox.open(data, Sandbox.Mode.valueOf(args[1]));
        var work = data.resolve("work");
        var job =
                new Program(
                        List.of(
                                "bash",
                                "-c",
                                "setsid bash -c 'sleep 400; : job-marker' & touch job-runs;"
                                        + " sleep 400; : job-marker"),
                        work,
                        Map.of(),
                        List.of(Mount.writable(work)),
                        Network.OUTBOUND,
                        Limits.ofJob());
        sandbox.start(job, Output.merged((buffer, offset, length) -> {}));
        var instance = sandbox.launch(InstanceTest.service(data, "node", "server.js"));
        System.out.println("handle " + instance.handle().encoded());
        new CountDownLatch(1).await();
    }
}
