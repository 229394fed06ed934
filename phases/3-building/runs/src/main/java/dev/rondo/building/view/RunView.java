package dev.rondo.building.view;

import java.util.List;

/** One run, whole. {@code mistakes} are lines with file, line and column. */
public record RunView(
        RunRow row,
        String file,
        List<String> mistakes,
        String message,
        GraphView graph,
        List<JobView> jobs,
        List<ArtifactView> artifacts,
        List<SummaryView> summaries,
        List<RemarkView> remarks,
        String rerunOf) {

    public boolean failed() {
        return jobs.stream()
                .anyMatch(job -> job.standing().matches("failure|cancelled|interrupted"));
    }
}
