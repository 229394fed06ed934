package dev.rondo.app;

import dev.rondo.journal.JournalCheck;
import dev.rondo.store.Store;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code rondo journal verify}. */
@Command(
        name = "journal",
        description = "Looks after the event log.",
        mixinStandardHelpOptions = true,
        subcommands = JournalCommand.Verify.class)
final class JournalCommand {

    /** Walks the whole chain, also beside a running Rondo. */
    @Command(
            name = "verify",
            description = "Checks numbers, hashes and causes of every event.",
            mixinStandardHelpOptions = true)
    static final class Verify implements Callable<Integer> {

        @Mixin SettingsFlags flags = new SettingsFlags();

        @Option(names = "--json", description = "Prints JSON.")
        boolean json;

        @Override
        public Integer call() {
            var settings =
                    new SettingsReader(flags.given(), System.getenv(), Main.workingDirectory())
                            .read();
            try (var store = Store.openExisting(settings.database())) {
                var verdict = store.read(JournalCheck::verify);
                if (json) {
                    System.out.println(JsonMapper.shared().writeValueAsString(verdict));
                } else if (verdict.whole()) {
                    System.out.println(
                            verdict.events()
                                    + " events, the chain is whole: "
                                    + verdict.headHash());
                } else {
                    System.out.println("The chain is broken: " + verdict.problem());
                }
                return verdict.whole() ? 0 : 2;
            }
        }
    }
}
