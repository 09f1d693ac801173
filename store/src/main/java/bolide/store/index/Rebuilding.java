package bolide.store.index;

import bolide.protocol.message.RecordView;
import bolide.store.commitlog.QueueTails;
import bolide.store.state.StateChange;
import bolide.store.state.StateRecord;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Derives one stretch of the log once more, with nobody reading. What comes out is what the
/// dispatcher had made of it.
final class Rebuilding {
    private final RecordKeys keys = new RecordKeys();
    private final Generation generation;
    private final Map<String, Chunk[]> newest = new HashMap<>(); // runs by queue id

    Rebuilding(long start, Generation.Limits limits) {
        this.generation = new Generation(start, limits);
    }

    boolean isFull() {
        return generation.isFull();
    }

    Generation freeze(long end) {
        generation.freeze(end);
        return generation;
    }

    void apply(RecordView record) {
        generation.pass(record);
        if (record.hasTopic(StateRecord.TOPIC_BYTES)) {
            for (StateChange change : StateRecord.decode(record.body())) {
                if (change.removesTopic()) {
                    drop(change.key());
                }
            }
            return;
        }
        keys.look(record);
        generation.addKeys(keys);
        if (QueueTails.counts(record.sysFlag())) {
            addEntry(record);
        }
    }

    private void drop(String topic) {
        Chunk[] chunks = newest.remove(topic);
        if (chunks != null) {
            for (Chunk chunk : chunks) {
                generation.drop(chunk);
            }
        }
    }

    private void addEntry(RecordView record) {
        String topic = record.topicText();
        int queueId = record.queueId();
        long offset = record.queueOffset();
        Chunk[] chunks = newest.computeIfAbsent(topic, name -> new Chunk[queueId + 1]);
        if (queueId >= chunks.length) {
            chunks = Arrays.copyOf(chunks, Math.max(queueId + 1, 2 * chunks.length));
            newest.put(topic, chunks);
        }
        Chunk chunk = chunks[queueId];
        if (chunk == null || chunk.endOffset() < offset) {
            chunk = generation.begin(topic, queueId, offset, offset, chunk);
            chunks[queueId] = chunk;
        } else if (chunk.endOffset() > offset) {
            drop(topic); // its removal cannot be read any more
            addEntry(record);
            return;
        }
        chunk.add(record.position(), record.totalSize(), keys.tagHash(), record.storeTimestamp());
    }
}
