package bolide.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AgentThreadTest {
    private record Job(BooleanSupplier work, long restNanos) implements Agent {
        @Override
        public String name() {
            return "job";
        }

        @Override
        public boolean step() {
            return work.getAsBoolean();
        }
    }

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final AtomicReference<Thread> thread = new AtomicReference<>();
    private final AtomicLong steps = new AtomicLong();
    private AgentThread running;

    @AfterEach
    void closeAgent() {
        running.close();
    }

    private void start(BooleanSupplier work, long restNanos) {
        running = new AgentThread(new Job(work, restNanos), this::thread, failures::add).start();
    }

    private void start(BooleanSupplier work) {
        start(work, Long.MAX_VALUE);
    }

    private Thread thread(Runnable job) {
        thread.set(new Thread(job));
        return thread.get();
    }

    private boolean countAStep() {
        steps.incrementAndGet();
        return false;
    }

    private static void awaitRest(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING
                && thread.getState() != Thread.State.WAITING) {
            Thread.yield();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Test
    void shouldStepAgainAtOnceWhileThereIsWork() {
        // given
        CountDownLatch work = new CountDownLatch(1000);

        // when
        start(() -> {
            work.countDown();
            return work.getCount() > 0;
        });

        // then
        await(work);
    }

    @Test
    void shouldBearTheAgentsName() {
        // given // when
        start(this::countAStep);

        // then
        assertThat(thread.get().getName()).isEqualTo("job");
    }

    @Test
    void shouldStepOnceMoreWhenWokenBeforeItsRest() {
        // given a wake-up that comes in the middle of a step which finds nothing
        CountDownLatch inStep = new CountDownLatch(1);
        CountDownLatch woken = new CountDownLatch(1);
        CountDownLatch twoSteps = new CountDownLatch(2);
        start(() -> {
            inStep.countDown();
            await(woken);
            twoSteps.countDown();
            return false;
        });
        await(inStep);

        // when
        running.wake();
        woken.countDown();

        // then
        await(twoSteps);
    }

    @Test
    void shouldStepOnceWhenWokenFromItsRest() {
        // given
        start(this::countAStep);
        awaitRest(thread.get());
        long before = steps.get();

        // when
        running.wake();

        // then
        while (steps.get() == before) {
            Thread.yield();
        }
        awaitRest(thread.get());
        assertThat(steps).hasValue(before + 1);
    }

    @Test
    void shouldLoseNoWakeUpThatFollowsAMereRelease() {
        // given an agent that answers what it sees in a position
        Position asked = new Position(0);
        Position answered = new Position(0);
        start(() -> {
            long question = asked.get();
            boolean found = question != answered.get();
            answered.advanceTo(question);
            return found;
        });

        // when
        for (long i = 1; i <= 50_000; i++) {
            asked.advanceTo(i);
            running.wake();
            while (i % 4 == 0 && answered.get() != i) { // others meet it in the middle of a step
                Thread.yield();
            }
        }

        // then
        assertThat(answered.get()).isEqualTo(50_000);
    }

    @Test
    void shouldStepUnwokenWhenItsRestIsOver() {
        // given
        CountDownLatch threeSteps = new CountDownLatch(3);

        // when
        start(
                () -> {
                    threeSteps.countDown();
                    return false;
                },
                1_000_000);

        // then
        await(threeSteps);
    }

    @Test
    void shouldGoOnRestingWhenInterrupted() {
        // given
        start(this::countAStep);
        awaitRest(thread.get());

        // when
        thread.get().interrupt();
        while (thread.get().isInterrupted()) {
            Thread.yield();
        }
        awaitRest(thread.get());

        // then it does not spin
        long atRest = steps.get();
        for (int i = 0; i < 1000; i++) {
            Thread.yield();
        }
        assertThat(steps.get()).isLessThanOrEqualTo(atRest + 1);
    }

    @Test
    void shouldCloseOnlyAfterThePresentStep() throws InterruptedException {
        // given
        CountDownLatch inStep = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        start(() -> {
            inStep.countDown();
            await(goOn);
            return !countAStep();
        });
        await(inStep);
        Thread closer = new Thread(running::close);

        // when
        closer.start();
        awaitRest(closer);
        long stepsAtClose = steps.get();
        goOn.countDown();
        closer.join();

        // then
        assertThat(stepsAtClose).isZero();
        assertThat(steps).hasValue(1);
    }

    @Test
    void shouldCloseAtOnceOnItsOwnThread() {
        // given
        CountDownLatch made = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        start(() -> {
            await(made);
            running.close();
            closed.countDown();
            return true;
        });

        // when
        made.countDown();

        // then
        await(closed);
    }

    @Test
    void shouldCloseWhenItWasNeverStarted() {
        // given
        running = new AgentThread(new Job(this::countAStep, 1), this::thread, failures::add);

        // when
        running.close();

        // then
        assertThat(steps).hasValue(0);
    }

    @Test
    void shouldLeaveTheInterruptToWhoCloses() {
        // given
        start(this::countAStep);

        // when
        Thread.currentThread().interrupt();
        running.close();

        // then
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldReportAFailureAndStepNoMore() throws InterruptedException {
        // given
        IllegalStateException bug = new IllegalStateException("bug");

        // when
        start(() -> {
            countAStep();
            throw bug;
        });
        thread.get().join();
        running.wake();
        running.close();

        // then
        assertThat(failures).containsExactly(bug);
        assertThat(steps).hasValue(1);
    }

    @Test
    void shouldCloseWhileItsFailureIsBeingReported() {
        // given a report that waits, as System.exit does, for a thread which closes the agent
        CountDownLatch made = new CountDownLatch(1);
        CountDownLatch reported = new CountDownLatch(1);
        running =
                new AgentThread(
                        new Job(
                                () -> {
                                    await(made);
                                    throw new IllegalStateException("bug");
                                },
                                1),
                        this::thread,
                        failure -> {
                            CountDownLatch closed = new CountDownLatch(1);
                            new Thread(
                                            () -> {
                                                running.close();
                                                closed.countDown();
                                            })
                                    .start();
                            await(closed);
                            reported.countDown();
                        });

        // when
        running.start();
        made.countDown();

        // then
        await(reported);
    }
}
