package dev.rondo.jobs;

import dev.rondo.actions.ExpressionFault;
import dev.rondo.actions.Workflow.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs the steps of one job in order: what actions do before, the steps as written, and what
 * actions do behind, the last first.
 */
final class JobSteps {
    private final JobDesk desk;
    private final JobStory story;
    private final StepWork work;
    private final Deadline end;
    private final BackgroundSteps background;
    private final Deque<Post> posts = new ArrayDeque<>();
    private String message = "";
    private final boolean containers;
    private int place;

    /** What the actions of one step do behind the last. */
    private record Post(Step step, String title, List<Doing.Later> parts) {}

    /**
     * @param opening which did the steps before these
     */
    JobSteps(
            JobDesk desk,
            JobStory story,
            Deadline end,
            JobOpening opening,
            BackgroundSteps background) {
        this.background = background;
        this.place = opening.steps();
        this.containers = opening.containers();
        this.desk = desk;
        this.story = story;
        this.work = new StepWork(desk);
        this.end = end;
    }

    /** Runs all; gives the sentence of the step that failed the job, or nothing. */
    String all() throws InterruptedException {
        JobState state = desk.state();
        List<Step> steps = state.order().job().steps();
        for (Step step : steps) {
            for (ActionWork.Early early : work.early(step, state.frame())) {
                early(step, early);
            }
        }
        for (Step step : steps) {
            step(step);
        }
        if (background.left()) {
            control(Step.waitAll());
        }
        background
                .failure()
                .ifPresent(why -> {
                    desk.state().fail();
                    note(why);
                });
        for (Post post : posts) {
            behind(post);
        }
        if (work.broken().isEmpty()
                && desk.folders().mirror().elsewhere()
                && story.wantsWorkspace()) {
            desk.folders().mirror().bring(desk.folders().work());
        }
        if (containers) {
            stopContainers();
        }
        desk.log().step(++place);
        return work.broken().isEmpty() ? message : work.broken();
    }

    /** A job whose time is over is cancelled; what runs whatever happens still gets a while. */
    private Deadline deadline() {
        if (!end.passed()) {
            return end;
        }
        if (!desk.state().cancelled()) {
            String sentence =
                    "The job has exceeded the maximum execution time of %s minutes."
                            .formatted(end.minutes());
            desk.error(sentence);
            note(sentence);
            desk.state().cancel();
        }
        return Deadline.in(Limits.AFTER_TIME);
    }

    private void note(String sentence) {
        message = message.isEmpty() ? sentence : message;
    }

    private void step(Step step) throws InterruptedException {
        if (step.control()) {
            control(step);
            return;
        }
        Frame frame = desk.state().frame();
        Deadline deadline = deadline();
        frame.turn(step.id());
        StepMark mark = StepMark.begun(++place, step.id(), work.title(step, frame));
        desk.log().step(place);
        try {
            if (!work.broken().isEmpty() || !work.wanted(step, frame)) {
                frame.ended(step.id(), "skipped", "skipped", Map.of());
                story.ended(mark.ended(Outcome.SKIPPED, "skipped", "", ""));
                return;
            }
        } catch (ExpressionFault e) {
            desk.error(e.message());
            frame.ended(step.id(), "failure", "failure", Map.of());
            conclude(mark, Outcome.failure(e.message()), "failure", "");
            return;
        }
        if (step.background()) {
            background.start(step, mark, desk, deadline);
            return;
        }
        story.began(mark);
        List<Doing.Later> later = Doing.nothingYet();
        StepWork.Done done = work.run(step, frame, deadline, later);
        if (!later.isEmpty()) {
            posts.push(new Post(step, mark.title(), later));
        }
        conclude(mark, done.outcome(), done.conclusion(), done.summary());
    }

    /** A step that waits for others, or ends one; it always runs. */
    private void control(Step step) throws InterruptedException {
        Frame frame = desk.state().frame();
        StepMark mark = StepMark.begun(++place, step.id(), work.title(step, frame));
        desk.log().step(place);
        if (!work.broken().isEmpty()) {
            story.ended(mark.ended(Outcome.SKIPPED, "skipped", "", ""));
            return;
        }
        story.began(mark);
        var joined = new ArrayList<BackgroundSteps.Joined>();
        Outcome outcome = background.control(step, desk, joined);
        for (BackgroundSteps.Joined one : joined) {
            if (!one.posts().isEmpty()) {
                posts.push(new Post(one.step(), one.title(), one.posts()));
            }
        }
        boolean allowed = outcome.failed() && BackgroundSteps.allowed(step, desk);
        String conclusion = allowed ? "success" : outcome.word();
        frame.ended(step.id(), outcome.word(), conclusion, Map.of());
        conclude(mark, outcome, conclusion, "");
    }

    private void early(Step step, ActionWork.Early early) throws InterruptedException {
        Deadline deadline = deadline();
        String title = "Pre " + early.title();
        StepMark mark = StepMark.begun(++place, step.id() + "_pre", title);
        desk.log().step(place);
        boolean due =
                work.broken().isEmpty()
                        && early.hook().when().value(desk.state().scope(early.frame())).truthy();
        if (!due) {
            story.ended(mark.ended(Outcome.SKIPPED, "skipped", "", ""));
            return;
        }
        story.began(mark);
        Outcome outcome = early.work().run(deadline);
        conclude(mark, outcome, outcome.word(), "");
    }

    private void behind(Post post) throws InterruptedException {
        Deadline deadline = deadline();
        StepMark mark = StepMark.begun(++place, post.step().id() + "_post", "Post " + post.title());
        desk.log().step(place);
        Optional<Outcome> worst = Optional.empty();
        boolean began = false;
        for (Doing.Later part : post.parts().reversed()) {
            if (!work.broken().isEmpty() || !part.due()) {
                continue;
            }
            if (!began) {
                story.began(mark);
                began = true;
            }
            Outcome outcome = part.run(deadline);
            worst = worst.filter(Outcome::failed).or(() -> Optional.of(outcome));
        }
        Outcome outcome = worst.orElse(Outcome.SKIPPED);
        conclude(mark, outcome, outcome.word(), "");
    }

    private void stopContainers() {
        StepMark mark = StepMark.begun(++place, "__containers_post", "Stop containers");
        desk.log().step(place);
        story.began(mark);
        desk.shell().close();
        conclude(mark, Outcome.SUCCESS, "success", "");
    }

    private void conclude(StepMark mark, Outcome outcome, String conclusion, String summary) {
        story.ended(
                mark.ended(
                        outcome,
                        conclusion,
                        desk.log().masked(outcome.message()),
                        desk.log().masked(summary)));
        if (conclusion.equals("failure")) {
            desk.state().fail();
            note(mark.title() + ": " + outcome.message());
        }
    }
}
