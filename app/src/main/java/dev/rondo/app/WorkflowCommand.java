package dev.rondo.app;

import dev.rondo.actions.WorkflowVerb;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rondo workflow}: what people do with workflow files before a push, without a server. */
@Command(
        name = "workflow",
        description = "Checks workflow files, and runs them.",
        mixinStandardHelpOptions = true,
        subcommands = {WorkflowCommand.Check.class, WorkflowRunCommand.class})
final class WorkflowCommand {

    @Command(
            name = "check",
            description = "Says what is wrong with workflow files: file, line, column, message.",
            mixinStandardHelpOptions = true,
            footer = "Exit codes: 0 all are valid, 1 one is not.")
    static final class Check implements Callable<Integer> {

        @Parameters(
                arity = "0..*",
                paramLabel = "FILE",
                description = "Files or folders; without any, .github/workflows.")
        List<String> files = new ArrayList<>();

        @Option(names = "--json", description = "Prints one JSON object a file and line.")
        boolean json;

        @Override
        public Integer call() {
            var asked = files.isEmpty() ? List.of(".github/workflows") : files;
            return new WorkflowVerb(Main.workingDirectory(), System.out, json).check(asked) ? 0 : 1;
        }
    }
}
