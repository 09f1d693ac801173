package bolide.remoting.netty;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.remoting.Eventually;
import bolide.remoting.Logged;
import ch.qos.logback.classic.Level;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tasks that run later, and some that fail. */
final class NettyTimersTest {
    @Test
    void shouldTellOfATaskThatFailsAndRepeatItAllTheSame() {
        AtomicInteger runs = new AtomicInteger();
        try (NettyNetwork network = new NettyNetwork(1, Thread::new);
                Logged log = new Logged(NettyTimers.class.getName(), Level.ERROR)) {
            // when
            network.timers()
                    .every(
                            1,
                            () -> runs.get() == 3,
                            () -> {
                                runs.incrementAndGet();
                                throw new AssertionError("a bug");
                            });

            // then
            assertThat(Eventually.holds(() -> log.events().size() == 3)).isTrue();
            assertThat(log.events())
                    .allSatisfy(event ->
                            assertThat(event.getThrowableProxy().getMessage()).isEqualTo("a bug"));
        }
    }
}
