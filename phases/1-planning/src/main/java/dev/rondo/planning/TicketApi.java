package dev.rondo.planning;

import dev.rondo.store.Store;
import dev.rondo.web.May;
import dev.rondo.web.Refusal;
import dev.rondo.web.Routes;
import dev.rondo.web.Visit;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Work items and sprints as JSON, for scripts and for the demo. */
final class TicketApi {

    private static final int PAGE = 100;

    private final Store store;
    private final TicketStore tickets;
    private final Moves moves;

    TicketApi(Store store, TicketStore tickets, Moves moves) {
        this.store = store;
        this.tickets = tickets;
        this.moves = moves;
    }

    void routes(Routes routes) {
        var base = "/api/projects/{project}";
        routes.get(base + "/tickets", May.READ, this::list);
        routes.post(base + "/tickets", May.WRITE, this::create);
        routes.get(base + "/tickets/{number}", May.READ, this::show);
        routes.patch(base + "/tickets/{number}", May.WRITE, this::change);
        routes.post(base + "/tickets/{number}/comments", May.READ, this::comment);
        routes.get(base + "/board/limits", May.READ, this::limits);
        routes.put(base + "/board/limits/{state}", May.OWN, this::limit);
        routes.get(base + "/sprints", May.READ, this::sprints);
        routes.post(base + "/sprints", May.WRITE, this::createSprint);
        routes.patch(base + "/sprints/{id}", May.WRITE, this::changeSprint);
    }

    /** What a request may say of an item; what is absent stays as it is. */
    private record Sent(
            @Nullable String type,
            @Nullable String title,
            @Nullable String description,
            @Nullable String criteria,
            @Nullable Long estimate,
            @Nullable String assignee,
            @Nullable Long parent,
            @Nullable String sprint,
            @Nullable List<String> labels,
            @Nullable String state,
            @Nullable String place) {

        Wish wish() {
            return new Wish(
                    Optional.ofNullable(type),
                    Optional.ofNullable(title),
                    Optional.ofNullable(description),
                    Optional.ofNullable(criteria),
                    Optional.ofNullable(estimate),
                    Optional.ofNullable(assignee),
                    Optional.ofNullable(parent),
                    Optional.ofNullable(sprint),
                    Optional.ofNullable(labels).map(Wish::clean));
        }

        Optional<State> wantedState() {
            return Optional.ofNullable(state)
                    .map(word ->
                            State.of(word)
                                    .orElseThrow(() ->
                                            Refusal.of(
                                                            "planning.state.unknown",
                                                            word,
                                                            String.join(", ", State.words()))
                                                    .at("state")
                                                    .asException()));
        }
    }

    private record Remark(@Nullable String body) {}

    private record SprintSent(
            @Nullable String name,
            @Nullable String goal,
            @Nullable String endsAt,
            @Nullable String state) {}

    /** {@code ?state=&type=&label=&assignee=&sprint=&q=&after=}; newest first, 100 at a time. */
    private void list(Visit visit) {
        var project = visit.project().name();
        var filter =
                new TicketReads.Filter(
                        visit.param("type"),
                        visit.param("state"),
                        visit.param("assignee"),
                        visit.param("label"),
                        visit.param("sprint"),
                        visit.param("q"));
        boolean inOrder = visit.param("order").equals("backlog");
        var paging = visit.paging(PAGE);
        var slice =
                store.read(sql ->
                        inOrder
                                ? TicketReads.backlog(sql, project, filter, paging)
                                : TicketReads.newest(sql, project, filter, paging));
        var answer = new LinkedHashMap<String, Object>();
        answer.put("tickets", slice.rows().stream().map(TicketApi::json).toList());
        slice.after().ifPresent(key -> answer.put("after", key));
        slice.before().ifPresent(key -> answer.put("before", key));
        visit.json(answer);
    }

    private void show(Visit visit) {
        long number = visit.number("number");
        var project = visit.project().name();
        var ticket =
                store.read(sql -> TicketReads.find(sql, project, number))
                        .orElseThrow(visit::missing);
        visit.json(json(ticket));
    }

    private void create(Visit visit) {
        var sent = visit.body(Sent.class);
        var project = visit.project().name();
        var actor = visit.caller().account();
        var start =
                new TicketStore.Start(
                        sent.wantedState().orElse(State.BACKLOG),
                        "top".equals(sent.place()),
                        List.of());
        var ticket =
                Pages.done(
                        store.write(tx -> tickets.create(tx, project, actor, sent.wish(), start)));
        visit.http().header("Location", visit.here() + "/" + ticket.number());
        visit.json(201, json(ticket));
    }

    private void change(Visit visit) {
        long number = visit.number("number");
        var sent = visit.body(Sent.class);
        var to = sent.wantedState();
        var place = Optional.ofNullable(sent.place()).map(TicketApi::place);
        var project = visit.project().name();
        var actor = visit.caller().account();
        var ticket =
                store.write(tx -> {
                    var done = Pages.done(tickets.update(tx, project, number, actor, sent.wish()));
                    if (to.isPresent()) {
                        done =
                                Pages.done(
                                        moves.byHand(tx, project, number, to.get(), actor, "hand"));
                    }
                    if (place.isPresent()) {
                        Pages.done(tickets.orders().put(tx, project, number, place.get()));
                    }
                    return done;
                });
        visit.json(json(ticket));
    }

    private static Orders.Place place(String word) {
        return Orders.Place.of(word)
                .orElseThrow(
                        () -> Refusal.of("planning.order.place", word).at("place").asException());
    }

    private void comment(Visit visit) {
        long number = visit.number("number");
        var project = visit.project().name();
        var author = visit.caller().account();
        var body = Optional.ofNullable(visit.body(Remark.class).body()).orElse("");
        var id = Pages.done(store.write(tx -> tickets.comment(tx, project, number, author, body)));
        visit.json(201, Map.of("id", id));
    }

    /** How many items may be in each state; no limit where a state is not named. */
    private void limits(Visit visit) {
        var project = visit.project().name();
        var limits = new LinkedHashMap<String, Long>();
        store.read(sql -> Moves.limits(sql, project))
                .forEach((state, most) -> limits.put(state.word(), most));
        limits.values().removeIf(most -> most == Moves.NO_LIMIT);
        visit.json(Map.of("limits", limits));
    }

    private record LimitSent(@Nullable Long most) {}

    private void limit(Visit visit) {
        var state = Pages.state(visit, "state");
        var most = Optional.ofNullable(visit.body(LimitSent.class).most()).orElse(Moves.NO_LIMIT);
        var project = visit.project().name();
        Pages.done(store.write(tx -> moves.limit(tx, project, state, most)));
        limits(visit);
    }

    private void sprints(Visit visit) {
        var project = visit.project().name();
        var found = store.read(sql -> SprintStore.list(sql, project));
        visit.json(Map.of("sprints", found.stream().map(TicketApi::json).toList()));
    }

    private void createSprint(Visit visit) {
        var sent = visit.body(SprintSent.class);
        var project = visit.project().name();
        var actor = visit.caller().account();
        var ends = Optional.ofNullable(sent.endsAt()).map(TicketApi::time).orElse(Instant.EPOCH);
        var sprint =
                Pages.done(
                        store.write(tx ->
                                tickets.sprints()
                                        .create(
                                                tx,
                                                project,
                                                actor,
                                                text(sent.name()),
                                                text(sent.goal()),
                                                ends)));
        visit.json(201, json(sprint));
    }

    private void changeSprint(Visit visit) {
        var to = text(visit.body(SprintSent.class).state());
        var project = visit.project().name();
        var actor = visit.caller().account();
        var id = visit.param("id");
        var sprint =
                Pages.done(
                        store.write(tx -> tickets.sprints().advance(tx, project, id, actor, to)));
        visit.json(json(sprint));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw Refusal.of("planning.sprint.date", text).at("endsAt").asException();
        }
    }

    private static Map<String, Object> json(Ticket ticket) {
        var json = new LinkedHashMap<String, Object>();
        json.put("number", ticket.number());
        json.put("type", ticket.type());
        json.put("title", ticket.title());
        json.put("state", ticket.state().word());
        json.put("description", ticket.description());
        json.put("criteria", ticket.criteria());
        if (ticket.estimate() != Ticket.NO_ESTIMATE) {
            json.put("estimate", ticket.estimate());
        }
        json.put("assignee", ticket.assignee());
        if (ticket.parent() != 0) {
            json.put("parent", ticket.parent());
        }
        json.put("sprint", ticket.sprint());
        json.put("labels", ticket.labels());
        json.put("createdBy", ticket.createdBy());
        json.put("createdAt", ticket.createdAt().toString());
        json.put("href", Pages.ticket(ticket.project(), ticket.number()));
        return json;
    }

    private static Map<String, Object> json(Sprint sprint) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", sprint.id());
        json.put("name", sprint.name());
        json.put("goal", sprint.goal());
        json.put("state", sprint.state());
        if (sprint.endsAt().isAfter(Instant.EPOCH)) {
            json.put("endsAt", sprint.endsAt().toString());
        }
        return json;
    }
}
