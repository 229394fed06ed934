package dev.rondo.access;

import java.util.Map;
import java.util.Optional;

/**
 * What a caller may do who is nobody's account, such as a job: in one project, by scopes as GitHub
 * names them ({@code contents}, {@code actions}, …).
 *
 * @param scopes what is not named may not even be read
 */
public record Grant(String project, Map<String, Role> scopes) {

    /**
     * Who acts with the token of a job, as on GitHub; no account can have this name. What it does
     * starts no workflow.
     */
    public static final String BOT = "github-actions[bot]";

    /** What stands for whatever has no scope of its own. */
    public static final String CONTENTS = "contents";

    public Grant {
        scopes = Map.copyOf(scopes);
    }

    /** The role in a project for what belongs to a scope. */
    public Role role(String where, String scope) {
        return where.equals(project)
                ? Optional.ofNullable(scopes.get(scope)).orElse(Role.NONE)
                : Role.NONE;
    }

    /** For what no scope stands for: who may read the contents may look at it, and no more. */
    Role role(String where) {
        return role(where, CONTENTS).covers(Role.READER) ? Role.READER : Role.NONE;
    }
}
