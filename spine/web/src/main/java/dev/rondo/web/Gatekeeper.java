package dev.rondo.web;

import dev.rondo.access.Access;
import dev.rondo.access.Caller;
import dev.rondo.access.Project;
import dev.rondo.access.Role;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/**
 * Who calls, and what they may: the border to the accounts. Called by several threads. A test that
 * needs no accounts may bring its own.
 */
public interface Gatekeeper {

    /**
     * Reads cookie or Authorization header; {@link Caller#ANYONE} when there is neither. Refuses by
     * {@link Refused} with 401 a token or password that is there but wrong.
     */
    Caller caller(Context http);

    Optional<Project> project(String name);

    /** The caller's role in the project; an administrator owns every project. */
    Role role(Caller caller, String project);

    /**
     * As {@link #role(Caller, String)}, for what a job's token may do by its permission of this
     * name.
     */
    default Role role(Caller caller, String project, String scope) {
        return role(caller, project);
    }

    /** The projects that the caller may read, by name, for the switcher. */
    List<Project> projects(Caller caller);

    /** The one that asks the accounts. */
    static Gatekeeper of(Access access) {
        return new AccountGate(access);
    }
}
