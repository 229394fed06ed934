package dev.rondo.building.view;

import java.util.List;
import java.util.Optional;

/**
 * A workflow in a list. {@code triggers} are events as written in {@code on}; {@code gone} is one
 * that the default branch has no more; {@code unheard} are those triggers that nothing here makes.
 */
public record WorkflowView(
        String name,
        String file,
        boolean disabled,
        boolean gone,
        boolean invalid,
        List<String> triggers,
        List<String> unheard,
        Optional<RunRow> last,
        String href) {}
