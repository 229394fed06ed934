package dev.rondo.releasing.view;

import java.time.Instant;
import java.util.List;

/**
 * An environment on the page of a release.
 *
 * @param refusal why the reader may not approve; empty when they may
 * @param freeze title of the freeze that covers it now; empty when there is none
 * @param goesThere whether a published release may go there by itself
 */
public record EnvironmentView(
        String name,
        int needed,
        String approvers,
        boolean fourEyes,
        List<Yes> given,
        String refusal,
        String freeze,
        boolean goesThere) {

    /** One approval. */
    public record Yes(String by, String remark, Instant at) {}

    public boolean complete() {
        return given.size() >= needed;
    }
}
