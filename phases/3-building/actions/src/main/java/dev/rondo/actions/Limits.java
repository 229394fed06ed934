package dev.rondo.actions;

/**
 * What one workflow with all that it calls may cost.
 *
 * @param depth of mappings and lists in each other
 * @param characters of one file
 * @param bytes that all its texts and nodes take, counted as GitHub's parser does
 * @param calls how deep workflows may call workflows; the first file is not counted
 * @param files all workflow files together
 * @param jobs of all files together; 0 is no limit
 */
public record Limits(int depth, int characters, long bytes, int calls, int files, int jobs) {
    /**
     * As on github.com: ten levels of workflows and 50 called ones ("Reusable workflows reference",
     * limitations). The number of jobs is not documented there; this one keeps the graph drawable.
     */
    public static final Limits GITHUB = new Limits(50, 1 << 20, 10L << 20, 9, 51, 2_000);
}
