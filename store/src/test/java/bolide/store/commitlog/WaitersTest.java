package bolide.store.commitlog;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.store.Noted;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitersTest {
    private final Waiters waiters = new Waiters(new Failure(failure -> {}));
    private final List<Integer> told = new ArrayList<>();

    private List<AppendListener> listeners(int from, int to) {
        List<AppendListener> listeners = new ArrayList<>();
        for (int i = from; i < to; i++) {
            int number = i;
            listeners.add(new Noted(() -> told.add(number)));
        }
        return listeners;
    }

    @Test
    void shouldTellThoseWhoWaitForNothingBeyond() {
        // given
        waiters.add(10, listeners(0, 2));
        waiters.add(20, listeners(2, 3));

        // when
        waiters.tell(9);

        // then
        assertThat(told).isEmpty();

        // when
        waiters.tell(19);

        // then
        assertThat(told).containsExactly(0, 1);

        // when
        waiters.tell(20);
        waiters.tell(1000);

        // then
        assertThat(told).containsExactly(0, 1, 2);
    }

    @Test
    void shouldKeepTheOrderWhileItGrowsAroundItsEnd() {
        // given
        int added = 0;

        // when
        for (int round = 1; round < 200; round++) {
            waiters.add(round, listeners(added, added + round % 17));
            added += round % 17;
            waiters.tell(round - 1 - round % 5);
        }
        waiters.tell(1000);

        // then
        assertThat(told).hasSize(added).isSorted();
    }
}
