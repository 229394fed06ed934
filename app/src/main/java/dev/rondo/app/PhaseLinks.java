package dev.rondo.app;

import dev.rondo.journal.Subject;
import dev.rondo.phase.Phase;
import dev.rondo.web.Links;
import java.util.List;
import java.util.Optional;

/** Asks each phase in turn; the phases are told once they are made. */
final class PhaseLinks implements Links {

    private volatile List<Phase> phases = List.of();

    void are(List<Phase> all) {
        phases = all;
    }

    @Override
    public Optional<String> url(String project, Subject subject) {
        return phases.stream()
                .map(phase -> phase.link(project, subject))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
