package dev.rondo.sandbox;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A shell script as a program, with what it printed. */
final class Rig {

    private final Sandbox sandbox;
    private final Path work;

    Rig(Sandbox sandbox, Path work) {
        this.sandbox = sandbox;
        this.work = work;
    }

    record Result(Ending ending, String output) {
        int code() {
            return ((Ending.Exited) ending).code();
        }

        Ending.Exceeded exceeded() {
            return (Ending.Exceeded) ending;
        }
    }

    Result run(Network network, Limits limits, String script) throws InterruptedException {
        var output = new StringBuffer();
        var job = start(network, limits, script, output);
        return new Result(job.await(), output.toString());
    }

    Job start(Network network, Limits limits, String script, StringBuffer output) {
        return sandbox.start(
                program(network, limits, script),
                Output.merged((buffer, offset, length) ->
                        output.append(new String(buffer, offset, length, StandardCharsets.UTF_8))));
    }

    Program program(Network network, Limits limits, String script) {
        return new Program(
                List.of("bash", "-c", script),
                work,
                Map.of("GIVEN", "yes"),
                List.of(Mount.writable(work)),
                network,
                limits);
    }
}
