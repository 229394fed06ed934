package dev.rondo.app;

import dev.rondo.releasing.ReleaseNext;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rondo release next [DIR]}, without a server. */
@Command(
        name = "release",
        description = "Looks at releases of a git history.",
        mixinStandardHelpOptions = true,
        subcommands = ReleaseCommand.Next.class)
final class ReleaseCommand {

    /** The next version and its notes. */
    @Command(
            name = "next",
            description = "The next SemVer since the last release tag, its notes, and why.",
            mixinStandardHelpOptions = true,
            footer = "Exit codes: 0 a release, 3 nothing to release, 1 no history.")
    static final class Next implements Callable<Integer> {

        @Parameters(arity = "0..1", paramLabel = "DIR", description = "Repository (default: here).")
        Path folder = Path.of("");

        @Option(names = "--json", description = "Prints JSON.")
        boolean json;

        @Override
        public Integer call() {
            return new ReleaseNext(Locale.getDefault(), System.out, System.err)
                    .run(Main.workingDirectory().resolve(folder), json);
        }
    }
}
