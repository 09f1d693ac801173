package bolide.store.consumequeue;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.store.file.MemoryVolume;
import bolide.store.index.Generation;
import bolide.store.index.Generations;
import bolide.store.index.IndexFiles;
import org.junit.jupiter.api.Test;

class ConsumeQueuesTest {
    private final ConsumeQueues queues =
            new ConsumeQueues(
                    IndexFiles.open(new MemoryVolume(), Generation.Limits.DEFAULT, 0, 0), () -> 0);
    private final Generations generations = new Generations(0, Generation.Limits.DEFAULT);

    private ConsumeQueue add(String topic, int queueId, long offset) {
        return queues.add(generations.present(), topic, queueId, offset, 0, 100, 0, 0);
    }

    @Test
    void shouldFindOnlyQueuesThatHadAMessage() {
        // given
        ConsumeQueue queue = add("a", 3, 0);

        // when // then
        assertThat(queues.find("a", 3)).containsSame(queue);
        assertThat(queues.find("a", 2)).isEmpty();
        assertThat(queues.find("a", 4)).isEmpty();
        assertThat(queues.find("a", -1)).isEmpty();
        assertThat(queues.find("b", 3)).isEmpty();
    }

    @Test
    void shouldGoOnInTheSameQueue() {
        // given
        ConsumeQueue first = add("a", 1, 0);

        // when
        add("a", 5, 0);
        add("a", 0, 0);
        ConsumeQueue again = add("a", 1, 1);

        // then
        assertThat(again).isSameAs(first);
        assertThat(again.maxOffset()).isEqualTo(2);
    }

    @Test
    void shouldBeginWhereTheLogBegins() {
        // given // when
        ConsumeQueue queue = add("a", 0, 1_000_000_000_000L);

        // then
        assertThat(queue.minOffset()).isEqualTo(1_000_000_000_000L);
        assertThat(queue.maxOffset()).isEqualTo(1_000_000_000_001L);
    }

    @Test
    void shouldBeginAnewAfterATopicWasForgotten() {
        // given
        ConsumeQueue old = add("a", 0, 0);
        add("a", 0, 1);

        // when
        queues.forget(generations.present(), "a");
        boolean gone = queues.find("a", 0).isEmpty();
        ConsumeQueue young = add("a", 0, 0);

        // then
        assertThat(gone).isTrue();
        assertThat(young.maxOffset()).isEqualTo(1);
        assertThat(old.maxOffset()).isEqualTo(2);
    }
}
