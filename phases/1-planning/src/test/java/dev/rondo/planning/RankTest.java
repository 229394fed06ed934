package dev.rondo.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankTest {

    @Test
    void thereIsAlwaysAPlaceBetweenTwo() {
        var random = new Random(7);
        var order = new ArrayList<>(List.of(Rank.FIRST, Rank.after(Rank.FIRST)));
        for (int i = 0; i < 3000; i++) {
            int at = random.nextInt(Math.min(order.size() - 1, 40));
            var rank = Rank.between(order.get(at), order.get(at + 1));
            assertThat(rank).isGreaterThan(order.get(at)).isLessThan(order.get(at + 1));
            order.add(at + 1, rank);
        }
        assertThat(order).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void theSameGapTakesHundredsBeforeRanksGetLong() {
        var low = Rank.FIRST;
        var high = Rank.after(low);
        for (int i = 0; i < 300; i++) {
            high = Rank.between(low, high);
        }
        assertThat(high.length()).isLessThan(Rank.LONG);
    }

    @Test
    void endsGrowWithoutGettingLonger() {
        var last = Rank.FIRST;
        var first = Rank.FIRST;
        for (int i = 0; i < 100_000; i++) {
            last = Rank.after(last);
            first = Rank.before(first);
        }
        assertThat(last).hasSize(8).isGreaterThan(Rank.FIRST);
        assertThat(first).hasSize(8).isLessThan(Rank.FIRST);
    }

    @Test
    void placeBehindAFractionIsBehindIt() {
        var fraction = Rank.between(Rank.FIRST, Rank.after(Rank.FIRST));
        assertThat(Rank.after(fraction)).isGreaterThan(fraction);
        assertThat(Rank.before(fraction)).isLessThan(fraction);
    }

    @Test
    void beginningsOfWordsAreRanges() {
        assertThat(Words.end("pay")).isEqualTo("paz");
        assertThat(Words.end("az")).isEqualTo("b");
        assertThat(Words.end("a9")).isEqualTo("aa");
        assertThat(Words.end("zz")).isEmpty();
        assertThat(Words.of("Größe, café #12")).containsExactly("grosse", "cafe", "12");
    }

    @Test
    void factsMoveItemsForwardsOnly() {
        assertThat(Flow.named(State.BACKLOG, false)).contains(State.IN_PROGRESS);
        assertThat(Flow.named(State.BACKLOG, true)).contains(State.REVIEW);
        assertThat(Flow.named(State.REVIEW, false)).isEmpty();
        assertThat(Flow.passed(State.LIVE)).isEmpty();
        assertThat(Flow.deployed(State.DONE, "staging")).isEmpty();
        assertThat(Flow.deployed(State.DONE, "production")).contains(State.LIVE);
    }
}
