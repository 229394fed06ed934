package dev.rondo.jobs;

import dev.rondo.sandbox.Output;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** A lane beside the first of a driver, for one step in the background after the other. */
final class SideLane {
    private final DrivenLane lane;
    private final LineCutter cutter;
    private volatile boolean taken;

    SideLane(DrivenLane lane) {
        this.lane = lane;
        this.cutter = new LineCutter(lane::line);
    }

    Output.Sink sink() {
        return cutter::accept;
    }

    boolean free() {
        return !taken;
    }

    void stopCurrent() {
        lane.stopCurrent();
    }

    /** As a shell of its own in the place of another; what is printed after its end is lost. */
    Shell taken(Shell whole, Consumer<String> lines) {
        taken = true;
        lane.tell(lines);
        return new Shell() {
            @Override
            public String path() throws InterruptedException {
                return whole.path();
            }

            @Override
            public End run(Path script, Duration time) throws InterruptedException {
                return lane.run(script, time);
            }

            @Override
            public End run(ContainerStep step, Duration time) {
                return new End.Refused(
                        "The action %s is a container, and such a one cannot run in the background"
                                .formatted(step.source().title()));
            }

            @Override
            public void stopCurrent() {
                lane.stopCurrent();
            }

            @Override
            public void close() {
                lane.tell(line -> {});
                taken = false;
            }
        };
    }
}
