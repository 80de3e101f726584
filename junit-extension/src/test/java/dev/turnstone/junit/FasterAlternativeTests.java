package dev.turnstone.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class FasterAlternativeTests {

    private final FasterAlternative ways = new FasterAlternative();

    private static Duration ms(int millis) {
        return Duration.ofMillis(millis);
    }

    /** Goes one way after the other as it is told. @return how often it was the second */
    private int seconds(int times, IntUnaryOperator first, IntUnaryOperator second) {
        int count = 0;
        for (int i = 0; i < times; i++) {
            if (ways.isSecondNext()) {
                ways.tookSecond(ms(second.applyAsInt(i)));
                count++;
            } else {
                ways.tookFirst(ms(first.applyAsInt(i)));
            }
        }
        return count;
    }

    @Test
    void theSecondIsTriedWhereItIsNotKnown() {
        assertThat(ways.isSecondNext()).isTrue();
        ways.tookFirst(ms(1));
        assertThat(ways.isSecondNext()).isTrue();
        assertThat(ways.likelyOfFirst()).isEqualTo(ms(1));
    }

    @Test
    void theFasterOneIsGoneAndTheSlowerOneTriedForATenthOfTheTimeAtMost() {
        ways.tookFirst(ms(100));
        assertThat(seconds(1000, i -> 100, i -> 20)).isBetween(970, 999);
        assertThat(seconds(1000, i -> 100, i -> 400)).isBetween(1, 40);
    }

    @Test
    void aFirstTimeThatWasLongIsForgotten() {
        ways.tookFirst(ms(2000));
        assertThat(seconds(500, i -> 80, i -> 300)).isLessThan(80);
    }

    @Test
    void oneShortTimeAmongLongOnesDoesNotDecideForGood() {
        ways.tookFirst(ms(80));
        assertThat(seconds(300, i -> 80, i -> i % 10 == 0 ? 60 : 480)).isLessThan(60);
    }
}
