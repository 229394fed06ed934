package dev.rondo.app;

import dev.rondo.git.GitFailure;
import dev.rondo.local.LocalRun;
import dev.rondo.sandbox.SandboxFailure;
import dev.rondo.store.StoreFailure;
import java.net.BindException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. Exit codes: 0 done, 1 the user has to change something, 2 a file is bad. */
@Command(
        name = "rondo",
        description = "The whole DevOps loop in one program.",
        version = "Rondo 0.1.0",
        mixinStandardHelpOptions = true,
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            ReportCommand.class,
            ReleaseCommand.class,
            JournalCommand.class,
            GitCommand.class,
            WorkflowCommand.class,
            ExprCommand.class,
            WarmUpCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "The launcher itself also has: test, bench, dev, build.",
            "Settings come from flags, then RONDO_… variables, then rondo.toml."
        })
public final class Main implements Runnable {

    @CommandLine.Spec CommandLine.Model.CommandSpec spec;

    private Main() {
        this.spec = CommandLine.Model.CommandSpec.create();
    }

    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        // Reading the annotations of all commands takes longer than much of the server's own start.
        boolean server = args.length > 0 && args[0].equals("up");
        var line =
                server
                        ? new CommandLine(new UpCommand()).setCommandName("rondo up")
                        : new CommandLine(new Main());
        return line.setExecutionExceptionHandler((failure, command, result) -> explain(failure))
                .setParameterExceptionHandler(Main::misused)
                .execute(server ? Arrays.copyOfRange(args, 1, args.length) : args);
    }

    /** One clear line for what the user can change; the whole trace for our own mistakes. */
    private static int explain(Exception failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof BindException) {
                return say(
                        "a port was taken by another program just now; choose others with --port"
                                + " and --router-port");
            }
            if (at instanceof UsageProblem
                    || at instanceof LocalRun.Refused
                    || at instanceof StoreFailure
                    || at instanceof SandboxFailure
                    || at instanceof GitFailure) {
                return say(String.valueOf(at.getMessage()));
            }
        }
        failure.printStackTrace();
        return 70;
    }

    private static int misused(CommandLine.ParameterException misuse, String[] args) {
        var suggestions =
                misuse instanceof CommandLine.UnmatchedArgumentException unmatched
                        ? unmatched.getSuggestions()
                        : List.<String>of();
        return say(
                misuse.getMessage()
                        + (suggestions.isEmpty()
                                ? ""
                                : "; did you mean " + String.join(" or ", suggestions) + "?")
                        + "; "
                        + misuse.getCommandLine().getCommandSpec().qualifiedName()
                        + " --help lists what there is");
    }

    private static int say(String problem) {
        System.err.println("rondo: " + problem.strip().replaceAll("\\s*\\R\\s*", " "));
        return 1;
    }

    /** The folder in which the user typed the command; the launcher runs from another one. */
    static Path workingDirectory() {
        return Path.of(System.getProperty("rondo.cwd", "")).toAbsolutePath();
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
