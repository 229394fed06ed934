package dev.rondo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose turn it is. */
final class SlotsTest {
    private final List<String> granted = new ArrayList<>();
    private int all = 1;
    private final Map<String, Integer> bounds = new java.util.HashMap<>();
    private final Slots slots =
            new Slots(
                    new Slots.Most() {
                        @Override
                        public int all() {
                            return all;
                        }

                        @Override
                        public int of(String project) {
                            return bounds.getOrDefault(project, 100);
                        }
                    });

    private Slots.Ticket ask(String project, String name, boolean urgent) {
        return slots.ask(project, urgent, () -> granted.add(name));
    }

    @Test
    void projectsTakeTurnsHoweverManyJobsOneHas() {
        Slots.Ticket first = ask("big", "big1", false);
        List<Slots.Ticket> tickets = new ArrayList<>();
        for (int i = 2; i < 6; i++) {
            tickets.add(ask("big", "big" + i, false));
        }
        Slots.Ticket small = ask("small", "small1", false);
        slots.leave(first);
        assertThat(granted).containsExactly("big1", "small1");
        slots.leave(small);
        assertThat(granted).containsExactly("big1", "small1", "big2");
        slots.leave(tickets.getFirst());
        assertThat(granted).endsWith("big3");
    }

    @Test
    void urgentJobsGoFirst() {
        Slots.Ticket first = ask("a", "a1", false);
        ask("a", "a2", false);
        ask("b", "b1", false);
        ask("a", "repair", true);
        slots.leave(first);
        assertThat(granted).containsExactly("a1", "repair");
    }

    @Test
    void aProjectHasNoMorePlacesThanItMay() {
        all = 3;
        bounds.put("a", 1);
        Slots.Ticket one = ask("a", "a1", false);
        ask("a", "a2", false);
        ask("b", "b1", false);
        assertThat(granted).containsExactly("a1", "b1");
        bounds.put("a", 2);
        slots.look();
        assertThat(granted).containsExactly("a1", "b1", "a2");
        slots.leave(one);
        assertThat(slots.running()).containsEntry("a", 1).containsEntry("b", 1);
    }

    @Test
    void whoLeavesTheLineIsNotCalled() {
        Slots.Ticket first = ask("a", "a1", false);
        Slots.Ticket gone = ask("a", "a2", false);
        slots.leave(gone);
        slots.leave(first);
        slots.leave(first);
        ask("a", "a3", false);
        assertThat(granted).containsExactly("a1", "a3");
        assertThat(slots.running()).containsEntry("a", 1);
    }
}
