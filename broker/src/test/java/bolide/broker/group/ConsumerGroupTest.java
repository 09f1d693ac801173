package bolide.broker.group;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.Language;
import bolide.protocol.group.ConsumerData;
import bolide.protocol.group.Heartbeat;
import bolide.protocol.group.Subscription;
import bolide.remoting.Caller;
import bolide.remoting.Connection;
import bolide.remoting.Payload;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What members of a group say differently is told in a bounded number of words, at a cost that
/// does not grow with the members.
final class ConsumerGroupTest {
    private static final long ENOUGH_BYTES = 2_000_000;

    /// A connection that is told apart from others, and nothing else.
    private static final class Somewhere implements Connection {
        @Override
        public InetSocketAddress remoteAddress() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        }

        @Override
        public void send(Frame head, Payload body) {
            throw new AssertionError("nothing is sent here");
        }

        @Override
        public void execute(Runnable task) {
            throw new AssertionError("nothing runs here");
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public boolean isReading() {
            return true;
        }

        @Override
        public void close() {
            throw new AssertionError("nobody closes it");
        }
    }

    private final ConsumerGroup group = new ConsumerGroup();

    private void join(String clientId, List<Subscription> subscriptions) {
        ConsumerData data =
                new ConsumerData(
                        "G",
                        ConsumerData.PUSH,
                        ConsumerData.CLUSTERING,
                        ConsumerData.FROM_LAST,
                        subscriptions);
        Heartbeat heartbeat = new Heartbeat(clientId, List.of(), List.of(data), 0, false);
        Caller caller = new Caller(new Somewhere(), Language.JAVA, 1);
        group.put(Member.of(heartbeat, caller, data, Optional.empty(), 0));
    }

    private static List<Subscription> topics(int count, String tags) {
        return IntStream.range(0, count)
                .mapToObj(i -> Subscription.ofTags("T" + i, tags, 1))
                .toList();
    }

    @Test
    void shouldNameAFewAndCountTheRest() {
        // given
        for (int i = 0; i < 8; i++) {
            join("a" + i, topics(1, "a"));
        }
        join("b", topics(1, "b"));

        // then
        assertThat(group.differences())
                .containsExactly(
                        "\"topic T0\": \"a\" by \"a0\", \"a1\", \"a2\", \"a3\", \"a4\" and 3 more;"
                                + " \"b\" by \"b\"");
    }

    @Test
    void shouldCompareWithoutLookingAtEachMember() {
        // given
        List<Subscription> some = topics(300, "a");
        for (int i = 0; i < 1_000; i++) {
            join("a" + i, some);
        }
        join("b", topics(300, "b"));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        // when
        long before = threads.getCurrentThreadAllocatedBytes();
        List<String> differences = group.differences();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        // then
        assertThat(differences).hasSize(32);
        assertThat(allocated).isLessThan(ENOUGH_BYTES);
    }
}
