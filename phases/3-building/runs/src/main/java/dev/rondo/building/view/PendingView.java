package dev.rondo.building.view;

import java.util.List;

/** Jobs that an environment holds back, and what the reader may do about it: verdicts, in order. */
public record PendingView(
        String environment, List<String> jobs, List<String> reviewers, List<String> verdicts) {}
