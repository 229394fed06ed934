package dev.rondo.app;

import dev.rondo.testing.ReportFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rondo report FILE…}, without a server. */
@Command(
        name = "report",
        description = "Reads test, coverage and finding reports.",
        mixinStandardHelpOptions = true,
        footer = "Exit codes: 0 all passed, 1 tests failed, 2 a file cannot be read.")
final class ReportCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files, folders or globs.")
    List<String> files = new ArrayList<>();

    @Option(names = "--json", description = "Prints JSON.")
    boolean json;

    @Override
    public Integer call() {
        var arguments = new ArrayList<String>();
        arguments.add("--");
        arguments.addAll(files);
        if (json) {
            arguments.addFirst("--json");
        }
        return new ReportFiles(
                        Main.workingDirectory(),
                        System.in,
                        System.out,
                        System.err,
                        Locale.getDefault())
                .run(arguments);
    }
}
