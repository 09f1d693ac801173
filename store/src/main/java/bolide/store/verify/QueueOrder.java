package bolide.store.verify;

import bolide.protocol.message.RecordView;
import bolide.protocol.text.RecentTexts;
import bolide.store.commitlog.QueueTails;
import bolide.store.commitlog.RecordCheck;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Whether the offsets of each queue follow each other along a log.
public final class QueueOrder {
    private static final long UNKNOWN = -1;
    private static final int RECENT_TOPICS = 256;
    private static final int LONGEST_TOPIC = 255; // of those that are kept

    private final Map<String, long[]> nextByTopic = new HashMap<>();
    private final RecentTexts topics = new RecentTexts(RECENT_TOPICS, LONGEST_TOPIC);
    private boolean wentBack;

    /// @return what is wrong with the record's offset; empty when nothing is, or when it has none
    public String next(RecordView record) {
        wentBack = false;
        if (!QueueTails.counts(record.sysFlag())) {
            return "";
        }
        String topic = record.topicText(topics);
        int queueId = record.queueId();
        if (queueId < 0 || queueId >= RecordCheck.MOST_QUEUES) {
            wentBack = true;
            return "there is no queue " + queueId + " of " + topic;
        }
        long[] next = queuesOf(topic, queueId);
        long expected = next[queueId];
        long offset = record.queueOffset();
        next[queueId] = offset + 1;
        wentBack = offset < expected;
        return expected == UNKNOWN || expected == offset
                ? ""
                : "message "
                        + offset
                        + " of queue "
                        + topic
                        + "@"
                        + queueId
                        + " follows message "
                        + (expected - 1);
    }

    /// @return whether the last record had an offset that its queue had passed before
    public boolean wentBack() {
        return wentBack;
    }

    /// @return the offset behind the queue's last message; -1 when it has none
    public long end(String topic, int queueId) {
        long[] next = nextByTopic.get(topic);
        return next == null || queueId >= next.length ? UNKNOWN : next[queueId];
    }

    /// @return the topics of all records so far, but those forgotten
    public Iterable<String> topics() {
        return nextByTopic.keySet();
    }

    void raise(String topic, int queueId, long end) {
        long[] next = queuesOf(topic, queueId);
        next[queueId] = Math.max(next[queueId], end);
    }

    void forget(String topic) {
        nextByTopic.remove(topic);
    }

    void forgetAll() {
        nextByTopic.clear();
    }

    private long[] queuesOf(String topic, int queueId) {
        long[] next = nextByTopic.get(topic);
        int known = next == null ? 0 : next.length;
        if (queueId < known) {
            return next;
        }
        long[] more = next == null ? new long[queueId + 1] : Arrays.copyOf(next, queueId + 1);
        Arrays.fill(more, known, more.length, UNKNOWN);
        nextByTopic.put(topic, more);
        return more;
    }
}
