package dev.rondo.deploying.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightedTurnsTest {

    @Test
    void everyWindowHoldsExactlyTheWeights() {
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            int a = random.nextInt(101);
            var turns = new WeightedTurns(new int[] {a, 100 - a}, round);
            for (int window = 0; window < 70; window++) {
                int first = 0;
                for (int i = 0; i < 100; i++) {
                    first += turns.next() == 0 ? 1 : 0;
                }
                assertThat(first).isEqualTo(a);
            }
        }
    }

    @Test
    void orderDiffersFromWindowToWindowSoThatNoClientBeatsAgainstIt() {
        var turns = new WeightedTurns(new int[] {9, 1}, 3);
        var places = new java.util.HashSet<Integer>();
        for (int window = 0; window < 61; window++) {
            for (int i = 0; i < 10; i++) {
                if (turns.next() == 1) {
                    places.add(i);
                }
            }
        }
        assertThat(places).hasSizeGreaterThan(7);
    }

    @Test
    void nothingToChooseIsMinusOne() {
        assertThat(new WeightedTurns(new int[] {}, 1).next()).isEqualTo(-1);
        assertThat(new WeightedTurns(new int[] {0, 0}, 1).next()).isEqualTo(-1);
    }
}
