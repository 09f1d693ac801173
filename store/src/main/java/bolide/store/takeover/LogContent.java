package bolide.store.takeover;

import bolide.protocol.message.PropertyNames;
import bolide.protocol.message.RecordView;
import bolide.protocol.message.SysFlag;
import bolide.store.verify.LogReader;
import bolide.store.verify.QueueOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What the log of Apache's broker holds beside messages that can be consumed, and why it cannot be
/// taken over if so.
final class LogContent implements LogReader.Visitor {
    private static final byte[] DELAYED = ascii("SCHEDULE_TOPIC_XXXX");
    private static final byte[] TIMED = ascii("rmq_sys_wheel_timer");
    private static final byte[] HALF = ascii("RMQ_SYS_TRANS_HALF_TOPIC");
    private static final byte[] OUTCOMES = ascii("RMQ_SYS_TRANS_OP_HALF_TOPIC");
    private static final byte[] HALF_ELSEWHERE = ascii("RMQ_SYS_ROCKSDB_TRANS_HALF_TOPIC");
    private static final byte[] REVIVED = ascii("rmq_sys_REVIVE_LOG_");
    private static final String CHECKERS = "CID_RMQ_SYS_TRANS";
    private static final String REVIVERS = "CID_RMQ_SYS_REVIVE_GROUP";
    private static final String POP_CHECKPOINT = "ck";

    private final QueueOrder order = new QueueOrder();
    private final Map<Integer, Long> delivered;
    private final Map<Integer, Long> revived = new HashMap<>();
    private final TimerCheck timers;
    private final Set<Long> halves = new HashSet<>();
    private long halvesFrom;
    private long delayedCount;
    private long timedCount;
    private long halvesElsewhere;
    private long popped;
    private String problem = "";

    LogContent(ApacheConfig config, TimerCheck timers) {
        this.delivered = config.delivered();
        this.timers = timers;
        for (GroupOffset offset : config.offsets()) {
            if (offset.group().equals(CHECKERS)
                    && offset.topic().equals("RMQ_SYS_TRANS_HALF_TOPIC")) {
                halvesFrom = offset.offset();
            } else if (offset.group().equals(REVIVERS)) {
                revived.put(offset.queueId(), offset.offset());
            }
        }
    }

    private static byte[] ascii(String topic) {
        return topic.getBytes(StandardCharsets.US_ASCII);
    }

    /// @return why the log cannot be taken over; empty when it can
    String problem() {
        return problem;
    }

    QueueOrder order() {
        return order;
    }

    long delayed() {
        return delayedCount;
    }

    long timed() {
        return timedCount;
    }

    long halves() {
        return halves.size() + halvesElsewhere;
    }

    long popped() {
        return popped;
    }

    @Override
    public void damage(String file, long position, long bytes, String reason) {
        refuse("it is damaged at position " + position + " in " + file + ": " + reason);
    }

    @Override
    public void record(RecordView record) {
        if ((record.sysFlag() & SysFlag.INNER_BATCH) != 0) {
            refuse(
                    "topic "
                            + record.topicText()
                            + " holds inner batches (queue.type BatchCQ), from position "
                            + record.position()
                            + " on, which Bolide does not read");
            return;
        }
        String disorder = order.next(record); // a gap can be lived with
        if (order.wentBack()) {
            refuse(
                    disorder
                            + " at position "
                            + record.position()
                            + (record.queueOffset() == 0
                                    ? ": the topic was deleted and made again"
                                    : ""));
        }
        if (record.hasTopic(DELAYED)) {
            if (record.queueOffset() >= delivered.getOrDefault(record.queueId() + 1, 0L)) {
                delayedCount++;
            }
        } else if (record.hasTopic(TIMED)) {
            if (timers.isWaiting(record)) {
                timedCount++;
            }
        } else if (record.hasTopic(HALF)) {
            if (record.queueOffset() >= halvesFrom) {
                halves.add(record.queueOffset());
            }
        } else if (record.hasTopic(OUTCOMES)) {
            settle(StandardCharsets.UTF_8.decode(record.body()).toString());
        } else if (record.hasTopic(HALF_ELSEWHERE)) {
            halvesElsewhere++;
        } else if (isPopped(record)) {
            popped++;
        }
    }

    private void settle(String offsets) {
        for (String offset : offsets.split(",")) {
            try {
                halves.remove(Long.parseLong(offset.strip()));
            } catch (NumberFormatException odd) {
                continue; // settles nothing, and is not ours to judge
            }
        }
    }

    private boolean isPopped(RecordView record) {
        return record.hasTopicPrefix(REVIVED)
                && record.queueOffset() > revived.getOrDefault(record.queueId(), -1L)
                && POP_CHECKPOINT.equals(record.properties().get(PropertyNames.TAGS));
    }

    private void refuse(String reason) {
        if (problem.isEmpty()) {
            problem = reason;
        }
    }
}
