package bolide.store;

import bolide.protocol.message.MessageRecord;
import bolide.protocol.message.NewRecord;
import bolide.store.commitlog.LogSlices;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.Entry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Makes messages, and reads them back the way a pull does.
public final class Records {
    private static final InetSocketAddress HOST =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911);

    private Records() {}

    public static NewRecord of(String topic, int queueId, String body) {
        return of(topic, queueId, body.getBytes(StandardCharsets.UTF_8), "", 0);
    }

    /// @return one whose body makes the encoded record as long as that
    public static NewRecord ofSize(String topic, int queueId, int encodedBytes) {
        int without = of(topic, queueId, "").encodedBytes();
        return of(topic, queueId, new byte[encodedBytes - without], "", 0);
    }

    public static NewRecord of(
            String topic, int queueId, byte[] body, String properties, int sysFlag) {
        return new NewRecord(
                topic.getBytes(StandardCharsets.UTF_8),
                queueId,
                0,
                sysFlag,
                0,
                HOST,
                HOST,
                0,
                0,
                ByteBuffer.wrap(body),
                properties.getBytes(StandardCharsets.UTF_8));
    }

    /// @return all messages of a queue, every one compared with its checksums
    public static List<MessageRecord> read(Store store, ConsumeQueue queue) {
        List<MessageRecord> records = new ArrayList<>();
        Entry entry = new Entry();
        for (long offset = queue.minOffset(); queue.read(offset, entry); offset++) {
            LogSlices slices = new LogSlices(store.log().segments());
            slices.addVerified(
                    entry.position(), entry.size(), new bolide.protocol.message.RecordView());
            for (ByteBuffer part : slices.parts()) {
                records.addAll(MessageRecord.decodeAll(part));
            }
            slices.release();
        }
        return records;
    }

    /// @return the bodies of a queue's messages; none when there is no such queue
    public static List<String> bodies(Store store, String topic, int queueId) {
        return store.queues().find(topic, queueId).stream()
                .flatMap(queue -> read(store, queue).stream())
                .map(record -> new String(record.body(), StandardCharsets.UTF_8))
                .toList();
    }
}
