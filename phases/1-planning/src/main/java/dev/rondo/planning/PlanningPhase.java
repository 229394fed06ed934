package dev.rondo.planning;

import dev.rondo.journal.Reaction;
import dev.rondo.journal.Subject;
import dev.rondo.phase.ChatCommand;
import dev.rondo.phase.Phase;
import dev.rondo.phase.Spine;
import dev.rondo.phase.Standing;
import dev.rondo.phase.WorkItems;
import dev.rondo.web.May;
import dev.rondo.web.MenuEntry;
import dev.rondo.web.Paging;
import dev.rondo.web.PaletteSource;
import dev.rondo.web.Routes;
import dev.rondo.web.Tone;
import dev.rondo.web.Visit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jdbi.v3.core.Handle;

/** The first phase: work items, backlog, sprints and board. */
public final class PlanningPhase implements Phase, WorkItems {

    private final Spine spine;
    private final TicketStore tickets;
    private final Moves moves;
    private final FollowUps followUps;
    private final ScheduledExecutorService later =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("planning-later").daemon().factory());

    public PlanningPhase(Spine spine) {
        this.spine = spine;
        this.tickets = new TicketStore(spine.journal());
        this.moves = new Moves(tickets);
        this.followUps = new FollowUps(spine.store(), tickets, later);
    }

    @Override
    public String name() {
        return "planning";
    }

    @Override
    public int place() {
        return 1;
    }

    @Override
    public void routes(Routes routes) {
        new BacklogPages(spine.store(), spine.live(), tickets).routes(routes);
        new BoardPages(spine.store(), moves).routes(routes);
        new SprintPages(spine.store(), tickets.sprints()).routes(routes);
        new TicketPages(spine.store(), tickets).routes(routes);
        new TicketApi(spine.store(), tickets, moves).routes(routes);
    }

    @Override
    public List<MenuEntry> menu() {
        var base = "/projects/{project}/planning";
        return List.of(
                entry(BacklogPages.BACKLOG, base + "/backlog", 10),
                entry(BoardPages.MENU, base + "/board", 20),
                entry(SprintPages.MENU, base + "/sprints", 30),
                entry(BacklogPages.ALL, base + "/tickets", 40));
    }

    private MenuEntry entry(String key, String path, int weight) {
        return new MenuEntry(name(), place(), key, path, weight, May.READ);
    }

    @Override
    public List<PaletteSource> palette() {
        return List.of(this::find);
    }

    private List<PaletteSource.Hit> find(Visit visit, String words, int limit) {
        if (visit.maybeProject().isEmpty() || !visit.may(May.READ)) {
            return List.of();
        }
        var project = visit.project().name();
        var filter = new TicketReads.Filter("", "", "", "", "", words);
        var paging = new Paging(Optional.empty(), false, limit);
        return spine
                .store()
                .read(sql -> TicketReads.newest(sql, project, filter, paging))
                .rows()
                .stream()
                .map(ticket ->
                        new PaletteSource.Hit(
                                visit.text(BacklogPages.ALL),
                                "#" + ticket.number() + " " + ticket.title(),
                                visit.text("planning.state." + ticket.state().word()),
                                Pages.ticket(project, ticket.number())))
                .toList();
    }

    @Override
    public List<Reaction> reactions() {
        return new Reactions(moves, followUps).all();
    }

    @Override
    public List<ChatCommand> commands() {
        return new Commands(spine.store(), spine.texts(), tickets, moves).all();
    }

    @Override
    public Optional<String> link(String project, Subject subject) {
        return switch (subject.kind()) {
            case "ticket" -> number(subject).map(number -> Pages.ticket(project, number));
            case "sprint" ->
                    Optional.of("/projects/" + project + "/planning/sprints/" + subject.id());
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<WorkItems.Item> find(Handle sql, String project, long number) {
        return TicketReads.find(sql, project, number)
                .map(ticket ->
                        new WorkItems.Item(
                                number,
                                ticket.type(),
                                ticket.title(),
                                ticket.description(),
                                ticket.state().isOpen(),
                                ticket.labels(),
                                ticket.assignee(),
                                SprintStore.find(sql, project, ticket.sprint())
                                        .map(Sprint::name)
                                        .orElse(""),
                                ticket.createdBy(),
                                ticket.createdAt()));
    }

    private static Optional<Long> number(Subject subject) {
        try {
            return Optional.of(Long.parseLong(subject.id()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public List<Standing> holds(Handle sql, String project) {
        var counts = TicketReads.counts(sql, project);
        var base = "/projects/" + project + "/planning";
        long waiting =
                counts.getOrDefault(State.BACKLOG, 0L) + counts.getOrDefault(State.READY, 0L);
        long moving =
                counts.getOrDefault(State.IN_PROGRESS, 0L) + counts.getOrDefault(State.REVIEW, 0L);
        return List.of(
                Standing.of("planning.holds.waiting", waiting, Tone.NEUTRAL, base + "/backlog"),
                Standing.of(
                        "planning.holds.moving",
                        moving,
                        moving > 0 ? Tone.ACTIVE : Tone.NEUTRAL,
                        base + "/board"),
                Standing.of(
                        "planning.holds.live",
                        counts.getOrDefault(State.LIVE, 0L),
                        Tone.GOOD,
                        base + "/tickets?state=live"));
    }

    @Override
    public void start() {
        followUps.start();
    }

    @Override
    public void stop() {
        later.shutdownNow();
    }
}
