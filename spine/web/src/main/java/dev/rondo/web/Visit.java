package dev.rondo.web;

import dev.rondo.access.Caller;
import dev.rondo.access.Project;
import dev.rondo.access.Role;
import dev.rondo.journal.Event;
import dev.rondo.journal.Subject;
import gg.jte.Content;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * One request: who calls, in which project, in which language, and the ways to answer. Handed to
 * handlers and to templates; used by one thread.
 */
public final class Visit {

    private final Site site;
    private final Context http;
    private final Caller caller;
    private final Optional<Project> project;
    private final Role role;
    private final Preferences preferences;

    Visit(Site site, Context http, Caller caller, Optional<Project> project, Role role) {
        this.site = site;
        this.http = http;
        this.caller = caller;
        this.project = project;
        this.role = role;
        this.preferences = Preferences.of(http, caller);
    }

    // ---- Who and where ------------------------------------------------------------------------

    public Context http() {
        return http;
    }

    /** Who calls; {@link Caller#ANYONE} when nobody is signed in. */
    public Caller caller() {
        return caller;
    }

    /** The project that the path names; only on routes with {@code {project}}. */
    public Project project() {
        return project.orElseThrow(() -> new IllegalStateException("the path has no {project}"));
    }

    public Optional<Project> maybeProject() {
        return project;
    }

    /** Whether the caller may, in this project: for what a page offers. */
    public boolean may(May may) {
        return switch (may) {
            case ANYONE -> true;
            case SIGNED_IN -> caller.signedIn();
            case ADMIN -> caller.admin();
            case READ, WRITE, OWN -> role.covers(may.role());
        };
    }

    /** The caller's role in the project of the path; NONE without one. */
    public Role role() {
        return role;
    }

    /**
     * Lets the client pause for longer than is usual, until the result is closed: for programs that
     * move large bodies through slow lines.
     */
    public Patience patience(Duration pause) {
        var endPoint =
                ServletContextRequest.getServletContextRequest(http.req())
                        .getConnectionMetaData()
                        .getConnection()
                        .getEndPoint();
        long usual = endPoint.getIdleTimeout();
        endPoint.setIdleTimeout(pause.toMillis());
        return () -> endPoint.setIdleTimeout(usual);
    }

    /** Ends when it is closed. */
    public interface Patience extends AutoCloseable {
        @Override
        void close();
    }

    // ---- What was asked -----------------------------------------------------------------------

    /** From path, form or query, in this order; the empty string if it is not there. */
    public String param(String name) {
        var inPath = http.pathParamMap().get(name);
        if (inPath != null) {
            return inPath;
        }
        return form(name).or(() -> query(name)).orElse("");
    }

    /** As {@link #param}, but refuses with {@code web.number.invalid} what is no whole number. */
    public long number(String name) {
        try {
            return Long.parseLong(param(name).strip());
        } catch (NumberFormatException e) {
            throw Refusal.of("web.number.invalid", param(name)).at(name).status(400).asException();
        }
    }

    /** A field of the form, if it was sent and is not blank. */
    public Optional<String> form(String name) {
        if (!http.isFormUrlencoded() && !http.isMultipartFormData()) {
            return Optional.empty();
        }
        return Optional.ofNullable(http.formParam(name)).filter(value -> !value.isBlank());
    }

    /** All values of a field, such as those of check boxes. */
    public List<String> forms(String name) {
        if (!http.isFormUrlencoded() && !http.isMultipartFormData()) {
            return List.of();
        }
        return http.formParams(name);
    }

    /** A parameter of the query, if it is there; {@code ?last} counts as there. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(http.queryParam(name));
    }

    public Paging paging(int size) {
        return Paging.of(this, size);
    }

    /** The JSON body as a record; refuses what is not. */
    public <T> T body(Class<T> type) {
        return Json.read(http.body(), type);
    }

    // ---- Language and time --------------------------------------------------------------------

    public Locale locale() {
        return preferences.language();
    }

    public String text(String key, Object... args) {
        return site.texts().say(locale(), key, args);
    }

    /** What an event says, in the reader's language; what it says itself where that is all. */
    public String said(Event event, String otherwise) {
        return site.texts().say(locale(), event.wording(), otherwise);
    }

    /** The text of a key that is made of data, or the data itself where it has none. */
    public String textOr(String key, String otherwise) {
        return site.texts().has(key) ? text(key) : otherwise;
    }

    public Times times() {
        return new Times(site.texts(), locale(), preferences.zone());
    }

    public ZoneId zone() {
        return preferences.zone();
    }

    /** auto, light or dark. */
    public String theme() {
        return preferences.theme();
    }

    // ---- Links --------------------------------------------------------------------------------

    /** The path of a subject's page, if its phase is there. */
    public Optional<String> link(Subject subject) {
        return project.flatMap(p -> site.links().url(p.name(), subject));
    }

    /** This page's own path with its query: where a form leads back to. */
    public String here() {
        var query = http.queryString();
        return query == null || query.isEmpty() ? http.path() : http.path() + "?" + query;
    }

    public String asset(String name) {
        return site.assets().url(name);
    }

    /** The token that every form carries, see {@link Parts#csrf}. */
    public String csrf() {
        return caller.csrf();
    }

    /** The panels of other phases about a subject, each rendered into a buffer of its own. */
    public List<PanelView> panels(Subject subject) {
        return Panels.render(this, subject);
    }

    // ---- Answers ------------------------------------------------------------------------------

    public void page(String title, Content content) {
        page(Page.titled(title), content);
    }

    /** The whole page in the shell; for htmx the content alone. */
    public void page(Page page, Content content) {
        http.status(page.status());
        http.header("Cache-Control", "no-store");
        http.header("Vary", "HX-Request, Cookie, Accept-Language");
        html(isFragment() ? content : Shells.page(this, page, content));
    }

    /** Always the content alone. */
    public void fragment(Content content) {
        http.header("Cache-Control", "no-store");
        html(content);
    }

    private void html(Content content) {
        http.contentType("text/html; charset=utf-8").result(Html.bytes(content));
    }

    public void json(Object value) {
        json(200, value);
    }

    public void json(int status, Object value) {
        http.status(status)
                .contentType("application/json; charset=utf-8")
                .result(Json.write(value));
    }

    /** 303 to a path of this server; htmx follows it as a whole page. */
    public void redirect(String path) {
        if (!path.startsWith("/") || path.startsWith("//") || path.contains("\\")) {
            throw new IllegalArgumentException("not a path of this server: " + path);
        }
        if (http.header("HX-Request") != null && http.header("HX-Boosted") == null) {
            http.status(204).header("HX-Redirect", path);
        } else {
            http.status(303).header("Location", path);
        }
    }

    /** Says no: a page, a notice for htmx, or JSON, with the refusal's status. */
    public void refuse(Refusal refusal) {
        Failures.refuse(this, refusal);
    }

    /** Shown once, on the next whole page that this browser gets. */
    public void notice(String key, Object... args) {
        Notices.add(http, new Notices.Notice(key, List.of(args), false));
    }

    /** As {@link #notice}, for what went wrong. */
    public void warning(String key, Object... args) {
        Notices.add(http, new Notices.Notice(key, List.of(args), true));
    }

    /** For a thing that is not there: {@code orElseThrow(visit::missing)}. */
    public Refused missing() {
        return Refusal.missing("web.missing").asException();
    }

    /** Whether the caller wants JSON: below /api, or accepts that and no HTML. */
    public boolean wantsJson() {
        var accept = http.header("Accept");
        return http.path().startsWith("/api/")
                || (accept != null && accept.contains("json") && !accept.contains("html"));
    }

    /** Whether htmx asks for a part of a page. */
    public boolean isFragment() {
        return http.header("HX-Request") != null
                && http.header("HX-Boosted") == null
                && http.header("HX-History-Restore-Request") == null;
    }

    Site site() {
        return site;
    }
}
