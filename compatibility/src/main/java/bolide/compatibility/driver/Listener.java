package bolide.compatibility.driver;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.client.consumer.store.ReadOffsetType;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/**
 * The ear of one member of a group: reports each message it consumes and each change of its queues.
 */
final class Listener {
    private static final Duration GLANCE = Duration.ofMillis(10);

    private final Stage stage;
    private final String member;
    private final DefaultMQPushConsumer consumer;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<String> bodies = ConcurrentHashMap.newKeySet();
    private final Map<MessageQueue, Long> next = new ConcurrentHashMap<>(); // after the consumed
    private volatile Set<MessageQueue> queues = Set.of();

    private Listener(Stage stage, DefaultMQPushConsumer consumer, String member) {
        this.stage = stage;
        this.consumer = consumer;
        this.member = member;
        Thread watch = new Thread(this::watchQueues, "queues of " + member);
        watch.setDaemon(true);
        watch.start();
    }

    /** Consumes whatever comes, in any order. */
    static Listener concurrently(Stage stage, DefaultMQPushConsumer consumer, String member) {
        Listener listener = new Listener(stage, consumer, member);
        consumer.registerMessageListener(
                (MessageListenerConcurrently)
                        (messages, context) -> {
                            listener.consume(context.getMessageQueue(), messages);
                            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
                        });
        return listener;
    }

    /** Consumes in order; what {@code refuse} picks makes its queue wait, and is offered again. */
    static Listener orderly(
            Stage stage,
            DefaultMQPushConsumer consumer,
            String member,
            Predicate<MessageExt> refuse) {
        Listener listener = new Listener(stage, consumer, member);
        consumer.registerMessageListener(
                (MessageListenerOrderly)
                        (messages, context) -> {
                            if (messages.stream().anyMatch(refuse)) {
                                return ConsumeOrderlyStatus.SUSPEND_CURRENT_QUEUE_A_MOMENT;
                            }
                            listener.consume(context.getMessageQueue(), messages);
                            return ConsumeOrderlyStatus.SUCCESS;
                        });
        return listener;
    }

    /** How many messages it has consumed. */
    int count() {
        return count.get();
    }

    /** Whether it has consumed all of these bodies. */
    boolean heard(Collection<String> wanted) {
        return bodies.containsAll(wanted);
    }

    /** How many queues it has at the moment. */
    int queueCount() {
        return queues.size();
    }

    /**
     * Whether the consumer has taken note of all that was consumed: a message is reported before
     * that, and a consumer that leaves in between leaves it to be delivered again.
     */
    @SuppressWarnings("deprecation") // nothing else of the client tells
    boolean settled() {
        return queues.stream()
                .filter(next::containsKey)
                .allMatch(queue ->
                        consumer.getOffsetStore().readOffset(queue, ReadOffsetType.READ_FROM_MEMORY)
                                == next.get(queue));
    }

    private void consume(MessageQueue queue, List<MessageExt> messages) {
        for (MessageExt message : messages) {
            next.merge(queue, message.getQueueOffset() + 1, Math::max);
            Reports.message(stage, member, message);
            bodies.add(Reports.body(message.getBody()));
            count.incrementAndGet();
        }
    }

    /**
     * Looks at what the consumer has, as the client 4.9 tells nobody of changes. Queues come and go
     * one by one, so what is reported has stayed the same from one look to the next.
     */
    private void watchQueues() {
        Set<MessageQueue> before = Set.of();
        try {
            while (true) {
                Set<MessageQueue> now = queuesNow();
                if (now.equals(before) && !now.equals(queues)) {
                    queues = now;
                    stage.saw("queues", "member", member, "queues", numbers(now));
                }
                before = now;
                stage.linger(GLANCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("deprecation") // nothing else of the client tells
    private Set<MessageQueue> queuesNow() {
        return consumer
                .getDefaultMQPushConsumerImpl()
                .getRebalanceImpl()
                .getProcessQueueTable()
                .keySet()
                .stream()
                .filter(queue -> !queue.getTopic().startsWith(MixAll.RETRY_GROUP_TOPIC_PREFIX))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String numbers(Set<MessageQueue> queues) {
        return queues.stream()
                .map(MessageQueue::getQueueId)
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
    }
}
