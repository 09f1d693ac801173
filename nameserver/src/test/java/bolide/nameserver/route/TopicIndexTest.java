package bolide.nameserver.route;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.route.QueueData;
import bolide.protocol.topic.TopicConfig;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a name server pays for one more topic of a broker that holds many.
final class TopicIndexTest {
    private static final int HELD = 10_000;
    private static final int CHANGES = 100;
    private static final long ENOUGH_BYTES = 4_096; // for one change; a name alone takes 4 in a set

    private final TopicIndex index = new TopicIndex();

    @Test
    void shouldAddOneTopicWithoutCopyingTheOthers() {
        // given
        index.replace("b", topics(0, HELD));

        // when
        long before = allocated();
        for (int i = HELD; i < HELD + CHANGES; i++) {
            index.addAll("b", topics(i, i + 1));
        }
        long taken = allocated() - before;

        // then
        assertThat(taken / CHANGES).isLessThan(ENOUGH_BYTES);
        assertThat(index.all()).hasSize(HELD + CHANGES);
    }

    @Test
    void shouldForgetOneTopicWithoutCopyingTheOthers() {
        // given
        index.replace("b", topics(0, HELD));

        // when
        long before = allocated();
        for (int i = 0; i < CHANGES; i++) {
            index.forget("t" + i, broker -> true);
        }
        long taken = allocated() - before;

        // then
        assertThat(taken / CHANGES).isLessThan(ENOUGH_BYTES);
        assertThat(index.all()).hasSize(HELD - CHANGES);
    }

    @Test
    void shouldKeepNothingOfTheMapItWasGiven() {
        // given
        Map<String, QueueData> held = topics(0, 2);
        index.replace("b", held);
        index.addAll("b", topics(2, 3));

        // when
        held.clear();
        index.remove("b");

        // then
        assertThat(index.all()).isEmpty();
    }

    private static Map<String, QueueData> topics(int from, int end) {
        Map<String, QueueData> topics = new HashMap<>();
        for (int i = from; i < end; i++) {
            topics.put("t" + i, QueueData.of("b", TopicConfig.of("t" + i, 4)));
        }
        return topics;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }
}
