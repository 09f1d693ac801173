package bolide.protocol.offset;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.Golden;
import bolide.protocol.Seeded;
import bolide.protocol.route.MessageQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How far a topic's queues reach. */
class TopicStatsTest {
    @Test
    void shouldReadAndWriteWhatApacheWrites() {
        // given
        SortedMap<MessageQueue, TopicStats.Reach> queues = new TreeMap<>();
        queues.put(
                new MessageQueue("Orders", "bk", 1), new TopicStats.Reach(2, 40, 1700000000000L));

        // when, then
        assertThat(TopicStats.decode(Golden.body("offset/topic-stats.json")).queues())
                .isEqualTo(queues);
        assertThat(Golden.text(new TopicStats(queues).encode()))
                .isEqualTo(Golden.text("offset/topic-stats.json"));
    }

    @Test
    void shouldReadBackWhatItWrites() {
        Seeded.forEach(
                200,
                seeded -> {
                    // given
                    SortedMap<MessageQueue, TopicStats.Reach> queues = new TreeMap<>();
                    for (int left = seeded.below(5); left > 0; left--) {
                        queues.put(
                                new MessageQueue(seeded.text(), seeded.text(), seeded.integer()),
                                new TopicStats.Reach(
                                        seeded.number(), seeded.number(), seeded.number()));
                    }
                    TopicStats stats = new TopicStats(queues);

                    // when, then
                    assertThat(TopicStats.decode(stats.encode())).isEqualTo(stats);
                });
    }
}
