package bolide.store.commitlog;

import bolide.protocol.message.RecordLayout;
import bolide.protocol.message.SysFlag;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/// The ends of all queues, by topic and number.
public final class QueueTails {
    private static final QueueTail[] NONE = {};

    private final ConcurrentHashMap<String, QueueTail[]> byTopic = new ConcurrentHashMap<>();

    /// @return whether a message with these flags has a place in its queue; one that is prepared or
    ///   rolled back has none, and bears 0
    public static boolean counts(int sysFlag) {
        int transaction = sysFlag & SysFlag.TRANSACTION_MASK;
        return transaction != SysFlag.PREPARED && transaction != SysFlag.ROLLED_BACK;
    }

    /// Under the log's lock.
    ///
    /// @return the encoded record's number in its queue
    long take(String topic, ByteBuffer record, int at) {
        return counts(RecordLayout.sysFlag(record, at))
                ? of(topic, RecordLayout.queueId(record, at)).take()
                : 0;
    }

    /// @param queueId from 0; the caller has checked it against the topic's queue count
    public QueueTail of(String topic, int queueId) {
        QueueTail[] tails = byTopic.get(topic);
        if (tails == null || queueId >= tails.length) {
            tails = byTopic.compute(topic, (name, present) -> grown(present, queueId + 1));
        }
        return tails[queueId];
    }

    private static QueueTail[] grown(QueueTail[] present, int count) {
        int from = present == null ? 0 : present.length;
        if (from >= count) {
            return present;
        }
        QueueTail[] more = from == 0 ? new QueueTail[count] : Arrays.copyOf(present, count);
        for (int i = from; i < count; i++) {
            more[i] = new QueueTail();
        }
        return more;
    }

    /// During recovery: a message has been found.
    public void passed(String topic, int queueId, long queueOffset) {
        of(topic, queueId).passed(queueOffset);
    }

    /// The queue's next offset is that or a later one. During recovery.
    public void raise(String topic, int queueId, long end) {
        of(topic, queueId).raise(end);
    }

    /// @return the next offsets of the topic's queues, by queue number, as they are now or were a
    ///   moment ago; none for a topic without messages
    public long[] endsOf(String topic) {
        QueueTail[] tails = byTopic.getOrDefault(topic, NONE);
        long[] ends = new long[tails.length];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = tails[i].end();
        }
        return ends;
    }

    /// The topic is gone; should it come again, its queues begin at 0. Under the log's lock, or
    /// during recovery.
    public void forget(String topic) {
        byTopic.remove(topic);
    }
}
