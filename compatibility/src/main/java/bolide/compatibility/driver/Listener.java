package bolide.compatibility.driver;

import java.util.List;
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
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/**
 * The ear of one member of a group: reports each message it consumes and each change of its queues.
 */
final class Listener {
    private final Stage stage;
    private final String member;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<Integer> queues = ConcurrentHashMap.newKeySet();

    private Listener(Stage stage, String member) {
        this.stage = stage;
        this.member = member;
    }

    /** Consumes whatever comes, in any order. */
    static Listener concurrently(Stage stage, DefaultMQPushConsumer consumer, String member) {
        Listener listener = new Listener(stage, member);
        consumer.registerMessageListener(
                (MessageListenerConcurrently)
                        (messages, context) -> {
                            listener.consume(messages);
                            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
                        });
        listener.watchQueues(consumer);
        return listener;
    }

    /** Consumes in order; what {@code refuse} picks makes its queue wait, and is offered again. */
    static Listener orderly(
            Stage stage,
            DefaultMQPushConsumer consumer,
            String member,
            Predicate<MessageExt> refuse) {
        Listener listener = new Listener(stage, member);
        consumer.registerMessageListener(
                (MessageListenerOrderly)
                        (messages, context) -> {
                            if (messages.stream().anyMatch(refuse)) {
                                return ConsumeOrderlyStatus.SUSPEND_CURRENT_QUEUE_A_MOMENT;
                            }
                            listener.consume(messages);
                            return ConsumeOrderlyStatus.SUCCESS;
                        });
        listener.watchQueues(consumer);
        return listener;
    }

    /** How many messages it has consumed. */
    int count() {
        return count.get();
    }

    /** How many queues it has at the moment. */
    int queueCount() {
        return queues.size();
    }

    private void consume(List<MessageExt> messages) {
        for (MessageExt message : messages) {
            Reports.message(stage, member, message);
            count.incrementAndGet();
        }
    }

    private void watchQueues(DefaultMQPushConsumer consumer) {
        consumer.setMessageQueueListener((topic, all, mine) -> {
            Set<Integer> now =
                    mine.stream().map(MessageQueue::getQueueId).collect(Collectors.toSet());
            queues.retainAll(now);
            queues.addAll(now);
            stage.saw("queues", "member", member, "topic", topic, "queues", numbers(now));
        });
    }

    private static String numbers(Set<Integer> queues) {
        return queues.stream().sorted().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
