package dev.rondo.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rondo.access.Outcome;
import dev.rondo.journal.Fact;
import dev.rondo.journal.Subject;
import dev.rondo.store.Database;
import dev.rondo.web.Paging;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Work items on both databases, and what facts do to them. */
class PlanningTest {

    private static final String BOTH = "dev.rondo.kits.Databases#both";

    @ParameterizedTest
    @MethodSource(BOTH)
    void numbersHaveNoGapsAlsoWhenManyWriteAtOnce(Database database) throws Exception {
        try (var ground = new Ground(database)) {
            together(
                    IntStream.range(0, 24)
                            .<Callable<Ticket>>mapToObj(
                                    i -> () -> ground.create("task", "Task " + i))
                            .toList());
            var numbers = backlog(ground).stream().map(Ticket::number).sorted().toList();
            assertThat(numbers)
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 24).mapToObj(Long::valueOf).toList());
        }
    }

    @ParameterizedTest
    @MethodSource(BOTH)
    void orderIsKeptWhenManyMoveAtOnce(Database database) throws Exception {
        try (var ground = new Ground(database)) {
            for (int i = 0; i < 10; i++) {
                ground.create("task", "Task " + i);
            }
            var moves = new ArrayList<Callable<Outcome<String>>>();
            for (int i = 0; i < 40; i++) {
                long mover = i % 9 + 1;
                long other = (i * 7L) % 10 + 1;
                moves.add(() -> place(ground, mover, new Orders.Place.Before(other)));
            }
            together(moves);
            var ranks = backlog(ground).stream().map(Ticket::rank).toList();
            assertThat(ranks).hasSize(10).isSorted().doesNotHaveDuplicates();
            Ground.done(place(ground, 7, new Orders.Place.Top()));
            assertThat(backlog(ground).getFirst().number()).isEqualTo(7);
            Ground.done(place(ground, 7, new Orders.Place.Down()));
            assertThat(backlog(ground).get(1).number()).isEqualTo(7);
            Ground.done(place(ground, 7, new Orders.Place.Bottom()));
            assertThat(backlog(ground).getLast().number()).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @MethodSource(BOTH)
    void limitOfWorkHoldsAlsoWhenManyMoveAtOnce(Database database) throws Exception {
        try (var ground = new Ground(database)) {
            for (int i = 0; i < 12; i++) {
                ground.create("story", "Story " + i);
            }
            var outcomes =
                    together(
                            IntStream.rangeClosed(1, 12)
                                    .<Callable<Outcome<Ticket>>>mapToObj(
                                            n -> () -> ground.move(n, State.IN_PROGRESS))
                                    .toList());
            assertThat(outcomes).filteredOn(it -> it instanceof Outcome.Done<Ticket>).hasSize(5);
            assertThat(outcomes)
                    .filteredOn(it -> it instanceof Outcome.Refused<Ticket>)
                    .hasSize(7)
                    .allSatisfy(it ->
                            assertThat(((Outcome.Refused<Ticket>) it).key())
                                    .isEqualTo("planning.wip.full"));
            ground.store.update(
                    tx -> Ground.done(ground.moves.limit(tx, "shop", State.IN_PROGRESS, 0)));
            IntStream.rangeClosed(1, 12)
                    .forEach(n -> Ground.done(ground.move(n, State.IN_PROGRESS)));
        }
    }

    @ParameterizedTest
    @MethodSource(BOTH)
    void itemsAreFoundByBeginningsOfWordsNumbersAndLabels(Database database) {
        try (var ground = new Ground(database)) {
            Samples.fill(ground);
            assertThat(found(ground, "pay card")).containsExactly(2L);
            assertThat(found(ground, "sec")).containsExactly(6L);
            assertThat(found(ground, "#4")).contains(4L);
            assertThat(found(ground, "nothing like it")).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource(BOTH)
    void pagesFollowTheOrderInBothDirections(Database database) {
        try (var ground = new Ground(database)) {
            IntStream.range(0, 7).forEach(i -> ground.create("task", "Task " + i));
            var first = page(ground, new Paging(Optional.empty(), false, 3));
            assertThat(numbers(first.rows())).containsExactly(1L, 2L, 3L);
            var second = page(ground, new Paging(first.after(), false, 3));
            assertThat(numbers(second.rows())).containsExactly(4L, 5L, 6L);
            var back = page(ground, new Paging(second.before(), true, 3));
            assertThat(numbers(back.rows())).containsExactly(1L, 2L, 3L);
            var last = page(ground, new Paging(Optional.empty(), true, 3));
            assertThat(numbers(last.rows())).containsExactly(5L, 6L, 7L);
        }
    }

    @ParameterizedTest
    @MethodSource(BOTH)
    void factsMoveAnItemFromBacklogToLive(Database database) {
        try (var ground = new Ground(database)) {
            long number = ground.create("story", "Pay by card").number();
            var first = "b".repeat(40);
            var push = ground.tell(Subject.of("change", first), Samples.push(first, number, false));
            awaitState(ground, number, State.IN_PROGRESS);
            assertThat(ground.history(number).getLast().causes()).containsExactly(push.seq());
            ground.tell(Subject.of("change", Samples.COMMIT), Samples.push(number, true));
            awaitState(ground, number, State.REVIEW);
            ground.tell(Subject.of("gate", "run-0"), Samples.gate(Samples.COMMIT, "failed"));
            var gate =
                    ground.tell(
                            Subject.of("gate", "run-1"), Samples.gate(Samples.COMMIT, "passed"));
            awaitState(ground, number, State.DONE);
            assertThat(ground.history(number).getLast().causes()).contains(gate.seq());
            ground.tell(
                    Subject.of("service", "shop/staging"),
                    Samples.deployed("staging", List.of(number)));
            ground.tell(
                    Subject.of("service", "shop/production"),
                    Samples.deployed("production", List.of(number)));
            awaitState(ground, number, State.LIVE);
            assertThat(
                            ground.history(number).stream()
                                    .filter(event -> event.fact() instanceof Fact.TicketMoved)
                                    .count())
                    .isEqualTo(4);
        }
    }

    @ParameterizedTest
    @MethodSource(BOTH)
    void gateSettlesOlderFixesOnceAndNeverWhatWasOpenedAgain(Database database) {
        try (var ground = new Ground(database)) {
            long number = ground.create("bug", "It breaks").number();
            var later = "c".repeat(40);
            ground.tell(Subject.of("change", Samples.COMMIT), Samples.push(number, true));
            ground.tell(Subject.of("change", later), Samples.push(later, 99, false));
            ground.tell(Subject.of("gate", "run-1"), Samples.gate(later, "passed"));
            awaitState(ground, number, State.DONE);
            Ground.done(ground.move(number, State.READY));
            var marker = ground.create("task", "Marker").number();
            ground.tell(Subject.of("gate", "run-2"), Samples.gate(later, "passed"));
            ground.tell(Subject.of("change", later), Samples.push(later, marker, false));
            awaitState(ground, marker, State.IN_PROGRESS);
            assertThat(ground.ticket(number).state()).isEqualTo(State.READY);
        }
    }

    @ParameterizedTest
    @MethodSource(BOTH)
    void rollbackWritesOneBugAtTheTopThatNamesItsCauses(Database database) {
        try (var ground = new Ground(database)) {
            ground.create("story", "First of the backlog");
            long story = ground.create("story", "Recommendations").number();
            ground.tell(Subject.of("change", Samples.COMMIT), Samples.push(story, true));
            var rollback =
                    ground.tell(Subject.of("service", "shop/production"), Samples.rollback());
            var incident = ground.tell(Subject.of("incident", 1), Samples.incident(), rollback);
            await().untilAsserted(() -> assertThat(backlog(ground)).hasSize(3));
            var bug = backlog(ground).getFirst();
            assertThat(bug.type()).isEqualTo("bug");
            assertThat(bug.title()).contains("GET /api/recommendations", "20.0 %");
            assertThat(bug.description()).contains(Samples.COMMIT, "#" + story, "Incident 1");
            assertThat(ground.history(bug.number()).getFirst().causes())
                    .containsExactly(rollback.seq(), incident.seq());
            List<Subject> links =
                    ground.store.read(sql -> TicketReads.links(sql, "shop", bug.number()));
            assertThat(links)
                    .contains(
                            Subject.of("incident", 1),
                            Subject.of("release", "1.1.0"),
                            Subject.of("change", Samples.COMMIT),
                            Subject.of("ticket", story));
            ground.tell(Subject.of("incident", 2), Samples.incident(), rollback);
            var marker = ground.create("task", "Marker").number();
            var commit = "d".repeat(40);
            ground.tell(Subject.of("change", commit), Samples.push(commit, marker, false));
            awaitState(ground, marker, State.IN_PROGRESS);
            assertThat(backlog(ground)).filteredOn(it -> it.type().equals("bug")).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource(BOTH)
    void rollbackWithoutIncidentIsEnough(Database database) {
        try (var ground = new Ground(database)) {
            var rollback =
                    ground.tell(Subject.of("service", "shop/production"), Samples.rollback());
            await().atMost(java.time.Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(backlog(ground)).hasSize(1));
            assertThat(ground.history(1).getFirst().causes()).containsExactly(rollback.seq());
        }
    }

    @ParameterizedTest
    @MethodSource(BOTH)
    void sprintsRunOneAtATimeAndLetGoOfWhatIsLeft(Database database) {
        try (var ground = new Ground(database)) {
            Samples.fill(ground);
            var sprint = ground.store.read(sql -> SprintStore.active(sql, "shop")).orElseThrow();
            var second =
                    Ground.done(
                            ground.store.write(tx ->
                                    ground.tickets
                                            .sprints()
                                            .create(
                                                    tx,
                                                    "shop",
                                                    "ada",
                                                    "Next",
                                                    "",
                                                    java.time.Instant.EPOCH)));
            assertThat(advance(ground, second.id(), "active")).isInstanceOf(Outcome.Refused.class);
            Ground.done(advance(ground, sprint.id(), "finished"));
            Ground.done(advance(ground, second.id(), "active"));
            assertThat(ground.ticket(3).sprint()).isEmpty();
            assertThat(ground.ticket(5).sprint()).isEqualTo(sprint.id());
            var moments = ground.store.read(sql -> SprintStore.burndown(sql, sprint.id()));
            assertThat(moments.getLast().remaining()).isLessThan(moments.getLast().points());
            assertThat(Burndown.of(sprint, moments, java.time.Instant.now()).line()).contains(",");
        }
    }

    private static Outcome<Sprint> advance(Ground ground, String id, String to) {
        return ground.store.write(
                tx -> ground.tickets.sprints().advance(tx, "shop", id, "ada", to));
    }

    private static void awaitState(Ground ground, long number, State state) {
        await().untilAsserted(() -> assertThat(ground.ticket(number).state()).isEqualTo(state));
    }

    private static Outcome<String> place(Ground ground, long number, Orders.Place place) {
        return ground.store.write(tx -> ground.tickets.orders().put(tx, "shop", number, place));
    }

    private static List<Ticket> backlog(Ground ground) {
        return page(ground, new Paging(Optional.empty(), false, 100)).rows();
    }

    private static Paging.Slice<Ticket> page(Ground ground, Paging paging) {
        return ground.store.read(
                sql -> TicketReads.backlog(sql, "shop", TicketReads.Filter.NONE, paging));
    }

    private static List<Long> found(Ground ground, String words) {
        var filter = new TicketReads.Filter("", "", "", "", "", words);
        var paging = new Paging(Optional.empty(), false, 50);
        return numbers(
                ground
                        .store
                        .read(sql -> TicketReads.newest(sql, "shop", filter, paging))
                        .rows()
                        .stream()
                        .filter(ticket -> !ticket.type().equals("bug"))
                        .toList());
    }

    private static List<Long> numbers(List<Ticket> tickets) {
        return tickets.stream().map(Ticket::number).toList();
    }

    private static <T> List<T> together(List<Callable<T>> calls) throws Exception {
        try (var pool = Executors.newFixedThreadPool(8)) {
            var results = new ArrayList<T>();
            for (var future : pool.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        }
    }
}
