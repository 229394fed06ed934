package dev.rondo.loop;

import dev.rondo.access.Caller;
import dev.rondo.access.Project;
import dev.rondo.access.Projects;
import dev.rondo.access.Role;
import dev.rondo.journal.Draft;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import dev.rondo.phase.ChatCommand;
import dev.rondo.phase.Phase;
import dev.rondo.phase.Spine;
import dev.rondo.store.Ids;
import dev.rondo.web.May;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands of all phases: finds the one that was typed, settles its right, runs it, and writes
 * down what was said and answered.
 */
final class Commands {

    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);
    private static final int LONGEST = 2_000;

    private final Spine spine;
    private final Map<String, ChatCommand> byWord = new LinkedHashMap<>();
    private final Map<String, Integer> placeByWord = new LinkedHashMap<>();

    Commands(Spine spine, List<Phase> phases) {
        this.spine = spine;
        for (var phase : phases) {
            for (var command : phase.commands()) {
                if (byWord.put(command.word(), command) != null) {
                    throw new IllegalStateException("two commands are called " + command.word());
                }
                placeByWord.put(command.word(), phase.place());
            }
        }
    }

    List<ChatCommand> list() {
        return List.copyOf(byWord.values());
    }

    /** Runs a line such as {@code /deploy shop 1.0.0 to production}. */
    ChatCommand.Answer run(
            Caller caller, Project project, String line, Locale locale, String source) {
        var said = line.strip();
        var answer = answer(caller, project, said, locale, source);
        spine.store()
                .update(tx ->
                        spine.journal()
                                .append(
                                        tx,
                                        new Draft(
                                                project.name(),
                                                Subject.of("command", Ids.next()),
                                                caller.account(),
                                                new Fact.CommandGiven(
                                                        kept(said),
                                                        source,
                                                        answer.accepted(),
                                                        answer.text()))));
        return answer;
    }

    /** The journal keeps no more than a command may have. */
    private static String kept(String line) {
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    private ChatCommand.Answer answer(
            Caller caller, Project project, String line, Locale locale, String source) {
        if (line.length() > LONGEST) {
            return refused(locale, "loop.command.long", LONGEST);
        }
        var said = line.startsWith("/") ? line.substring(1) : line;
        var words = new ArrayList<>(List.of(said.split("\\s+")));
        var word = words.removeFirst().toLowerCase(Locale.ROOT);
        if (word.isEmpty() || word.equals("help")) {
            return ChatCommand.Answer.done(
                    help(caller, project, locale), "/projects/" + project.name() + "/commands");
        }
        var command = byWord.get(word);
        if (command == null) {
            return refused(locale, "loop.command.unknown", word);
        }
        if (!allowed(caller, project, command.may())) {
            return refused(locale, "loop.command.right", word);
        }
        var text = said.substring(Math.min(said.length(), word.length())).strip();
        try {
            return command.action()
                    .run(
                            new ChatCommand.Call(
                                    caller, project, List.copyOf(words), text, locale, source));
        } catch (RuntimeException failed) {
            var id = Ids.next();
            LOG.error("command {} failed, id {}", word, id, failed);
            return refused(locale, "loop.command.failed", id);
        }
    }

    private ChatCommand.Answer refused(Locale locale, String key, Object... args) {
        return ChatCommand.Answer.refused(spine.texts().say(locale, key, args));
    }

    private boolean allowed(Caller caller, Project project, May may) {
        var role = spine.store().read(sql -> Projects.role(sql, caller, project.name()));
        return switch (may) {
            case ANYONE -> true;
            case SIGNED_IN -> caller.signedIn();
            case READ -> role.covers(Role.READER);
            case WRITE -> role.covers(Role.WRITER);
            case OWN -> role.covers(Role.OWNER);
            case ADMIN -> caller.admin();
        };
    }

    /** What each phase offers to this caller, a line a command. */
    String help(Caller caller, Project project, Locale locale) {
        var text = new StringBuilder(spine.texts().say(locale, "loop.command.help"));
        int place = 0;
        for (var command : byWord.values()) {
            if (!allowed(caller, project, command.may())) {
                continue;
            }
            int its = placeByWord.getOrDefault(command.word(), 0);
            if (its != place) {
                place = its;
                text.append('\n').append(spine.texts().say(locale, "web.phase." + its)).append(':');
            }
            text.append("\n  ").append(spine.texts().say(locale, command.usageKey()));
        }
        return text.toString();
    }
}
