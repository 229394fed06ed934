package dev.rondo.building;

/**
 * A workflow file that was seen once.
 *
 * @param number by which GitHub's interface calls it, within the project
 * @param state active or disabled_manually
 */
record WorkflowRow(
        String project,
        String file,
        long number,
        String name,
        String state,
        long createdAt,
        long updatedAt) {
    static final String ACTIVE = "active";
    static final String DISABLED = "disabled_manually";

    boolean disabled() {
        return state.equals(DISABLED);
    }

    /** Without the folder: how addresses call it. */
    String fileName() {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
