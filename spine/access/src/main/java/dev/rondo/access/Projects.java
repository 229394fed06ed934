package dev.rondo.access;

import dev.rondo.journal.Draft;
import dev.rondo.journal.Event;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Journal;
import dev.rondo.journal.Subject;
import dev.rondo.store.Micros;
import dev.rondo.store.Store;
import dev.rondo.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Projects and the roles of their members. */
public final class Projects {

    /** GitHub's names of repositories have an owner; all projects share this one. */
    public static final String OWNER = "rondo";

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?");
    private static final Set<String> RESERVED =
            Set.of("new", "api", "git", "assets", "account", "admin", "projects", OWNER);
    private static final String SELECT =
            "SELECT p.name, p.title, p.description, p.default_branch, p.created_at"
                    + " FROM access_projects p ";

    private final Store store;
    private final Journal journal;
    private final Audit audit;

    Projects(Store store, Journal journal, Audit audit) {
        this.store = store;
        this.journal = journal;
        this.audit = audit;
    }

    /** What a new project is made of; {@code defaultBranch} is usually {@code main}. */
    public record NewProject(String name, String title, String description, String defaultBranch) {}

    /** A project that was just made, and the event that says so. */
    public record Created(Project project, Event event) {}

    /** Makes the project in the caller's transaction, its maker being its first owner. */
    public Outcome<Created> create(Tx tx, Caller by, NewProject wanted) {
        if (!NAME.matcher(wanted.name()).matches()
                || wanted.name().endsWith(".git")
                || wanted.name().contains("..")) {
            return Outcome.refused("access.project.name", "name");
        }
        if (RESERVED.contains(wanted.name()) || !insert(tx, wanted)) {
            return Outcome.refused("access.project.taken", "name", wanted.name());
        }
        putMember(tx, wanted.name(), by.account(), Role.OWNER);
        var project = find(tx.sql(), wanted.name()).orElseThrow();
        var event =
                journal.append(
                        tx,
                        new Draft(
                                project.name(),
                                Subject.of("project", project.name()),
                                by.account(),
                                new Fact.ProjectCreated(project.name(), project.title())));
        return Outcome.done(new Created(project, event));
    }

    private static boolean insert(Tx tx, NewProject wanted) {
        return tx.sql()
                        .createUpdate(
                                "INSERT INTO access_projects (name, title, description,"
                                        + " default_branch, created_at) VALUES (?, ?, ?, ?, ?)"
                                        + " ON CONFLICT DO NOTHING")
                        .bind(0, wanted.name())
                        .bind(1, wanted.title().isBlank() ? wanted.name() : wanted.title().strip())
                        .bind(2, wanted.description())
                        .bind(3, wanted.defaultBranch())
                        .bind(4, Micros.now())
                        .execute()
                == 1;
    }

    public static Optional<Project> find(Handle sql, String name) {
        return sql.createQuery(SELECT + "WHERE p.name = ?")
                .bind(0, name)
                .map(Projects::row)
                .findFirst();
    }

    public Optional<Project> find(String name) {
        return store.read(sql -> find(sql, name));
    }

    /** The projects that a caller may read, by name behind one: a page. */
    public List<Project> visibleTo(Caller caller, String after, int limit) {
        return store.read(sql ->
                caller.admin()
                        ? sql.createQuery(SELECT + "WHERE p.name > ? ORDER BY p.name LIMIT ?")
                                .bind(0, after)
                                .bind(1, limit)
                                .map(Projects::row)
                                .list()
                        : sql.createQuery(
                                        SELECT
                                                + "JOIN access_members m ON m.project ="
                                                + " p.name WHERE m.account = ? AND p.name >"
                                                + " ? ORDER BY p.name LIMIT ?")
                                .bind(0, caller.account())
                                .bind(1, after)
                                .bind(2, limit)
                                .map(Projects::row)
                                .list());
    }

    private static Project row(ResultSet row, StatementContext ctx) throws SQLException {
        return new Project(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                Micros.toInstant(row.getLong(5)));
    }

    /** A caller's role; administrators own every project. */
    public Role role(Caller caller, String project) {
        return store.read(sql -> role(sql, caller, project));
    }

    /**
     * As {@link #role(Caller, String)}, for what belongs to a scope of those that tokens of jobs
     * know.
     */
    public Role role(Caller caller, String project, String scope) {
        return caller.grant().isPresent() && !scope.isEmpty()
                ? caller.grant().get().role(project, scope)
                : role(caller, project);
    }

    public static Role role(Handle sql, Caller caller, String project) {
        if (caller.grant().isPresent()) {
            return caller.grant().get().role(project);
        }
        if (caller.admin()) {
            return Role.OWNER;
        }
        return sql.createQuery("SELECT role FROM access_members WHERE project = ? AND account = ?")
                .bind(0, project)
                .bind(1, caller.account())
                .mapTo(String.class)
                .findFirst()
                .map(Role::of)
                .orElse(Role.NONE);
    }

    /** Whether an owner of one project may read another, which need not exist. */
    public static boolean ownerReads(Handle sql, String project, String other) {
        return project.equals(other)
                || sql.createQuery(
                                        "SELECT COUNT(*) FROM access_members o JOIN access_members m"
                                                + " ON m.account = o.account WHERE o.project = ?"
                                                + " AND o.role = 'owner' AND m.project = ?")
                                .bind(0, project)
                                .bind(1, other)
                                .mapTo(Long.class)
                                .one()
                        > 0;
    }

    public static List<Member> members(Handle sql, String project) {
        return sql.createQuery(
                        "SELECT m.account, a.title, m.role FROM access_members m JOIN"
                                + " access_accounts a ON a.name = m.account WHERE m.project = ?"
                                + " ORDER BY m.account LIMIT 1000")
                .bind(0, project)
                .map((row, ctx) ->
                        new Member(row.getString(1), row.getString(2), Role.of(row.getString(3))))
                .list();
    }

    /** Gives a role, or takes it with {@link Role#NONE}. The last owner stays. */
    public Outcome<Role> setRole(String actor, String project, String account, Role role) {
        return store.write(tx -> {
            if (Accounts.find(tx.sql(), account).isEmpty()) {
                return Outcome.<Role>refused("access.account.unknown", "account", account);
            }
            if (role != Role.OWNER && lastOwner(tx, project, account)) {
                return Outcome.<Role>refused("access.member.last", "role");
            }
            putMember(tx, project, account, role);
            audit.record(tx, project, actor, "role.changed", account, Map.of("role", role.word()));
            return Outcome.done(role);
        });
    }

    private static boolean lastOwner(Tx tx, String project, String account) {
        var owners =
                members(tx.sql(), project).stream()
                        .filter(member -> member.role() == Role.OWNER)
                        .toList();
        return owners.size() == 1 && owners.getFirst().account().equals(account);
    }

    private static void putMember(Tx tx, String project, String account, Role role) {
        if (role == Role.NONE) {
            tx.sql()
                    .createUpdate("DELETE FROM access_members WHERE project = ? AND account = ?")
                    .bind(0, project)
                    .bind(1, account)
                    .execute();
            return;
        }
        tx.sql()
                .createUpdate(
                        "INSERT INTO access_members (project, account, role) VALUES (?, ?, ?)"
                                + " ON CONFLICT (project, account)"
                                + " DO UPDATE SET role = excluded.role")
                .bind(0, project)
                .bind(1, account)
                .bind(2, role.word())
                .execute();
    }
}
