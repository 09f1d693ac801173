package bolide.store.crash;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.message.MessageRecord;
import bolide.protocol.message.RecordView;
import bolide.store.Store;
import bolide.store.commitlog.LogSlices;
import bolide.store.commitlog.Segments;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.Entry;
import bolide.store.file.MemoryVolume;
import bolide.store.file.StorageException;
import bolide.store.index.DamagedIndexException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// What a store still has after something was done to its files.
final class Survivors {
    private Survivors() {}

    /// @return the message as a pull gets it; empty when it is refused, or there is none
    static Optional<MessageRecord> read(Store store, String topic, int queueId, long offset) {
        return bytes(store, topic, queueId, offset)
                .map(bytes -> MessageRecord.decode(ByteBuffer.wrap(bytes)));
    }

    /// @return its record
    static Optional<byte[]> bytes(Store store, String topic, int queueId, long offset) {
        ConsumeQueue queue = store.queues().find(topic, queueId).orElse(null);
        Entry entry = new Entry();
        LogSlices slices = new LogSlices(store.log().segments());
        try {
            if (queue == null
                    || !store.queues().mending(() -> queue.read(offset, entry))
                    || !slices.addVerified(entry.position(), entry.size(), new RecordView())) {
                return Optional.empty();
            }
            byte[] record = new byte[slices.size()];
            slices.parts()[0].get(record);
            return Optional.of(record);
        } catch (StorageException | DamagedIndexException damaged) {
            return Optional.empty();
        } finally {
            slices.release();
        }
    }

    static void assertLogKept(MemoryVolume volume, MemoryVolume before) {
        for (String name : before.names()) {
            if (name.startsWith(Segments.DIRECTORY)) {
                assertThat(volume.names()).contains(name);
                assertThat(Arrays.equals(volume.read(name), before.read(name))).as(name).isTrue();
            }
        }
    }
}
