package dev.rondo.settings.view;

import java.util.List;

/** An environment with its rules, its secrets without values and its variables. */
public record EnvironmentView(
        String name,
        String title,
        List<String> reviewers,
        boolean noSelf,
        boolean bypass,
        int waitMinutes,
        List<String> refs,
        List<SecretView> secrets,
        List<VariableView> variables) {}
