package dev.rondo.testing;

import dev.rondo.phase.ChatCommand;
import dev.rondo.store.Store;
import dev.rondo.web.May;
import dev.rondo.web.Texts;

/** {@code /tests [branch]}: how the last run's tests went, and what the gate said. */
final class TestsCommand {
    private final Store store;
    private final Texts texts;

    TestsCommand(Store store, Texts texts) {
        this.store = store;
        this.texts = texts;
    }

    ChatCommand command() {
        return new ChatCommand("tests", "testing.command.usage", May.READ, this::run);
    }

    private ChatCommand.Answer run(ChatCommand.Call call) {
        var say = Sentences.of(texts, call.locale());
        if (call.words().size() > 1) {
            return ChatCommand.Answer.refused(say.say("testing.command.usage"));
        }
        var branch = call.words().stream().findFirst().orElse("");
        var line = store.read(sql -> PageReads.last(sql, call.project().name(), branch));
        if (line.isEmpty()) {
            return ChatCommand.Answer.refused(
                    branch.isEmpty()
                            ? say.say("testing.command.none")
                            : say.say("testing.command.none.branch", branch));
        }
        var run = line.get();
        var text =
                say.say(
                        "testing.command." + run.verdict(),
                        run.number(),
                        run.branch(),
                        run.tests(),
                        run.bad(),
                        run.skipped());
        var coverage =
                run.covered() ? " " + say.say("testing.command.coverage", run.percent()) : "";
        return ChatCommand.Answer.done(text + coverage, run.path());
    }
}
