package dev.rondo.building.view;

import java.util.List;

/**
 * One workflow: what may be started by hand, and its runs.
 *
 * @param byHand whether it may be started by hand, at this branch
 * @param problems of a start that was refused, as sentences
 * @param badge Markdown that shows its badge
 */
public record WorkflowPageView(
        WorkflowView workflow,
        boolean byHand,
        String branch,
        List<InputView> inputs,
        List<String> problems,
        List<String> times,
        String badge) {}
