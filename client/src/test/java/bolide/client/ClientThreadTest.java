package bolide.client;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.remoting.Timers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClientThreadTest {
    @Test
    void shouldRunTasksInTheirOrderOnOneThread() throws InterruptedException {
        // given
        List<String> ran = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(100);
        try (ClientThread thread = new ClientThread(Thread::new)) {

            // when
            for (int i = 0; i < 100; i++) {
                String number = " " + i;
                thread.after(
                        0,
                        () -> {
                            ran.add(Thread.currentThread().getName() + number);
                            done.countDown();
                        });
            }
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }

        // then
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            expected.add("bolide-client-1 " + i);
        }
        assertThat(ran).isEqualTo(expected);
    }

    @Test
    void shouldGoOnAfterATaskThatFails() throws InterruptedException {
        // given
        CountDownLatch done = new CountDownLatch(1);
        try (ClientThread thread = new ClientThread(Thread::new)) {

            // when
            thread.after(
                    0,
                    () -> {
                        throw new IllegalStateException("a bug");
                    });
            thread.after(1, done::countDown);

            // then
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void shouldTakeTasksBackAndDropThoseAfterTheEnd() throws InterruptedException {
        // given
        AtomicBoolean ran = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(1);
        ClientThread thread = new ClientThread(Thread::new);
        Timers.Timer timer = thread.after(20, () -> ran.set(true));

        // when
        timer.cancel();
        timer.cancel();
        thread.after(40, done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        thread.close();
        thread.after(0, () -> ran.set(true)).cancel();

        // then
        assertThat(ran).isFalse();
    }
}
