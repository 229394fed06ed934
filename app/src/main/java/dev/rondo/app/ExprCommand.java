package dev.rondo.app;

import dev.rondo.actions.ExpressionVerb;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code rondo expr}, without a server. */
@Command(
        name = "expr",
        description = "Evaluates a workflow expression and prints its typed value as JSON.",
        mixinStandardHelpOptions = true,
        footer = "Exit codes: 0 it has a value, 1 wrong usage, 2 the expression has a mistake.")
final class ExprCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "EXPRESSION",
            description = "With or without its ${{ }}.")
    Optional<String> expression = Optional.empty();

    @Option(
            names = "--context",
            paramLabel = "FILE.json",
            description = "An object: what the expression sees, by name.")
    Optional<String> context = Optional.empty();

    @Option(
            names = "--batch",
            description =
                    "Reads one JSON object a line (expr, contexts, options) from standard input and"
                            + " prints one result a line.")
    boolean batch;

    @Override
    public Integer call() throws IOException {
        if (batch) {
            ExpressionVerb.answerAll(
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                    System.out);
            return 0;
        }
        var asked =
                expression.orElseThrow(
                        () -> new UsageProblem("expr: give an expression, or --batch"));
        var answer = ExpressionVerb.answer(asked, contexts());
        System.out.println(answer);
        return answer.startsWith("{\"error\"") ? 2 : 0;
    }

    private JsonNode contexts() {
        if (context.isEmpty()) {
            return JsonNodeFactory.instance.objectNode();
        }
        var path = Main.workingDirectory().resolve(context.get());
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw new UsageProblem("--context: there is no file " + path + " to read");
        }
        try {
            var read = JsonMapper.shared().readTree(path.toFile());
            if (!read.isObject()) {
                throw new UsageProblem("--context: " + path + " holds no JSON object");
            }
            return read;
        } catch (JacksonException malformed) {
            throw new UsageProblem("--context: " + path + ": " + malformed.getOriginalMessage());
        }
    }
}
