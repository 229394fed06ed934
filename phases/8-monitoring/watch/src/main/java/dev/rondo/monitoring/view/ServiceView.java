package dev.rondo.monitoring.view;

import java.util.List;

/** The monitoring page of a service. */
public record ServiceView(
        String service,
        String environment,
        String path,
        List<WindowChoice> windows,
        List<ChartPlace> charts,
        List<VersionLine> versions,
        List<InstanceLine> instances,
        List<JudgementLine> judgements,
        List<AlertLine> alerts) {

    /** A stretch of time that can be chosen. */
    public record WindowChoice(String word, String path, boolean chosen) {}

    /** Where a chart gets its figures, and how often. */
    public record ChartPlace(String titleKey, String path, int everySeconds) {}
}
