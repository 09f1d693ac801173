package bolide.compatibility.driver;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.rocketmq.client.consumer.DefaultMQPullConsumer;
import org.apache.rocketmq.client.consumer.PullResult;
import org.apache.rocketmq.client.consumer.PullStatus;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/**
 * Reads every queue of a topic from its first message on and reports each once. Single-threaded.
 */
@SuppressWarnings("deprecation") // the only client class that shows each answer to a pull
final class Reader {
    private static final String NAME = "reader";
    private static final int BATCH = 32;

    private final Stage stage;
    private final String topic;
    private final DefaultMQPullConsumer consumer;
    private final Map<MessageQueue, Long> next = new HashMap<>();
    private int count;

    Reader(Stage stage, String topic) throws Exception {
        this(stage, topic, NAME);
    }

    /** One of several in this process, each with an instance of its own. */
    Reader(Stage stage, String topic, String instance) throws Exception {
        this.stage = stage;
        this.topic = topic;
        this.consumer = Clients.pullConsumer(stage, "readers", instance);
    }

    /** Reports all messages of the topic, once at least that many are there. */
    static void read(Stage stage, String topic, int expected) throws Exception {
        Reader reader = new Reader(stage, topic);
        stage.until(
                "message " + expected + " of " + topic,
                () -> {
                    reader.goOn();
                    return reader.count >= expected;
                });
        stage.saw("route", "topic", topic, "queues", reader.next.size());
    }

    /** Reports what has come since the last call. */
    void goOn() throws Exception {
        for (MessageQueue queue : new TreeSet<>(consumer.fetchSubscribeMessageQueues(topic))) {
            if (!next.containsKey(queue)) {
                next.put(queue, consumer.minOffset(queue));
            }
            while (pull(queue)) {
                continue;
            }
        }
    }

    private boolean pull(MessageQueue queue) throws Exception {
        PullResult pulled = consumer.pull(queue, "*", next.get(queue), BATCH);
        if (pulled.getPullStatus() == PullStatus.OFFSET_ILLEGAL) {
            stage.saw(
                    "moved",
                    "queue",
                    queue.getQueueId(),
                    "from",
                    next.get(queue),
                    "to",
                    pulled.getNextBeginOffset());
        }
        if (pulled.getPullStatus() != PullStatus.FOUND) {
            return false;
        }
        for (MessageExt message : pulled.getMsgFoundList()) {
            Reports.wholeMessage(stage, NAME, message);
            count++;
        }
        next.put(queue, pulled.getNextBeginOffset());
        return true;
    }
}
