package bolide.client.consumer;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** What a member of a consumer group is to do. Not for several threads. */
public final class PushConsumerBuilder {
    private static final int THREADS = 16;

    private final BiFunction<PushConsumerBuilder, MessageListener, PushConsumer> start;
    private final Map<String, String> tagsByTopic = new TreeMap<>();
    private StartAt startAt = StartAt.LAST;
    private int threads = THREADS;

    PushConsumerBuilder(BiFunction<PushConsumerBuilder, MessageListener, PushConsumer> start) {
        this.start = start;
    }

    /** All messages of the topic. */
    public PushConsumerBuilder subscribe(String topic) {
        return subscribe(topic, "*");
    }

    /**
     * @param tags {@code *}, or tags joined by {@code ||}; the same for all members of the group
     */
    public PushConsumerBuilder subscribe(String topic, String tags) {
        tagsByTopic.put(topic, tags);
        return this;
    }

    /** Where the group begins in a queue that it has never read; the last message unless said. */
    public PushConsumerBuilder startAt(StartAt where) {
        startAt = where;
        return this;
    }

    /**
     * @param count how many threads call the listener at most, each for another queue
     */
    public PushConsumerBuilder threads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("at least one thread calls the listener: " + count);
        }
        threads = count;
        return this;
    }

    /**
     * Joins the group; waits, but not for long, until it is known where to begin.
     *
     * @throws IllegalArgumentException when nothing is subscribed to, or a name is not allowed
     * @throws IllegalStateException when this client has a consumer in that group already
     */
    public PushConsumer start(MessageListener listener) {
        return start.apply(this, listener);
    }

    Map<String, String> tagsByTopic() {
        return tagsByTopic;
    }

    StartAt startAt() {
        return startAt;
    }

    int threads() {
        return threads;
    }
}
