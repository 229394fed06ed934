package dev.rondo.building.view;

import java.util.List;

/**
 * One run, whole. {@code mistakes} are lines with file, line and column.
 *
 * @param attempts the latest first
 * @param waits why it has not begun, as a sentence
 * @param failed whether a job of it could be run again in the hope of another end
 * @param ending whether it is being cancelled
 * @param latest whether it is the run's latest attempt
 */
public record RunView(
        RunRow row,
        String file,
        List<String> mistakes,
        String message,
        GraphView graph,
        List<JobGroup> jobs,
        List<ArtifactView> artifacts,
        List<SummaryView> summaries,
        List<RemarkView> remarks,
        List<AttemptView> attempts,
        String waits,
        boolean failed,
        boolean ending,
        List<PendingView> pending,
        boolean latest) {

    /** Where a mistake stands in the file of the workflow. */
    public String place(String mistake) {
        var at = java.util.regex.Pattern.compile("^(.+?):([0-9]+):").matcher(mistake);
        String page = row.href() + "/workflow";
        return at.find() && at.group(1).equals(file) ? page + "#L" + at.group(2) : page;
    }
}
