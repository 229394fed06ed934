package dev.rondo.coding;

import dev.rondo.git.Commit;
import dev.rondo.phase.ChatCommand;
import dev.rondo.web.May;
import dev.rondo.web.Texts;
import java.util.stream.Collectors;

/** {@code /commits [branch]}: the newest commits, for a chat. */
record LogCommand(ProjectRepositories repositories, Texts texts) {

    private static final int SHOWN = 5;

    ChatCommand command() {
        return new ChatCommand("commits", "coding.command.commits", May.READ, this::run);
    }

    private ChatCommand.Answer run(ChatCommand.Call call) {
        var git = repositories.of(call.project());
        String name =
                call.words().isEmpty() ? call.project().defaultBranch() : call.words().getFirst();
        var commit = git.resolve(name);
        if (commit.isEmpty()) {
            return ChatCommand.Answer.refused(texts.say(call.locale(), "coding.ref.missing", name));
        }
        String lines =
                git.history(commit.get(), "", SHOWN).commits().stream()
                        .map(LogCommand::line)
                        .collect(Collectors.joining("\n"));
        return ChatCommand.Answer.done(
                lines, new CodeUrls(call.project().name()).commits(name, ""));
    }

    private static String line(Commit commit) {
        return commit.shortId() + " " + commit.subject() + " (" + commit.author().name() + ")";
    }
}
