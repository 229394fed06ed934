package dev.rondo.triggers;

/**
 * A workflow file that was seen once.
 *
 * @param number by which GitHub's interface calls it, within the project
 * @param state active or disabled_manually
 */
public record WorkflowRow(
        String project,
        String file,
        long number,
        String name,
        String state,
        long createdAt,
        long updatedAt) {
    public static final String ACTIVE = "active";
    public static final String DISABLED = "disabled_manually";

    public boolean disabled() {
        return state.equals(DISABLED);
    }

    /** Without the folder: how addresses call it. */
    public String fileName() {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
