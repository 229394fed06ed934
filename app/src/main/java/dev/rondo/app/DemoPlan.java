package dev.rondo.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The plan of the demo: a project with an epic, four stories, a sprint and a board. */
final class DemoPlan {

    static final long FIRST_STORY = 2;
    static final long SECOND_STORY = 3;
    static final String COMMENT = "The total has to be seen *before* the last step.";

    private final DemoServer server;
    private final String project;

    DemoPlan(DemoServer server, String project) {
        this.server = server;
        this.project = project;
    }

    /** Makes what is not there yet, so that it can be called again after a crash. */
    void make() {
        server.untilDone(this::makeWhatIsMissing);
    }

    private void makeWhatIsMissing() {
        if (!server.get(api("")).good()) {
            require(
                    server.post(
                            "/api/projects",
                            Map.of(
                                    "name",
                                    project,
                                    "title",
                                    project.equals("shop") ? "Tea shop" : "Hello",
                                    "description",
                                    "The example of the demo")),
                    "project");
        }
        long epic = ticket("epic", "Sell tea on the web", "", 0, 0);
        ticket(
                "story",
                "Browse and buy tea",
                criteria("a basket with two teas", "I check out", "I see the total"),
                5,
                epic);
        ticket(
                "story",
                "See what goes well with a tea",
                criteria("the page of a teapot", "I look below it", "I see three other products"),
                3,
                epic);
        ticket(
                "story",
                "Pay by invoice",
                criteria("a basket", "I choose invoice", "I get one by mail"),
                8,
                epic);
        ticket(
                "story",
                "Gift wrapping",
                criteria("a basket", "I tick gift", "the total grows by two euros"),
                2,
                epic);
        sprint(List.of(FIRST_STORY, SECOND_STORY));
        var story = server.get(api("/tickets/" + FIRST_STORY)).json();
        if (!story.path("state").asString("").equals("in-progress")) {
            require(
                    server.patch(api("/tickets/" + FIRST_STORY), Map.of("state", "in-progress")),
                    "story #2");
        }
    }

    private static String criteria(String given, String when, String then) {
        return "Scenario: as expected\n  Given "
                + given
                + "\n  When "
                + when
                + "\n  Then "
                + then
                + "\n";
    }

    private long ticket(String type, String title, String acceptance, int estimate, long parent) {
        for (var one : all()) {
            if (one.path("title").asString("").equals(title)) {
                return one.path("number").asLong();
            }
        }
        var body = new java.util.LinkedHashMap<String, Object>();
        body.put("type", type);
        body.put("title", title);
        body.put("description", "As a visitor of the shop, so that tea finds its drinkers.");
        body.put("acceptance", acceptance);
        if (estimate > 0) {
            body.put("estimate", estimate);
        }
        if (parent > 0) {
            body.put("parent", parent);
        }
        return require(server.post(api("/tickets"), body), title).path("number").asLong();
    }

    private void sprint(List<Long> tickets) {
        for (var sprint : server.get(api("/sprints")).json().path("sprints")) {
            if (sprint.path("name").asString("").equals("Sprint 1")) {
                return;
            }
        }
        require(
                server.post(
                        api("/sprints"),
                        Map.of(
                                "name",
                                "Sprint 1",
                                "goal",
                                "Sell the first tea",
                                "tickets",
                                tickets,
                                "state",
                                "active")),
                "sprint");
    }

    /** Says something about a work item, once. */
    void comment(long ticket) {
        server.untilDone(() -> {
            if (server.find(project, "ticket.commented", one -> one.number("number") == ticket)
                    .isEmpty()) {
                require(
                        server.post(
                                api("/tickets/" + ticket + "/comments"), Map.of("body", COMMENT)),
                        "comment");
            }
        });
    }

    /** The number of the work item that stands first. */
    long topOfBacklog() {
        var all = all();
        return all.isEmpty() ? 0 : all.getFirst().path("number").asLong();
    }

    private List<JsonNode> all() {
        var tickets = new ArrayList<JsonNode>();
        server.get(api("/tickets")).json().path("tickets").forEach(tickets::add);
        return tickets;
    }

    private String api(String path) {
        return "/api/projects/" + project + path;
    }

    private static JsonNode require(DemoServer.Answer answer, String what) {
        if (!answer.good()) {
            throw new DemoProblem(what + ": " + answer.status() + " " + answer.body());
        }
        return answer.json();
    }
}
