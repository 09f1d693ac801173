package bolide.store.state;

import java.nio.ByteBuffer;
import java.util.TreeMap;

/// The next offsets of a topic's queues, which the log still has to know when the last message of a
/// queue has been retired: for each queue its number i32 and its end i64.
public final class QueueEnds {
    private static final int ENTRY_BYTES = 4 + 8;

    /// Told each queue of a value.
    public interface Each {
        /// @param end the queue's next offset is this or a later one
        void accept(int queueId, long end);
    }

    private QueueEnds() {}

    /// @param ends by queue number; queues that never had a message are left out
    public static byte[] encode(long[] ends) {
        TreeMap<Integer, Long> used = new TreeMap<>();
        for (int queueId = 0; queueId < ends.length; queueId++) {
            if (ends[queueId] > 0) {
                used.put(queueId, ends[queueId]);
            }
        }
        ByteBuffer value = ByteBuffer.allocate(used.size() * ENTRY_BYTES);
        used.forEach((queueId, end) -> value.putInt(queueId).putLong(end));
        return value.array();
    }

    public static void decode(byte[] value, Each each) {
        ByteBuffer in = ByteBuffer.wrap(value);
        while (in.remaining() >= ENTRY_BYTES) {
            each.accept(in.getInt(), in.getLong());
        }
    }
}
