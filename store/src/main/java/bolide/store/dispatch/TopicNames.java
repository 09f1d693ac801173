package bolide.store.dispatch;

import bolide.protocol.message.RecordView;
import java.nio.ByteBuffer;

/// The texts of topics met lately, so that most records need no new object for theirs. Not for
/// several threads.
final class TopicNames {
    private static final int SLOTS = 4096;

    private record Name(byte[] bytes, String text) {}

    private final Name[] met = new Name[SLOTS];

    String of(RecordView record) {
        int slot = slot(record);
        Name name = met[slot];
        if (name == null || !record.hasTopic(name.bytes())) {
            name = new Name(record.topic(), record.topicText());
            met[slot] = name;
        }
        return name.text();
    }

    private static int slot(RecordView record) {
        ByteBuffer bytes = record.bytes();
        int end = record.topicAt() + record.topicLength();
        int hash = 0;
        for (int at = record.topicAt(); at < end; at++) {
            hash = 31 * hash + bytes.get(at);
        }
        return (hash ^ hash >>> 16) & SLOTS - 1;
    }
}
