package dev.rondo.jobs;

import dev.rondo.actions.Container;
import dev.rondo.actions.Scope;
import dev.rondo.actions.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Opens the place for one job: the images of its actions, then the containers that belong to it;
 * each is a step of its own, in the order of GitHub's runner.
 */
final class JobOpening {
    private final Executor executor;
    private final JobState state;
    private final JobStory story;
    private int steps;
    private boolean containers;

    JobOpening(Executor executor, JobState state, JobStory story) {
        this.executor = executor;
        this.state = state;
        this.story = story;
    }

    /** How many steps it took. */
    int steps() {
        return steps;
    }

    /** Whether containers have to be stopped at the end. */
    boolean containers() {
        return containers;
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

    /** Brings the images of actions, each as a step of its own. */
    void bring(JobPlace place, ActionImages images) throws InterruptedException {
        if (!executor.brings()) {
            return;
        }
        for (Map.Entry<ContainerStep.Source, String> wanted : images.wanted().entrySet()) {
            String id = "__image_" + (steps + 1);
            step(
                    place,
                    id,
                    wanted.getValue(),
                    () -> {
                        images.brought(wanted.getKey(), executor.bring(place, wanted.getKey()));
                        return wanted;
                    });
        }
    }

    Shell open(JobPlace place) throws InterruptedException {
        if (place.wanted().nothing()) {
            return executor.open(place);
        }
        containers = true;
        return step(
                place,
                "__containers",
                "Initialize containers",
                () -> {
                    Shell shell = executor.open(place);
                    try {
                        shell.path();
                        state.containers(shell.job());
                        return shell;
                    } catch (InterruptedException | RuntimeException e) {
                        shell.close();
                        throw e;
                    }
                });
    }

    /** What is done as a step. */
    private interface Work<T> {
        T done() throws InterruptedException;
    }

    private <T> T step(JobPlace place, String id, String title, Work<T> work)
            throws InterruptedException {
        StepMark mark = StepMark.begun(++steps, id, place.log().masked(title));
        place.log().step(mark.place());
        story.began(mark);
        try {
            T done = work.done();
            story.ended(mark.ended(Outcome.SUCCESS, "success", "", ""));
            return done;
        } catch (IllegalStateException e) {
            String why = place.log().masked(String.valueOf(e.getMessage()));
            Outcome outcome =
                    place.cancelled().getAsBoolean() ? Outcome.CANCELLED : Outcome.failure(why);
            story.ended(mark.ended(outcome, outcome.word(), outcome.message(), ""));
            throw e;
        }
    }
}
