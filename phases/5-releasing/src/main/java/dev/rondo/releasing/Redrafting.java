package dev.rondo.releasing;

import dev.rondo.access.Outcome;
import dev.rondo.phase.Spine;
import java.time.Duration;

/** Looks again at the last gate that passed, because somebody asks for it. */
record Redrafting(Spine spine, Drafting drafting) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Waits for the draft, since whoever asks wants to see it; or says why there is none. */
    Outcome<Release> draft(String project) {
        var gate =
                spine.store()
                        .write(tx -> {
                            var last = GateStore.last(tx.sql(), project);
                            last.ifPresent(g -> GateStore.again(tx.sql(), g.seq()));
                            return last;
                        });
        if (gate.isEmpty()) {
            return Outcome.refused("releasing.why.gate", "");
        }
        drafting.wakeAndWait(PATIENCE);
        return spine.store()
                .read(sql -> {
                    var draft = ReleaseStore.draft(sql, project);
                    if (draft.isPresent()) {
                        return Outcome.done(draft.get());
                    }
                    var why =
                            GateStore.last(sql, project)
                                    .flatMap(GateStore.Gate::why)
                                    .orElse(Why.of("releasing.why.waiting"));
                    return Outcome.<Release>refused(why.key(), "", why.args().toArray());
                });
    }
}
