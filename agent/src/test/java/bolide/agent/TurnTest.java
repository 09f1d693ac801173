package bolide.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class TurnTest {
    private static final int THREADS = 4;
    private static final int EACH = 200_000;

    private final Turn turn = new Turn();

    @Test
    void shouldGiveTheWorkToOneAtATime() {
        // given
        assertThat(turn.take()).isTrue();
        turn.begin();

        // when // then
        assertThat(turn.take()).isFalse();
        assertThat(turn.end()).isFalse();
        turn.begin();
        assertThat(turn.end()).isTrue();
        assertThat(turn.take()).isTrue();
    }

    @Test
    void shouldTakeWhatWasAskedForBeforeTheRoundAsDoneByIt() {
        // given
        assertThat(turn.take()).isTrue();
        assertThat(turn.take()).isFalse();

        // when
        turn.begin();

        // then
        assertThat(turn.end()).isTrue();
    }

    /// Plain fields, so that both two at a time and a round that misses what was asked for show.
    private static final class Sums {
        private final long[] wanted = new long[THREADS * 16]; // each its thread's
        private final long[] seen = new long[THREADS * 16];
        private long rounds;
        private boolean busy;
        private boolean twoAtATime;

        void round() {
            twoAtATime |= busy;
            busy = true;
            rounds++;
            System.arraycopy(wanted, 0, seen, 0, wanted.length);
            busy = false;
        }
    }

    @Test
    void shouldLeaveNothingUndoneThatAnyThreadAskedFor() throws InterruptedException {
        // given
        Sums sums = new Sums();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int mine = t * 16;
            threads.add(
                    new Thread(() -> {
                        for (int i = 0; i < EACH; i++) {
                            sums.wanted[mine]++;
                            if (turn.take()) {
                                do {
                                    turn.begin();
                                    sums.round();
                                } while (!turn.end());
                            }
                        }
                    }));
        }

        // when
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        // then
        assertThat(sums.twoAtATime).isFalse();
        assertThat(sums.rounds).isPositive();
        for (int t = 0; t < THREADS; t++) {
            assertThat(sums.seen[t * 16]).isEqualTo(EACH);
        }
    }

    @Test
    void shouldKeepWhatIsLeftForTheAgent() {
        // given
        assertThat(turn.take()).isTrue();
        turn.begin();

        // when
        turn.leave();

        // then
        assertThat(turn.take()).isFalse();
        assertThat(turn.takeLeft()).isTrue();
        assertThat(turn.takeLeft()).isFalse();
        turn.begin();
        assertThat(turn.end()).isTrue();
        assertThat(turn.takeLeft()).isTrue();
    }

    /// Does what it can get, and leaves every other turn for its next step.
    private final class Worker implements Agent {
        private final Sums sums;
        private boolean isLeaving;

        private Worker(Sums sums) {
            this.sums = sums;
        }

        @Override
        public String name() {
            return "worker";
        }

        @Override
        public boolean step() {
            if (!turn.takeLeft()) {
                return false;
            }
            turn.begin();
            sums.round();
            isLeaving = !isLeaving;
            if (!isLeaving && turn.end()) {
                return false;
            }
            turn.leave();
            return true;
        }
    }

    @Test
    void shouldLoseNothingThatIsLeftToAnAgentWhileOthersTakeTurns() throws InterruptedException {
        // given
        Sums sums = new Sums();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AgentThread agent = new AgentThread(new Worker(sums), Thread::new, failure::set).start();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int mine = t * 16;
            threads.add(
                    new Thread(() -> {
                        for (int i = 0; i < EACH; i++) {
                            sums.wanted[mine]++;
                            if (turn.take()) {
                                turn.begin();
                                if (i % 3 == 0) {
                                    sums.round();
                                }
                                if (i % 3 != 0 || !turn.end()) {
                                    turn.leave();
                                    agent.wake();
                                }
                            }
                        }
                    }));
        }

        // when
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!turn.take()) { // the agent is on its way
            assertThat(System.nanoTime()).as("the turn is nobody's").isLessThan(deadline);
            LockSupport.parkNanos(100_000); // each call asks for one more of its rounds
        }
        agent.close();

        // then
        assertThat(failure.get()).isNull();
        assertThat(sums.twoAtATime).isFalse();
        turn.begin();
        for (int t = 0; t < THREADS; t++) {
            assertThat(sums.seen[t * 16]).isEqualTo(EACH);
        }
    }
}
