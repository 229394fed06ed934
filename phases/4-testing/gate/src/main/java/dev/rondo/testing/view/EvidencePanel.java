package dev.rondo.testing.view;

import java.util.List;
import java.util.Optional;

/** What other phases' pages show of runs: the newest first. */
public record EvidencePanel(
        List<RunLine> runs, Optional<DecisionView> decision, Optional<PyramidView> pyramid) {}
