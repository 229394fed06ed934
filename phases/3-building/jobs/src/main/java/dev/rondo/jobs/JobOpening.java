package dev.rondo.jobs;

import dev.rondo.actions.Container;
import dev.rondo.actions.Scope;
import dev.rondo.actions.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Opens the place for one job; where containers belong to it, that is a step of its own. */
final class JobOpening {
    private final Executor executor;
    private final JobState state;
    private final JobStory story;
    private int steps;

    JobOpening(Executor executor, JobState state, JobStory story) {
        this.executor = executor;
        this.state = state;
        this.story = story;
    }

    /** How many steps it took. */
    int steps() {
        return steps;
    }

    /** What {@code container} and {@code services} say. */
    JobPlace.Wanted wanted() {
        Scope scope = state.scope(state.frame());
        Optional<Container> container =
                state.order().job().container().flatMap(one -> Container.of(one.value(scope)));
        Map<String, Container> services = new LinkedHashMap<>();
        if (state.order().job().services().value(scope) instanceof Value.Obj written) {
            written.entries()
                    .forEach((name, value) ->
                            Container.of(value).ifPresent(one -> services.put(name, one)));
        }
        return new JobPlace.Wanted(container, services);
    }

    Shell open(JobPlace place) throws InterruptedException {
        if (place.wanted().nothing()) {
            return executor.open(place);
        }
        StepMark mark = StepMark.begun(++steps, "__containers", "Initialize containers");
        place.log().step(mark.place());
        story.began(mark);
        try {
            Shell shell = executor.open(place);
            try {
                shell.path();
                state.containers(shell.job());
                story.ended(mark.ended(Outcome.SUCCESS, "success", "", ""));
                return shell;
            } catch (InterruptedException | RuntimeException e) {
                shell.close();
                throw e;
            }
        } catch (IllegalStateException e) {
            String why = place.log().masked(String.valueOf(e.getMessage()));
            Outcome outcome =
                    place.cancelled().getAsBoolean() ? Outcome.CANCELLED : Outcome.failure(why);
            story.ended(mark.ended(outcome, outcome.word(), outcome.message(), ""));
            throw e;
        }
    }
}
