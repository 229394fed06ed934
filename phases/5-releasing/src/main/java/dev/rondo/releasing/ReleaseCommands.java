package dev.rondo.releasing;

import dev.rondo.access.Outcome;
import dev.rondo.phase.ChatCommand;
import dev.rondo.phase.ChatCommand.Answer;
import dev.rondo.phase.ChatCommand.Call;
import dev.rondo.phase.Spine;
import dev.rondo.web.May;
import java.util.List;

/** {@code /release} and {@code /approve}: the same as the buttons. */
record ReleaseCommands(Spine spine, ReleaseActions actions, Publications publications) {

    List<ChatCommand> commands() {
        return List.of(
                new ChatCommand("release", "releasing.command.release", May.READ, this::release),
                new ChatCommand("approve", "releasing.command.approve", May.READ, this::approve));
    }

    /** Without a version it tells what waits; with one it publishes. */
    private Answer release(Call call) {
        var project = call.project().name();
        if (call.words().isEmpty()) {
            return waiting(call, project);
        }
        var version = version(call);
        var role = spine.access().projects().role(call.caller(), project);
        if (!role.covers(dev.rondo.access.Role.WRITER)) {
            return Answer.refused(say(call, "releasing.command.writer"));
        }
        return answer(
                call,
                publications.publish(call.caller(), project, version, ""),
                say(call, "releasing.published", version),
                version);
    }

    private Answer waiting(Call call, String project) {
        return spine.store()
                .read(sql -> {
                    var draft = ReleaseStore.draft(sql, project);
                    if (draft.isPresent()) {
                        var version = draft.get().version();
                        return Answer.done(
                                say(call, "releasing.command.waiting", version),
                                ReleaseViews.path(project, version));
                    }
                    return ReleaseStore.lastGood(sql, project)
                            .map(last ->
                                    Answer.done(
                                            say(call, "releasing.command.last", last.version()),
                                            ReleaseViews.path(project, last.version())))
                            .orElseGet(() ->
                                    Answer.done(
                                            say(call, "releasing.command.none"),
                                            ReleaseViews.base(project) + "/releases"));
                });
    }

    private Answer approve(Call call) {
        if (call.words().size() < 2) {
            return Answer.refused(say(call, "releasing.command.approve"));
        }
        var version = version(call);
        var environment = call.words().get(1);
        var remark = String.join(" ", call.words().subList(2, call.words().size()));
        return answer(
                call,
                actions.approve(call.caller(), call.project().name(), version, environment, remark),
                say(call, "releasing.approved", version, environment),
                version);
    }

    private static String version(Call call) {
        var word = call.words().getFirst();
        return Version.ofTag(word).map(Version::toString).orElse(word);
    }

    private Answer answer(Call call, Outcome<?> outcome, String done, String version) {
        return switch (outcome) {
            case Outcome.Done<?> yes ->
                    Answer.done(done, ReleaseViews.path(call.project().name(), version));
            case Outcome.Refused<?> no -> Answer.refused(say(call, no.key(), no.args().toArray()));
        };
    }

    private String say(Call call, String key, Object... args) {
        return spine.texts().say(call.locale(), key, args);
    }
}
