package dev.rondo.coding;

import dev.rondo.access.Outcome;
import dev.rondo.access.Project;
import dev.rondo.access.Projects.NewProject;
import dev.rondo.coding.view.NewProjectView;
import dev.rondo.web.Field;
import dev.rondo.web.May;
import dev.rondo.web.Page;
import dev.rondo.web.Parts;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The form that makes a project, and its twin in JSON. */
final class NewProjectPages {

    private static final String MAIN = "main";

    private final NewProjects projects;
    private final Looks looks = new Looks();

    NewProjectPages(NewProjects projects) {
        this.projects = projects;
    }

    void routes(Routes routes) {
        routes.get("/projects/new", May.SIGNED_IN, visit -> form(visit, Optional.empty()));
        routes.post("/projects", May.SIGNED_IN, this::create);
        routes.post("/api/projects", May.SIGNED_IN, this::createByApi);
    }

    private void form(Visit visit, Optional<Refusal> refusal) {
        var fields =
                List.of(
                        Field.text("name", "coding.project.name")
                                .hint("coding.project.name.hint")
                                .value(visit.param("name"))
                                .most(63)
                                .required()
                                .focused()
                                .error(visit, refusal),
                        Field.text("title", "coding.project.title")
                                .hint("coding.project.title.hint")
                                .value(visit.param("title"))
                                .most(100)
                                .error(visit, refusal),
                        Field.area("description", "coding.project.description")
                                .value(visit.param("description"))
                                .rows(3)
                                .most(2000)
                                .error(visit, refusal),
                        Field.text("branch", "coding.project.defaultBranch")
                                .value(visit.form("branch").orElse(MAIN))
                                .most(100)
                                .required()
                                .error(visit, refusal));
        String general =
                refusal.filter(r -> r.field().isEmpty())
                        .map(r -> visit.text(r.key(), r.args().toArray()))
                        .orElse("");
        visit.page(
                Page.titled(visit.text("coding.project.new"))
                        .trail(visit.text("web.projects.all"), "/projects")
                        .status(refusal.map(Refusal::status).orElse(200)),
                looks.templates()
                        .newProject(
                                visit,
                                new NewProjectView(
                                        fields.stream()
                                                .map(field -> Parts.field(visit, field))
                                                .toList(),
                                        general)));
    }

    private void create(Visit visit) {
        var wanted =
                new NewProject(
                        visit.param("name").strip(),
                        visit.param("title").strip(),
                        visit.param("description").strip(),
                        visit.form("branch").map(String::strip).orElse(MAIN));
        switch (projects.create(visit.caller(), wanted)) {
            case Outcome.Done<Project> done ->
                    visit.redirect(new CodeUrls(done.value().name()).base());
            case Outcome.Refused<Project> refused -> form(visit, Optional.of(Refusal.of(refused)));
        }
    }

    /** What is left out or null takes its usual value. */
    record Wanted(
            Optional<String> name,
            Optional<String> title,
            Optional<String> description,
            Optional<String> defaultBranch) {}

    private void createByApi(Visit visit) {
        var body = visit.body(Wanted.class);
        var wanted =
                new NewProject(
                        body.name().orElse("").strip(),
                        body.title().orElse("").strip(),
                        body.description().orElse("").strip(),
                        body.defaultBranch().orElse(MAIN).strip());
        switch (projects.create(visit.caller(), wanted)) {
            case Outcome.Done<Project> done -> visit.json(201, json(done.value()));
            case Outcome.Refused<Project> refused -> visit.refuse(Refusal.of(refused));
        }
    }

    private static Map<String, Object> json(Project project) {
        return Map.of(
                "name", project.name(),
                "title", project.title(),
                "description", project.description(),
                "defaultBranch", project.defaultBranch(),
                "createdAt", project.createdAt());
    }
}
