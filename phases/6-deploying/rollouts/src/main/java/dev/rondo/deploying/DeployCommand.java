package dev.rondo.deploying;

import dev.rondo.access.Access;
import dev.rondo.access.Outcome;
import dev.rondo.access.Role;
import dev.rondo.deploying.RolloutChecks.Wish;
import dev.rondo.phase.ChatCommand;
import dev.rondo.phase.ChatCommand.Answer;
import dev.rondo.phase.ChatCommand.Call;
import dev.rondo.web.May;
import java.util.List;

/** {@code /deploy shop 1.0.0 to production} and {@code /rollback shop in production}. */
final class DeployCommand {

    private final Access access;
    private final RolloutActions actions;
    private final Sayings sayings;

    DeployCommand(Access access, RolloutActions actions, Sayings sayings) {
        this.access = access;
        this.actions = actions;
        this.sayings = sayings;
    }

    List<ChatCommand> commands() {
        return List.of(
                new ChatCommand("deploy", "deploying.command.deploy", May.WRITE, this::deploy),
                new ChatCommand("rollback", "deploying.command.rollback", May.WRITE, this::back));
    }

    private Answer deploy(Call call) {
        var words = call.words().stream().filter(word -> !word.equals("to")).toList();
        if (words.size() != 3) {
            return Answer.refused(sayings.say(call.locale(), "deploying.command.deploy"));
        }
        var place = new Place(call.project().name(), words.get(0), words.get(2));
        return answer(
                call,
                actions.start(
                        new Wish(
                                place,
                                words.get(1),
                                call.caller().account(),
                                owner(call),
                                false,
                                false)));
    }

    private Answer back(Call call) {
        var words = call.words().stream().filter(word -> !word.equals("in")).toList();
        if (words.size() != 2) {
            return Answer.refused(sayings.say(call.locale(), "deploying.command.rollback"));
        }
        var place = new Place(call.project().name(), words.get(0), words.get(1));
        return answer(call, actions.back(place, call.caller().account(), owner(call)));
    }

    private boolean owner(Call call) {
        return access.projects().role(call.caller(), call.project().name()).covers(Role.OWNER);
    }

    private Answer answer(Call call, Outcome<Rollout> outcome) {
        return switch (outcome) {
            case Outcome.Done<Rollout>(var rollout) ->
                    Answer.done(
                            sayings.say(
                                    call.locale(),
                                    "deploying.command.started",
                                    rollout.place().service(),
                                    rollout.version(),
                                    rollout.place().environment()),
                            RolloutPages.path(rollout));
            case Outcome.Refused<Rollout> refused ->
                    Answer.refused(sayings.say(call.locale(), refused));
        };
    }
}
