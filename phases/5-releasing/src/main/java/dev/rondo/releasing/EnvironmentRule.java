package dev.rondo.releasing;

import dev.rondo.access.Role;
import java.util.List;

/**
 * What an environment asks of a release before it may go there.
 *
 * @param approvals how many people must approve
 * @param approvers roles of whom an approval counts; a higher role counts for a lower one
 * @param fourEyes whether those who wrote or pushed the release may not approve it
 */
record EnvironmentRule(String name, int approvals, List<Role> approvers, boolean fourEyes) {

    boolean mayApprove(Role role) {
        return approvers.stream().anyMatch(role::covers);
    }
}
