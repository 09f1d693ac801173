package bolide.store.index;

import bolide.protocol.message.PropertyNames;
import bolide.protocol.message.RecordView;
import bolide.protocol.message.SysFlag;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The keys of one record after the other, found in one pass over its properties and without making
/// objects; not for several threads.
final class RecordKeys {
    private static final byte[] UNIQ_KEY = ascii(PropertyNames.UNIQ_KEY);
    private static final byte[] KEYS = ascii(PropertyNames.KEYS);
    private static final byte[] TAGS = ascii(PropertyNames.TAGS);
    private static final byte NAME_END = 1;
    private static final byte VALUE_END = 2;
    private static final byte SEPARATOR = ' ';

    /// Takes what is found.
    interface Sink {
        void key(int hash);
    }

    // Where the last value of each name stands; a length of 0 says that there is none.
    private int uniqueAt;
    private int uniqueLength;
    private int keysAt;
    private int keysLength;
    private int tagAt;
    private int tagLength;

    private static byte[] ascii(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    /// @return whether the keys of such a record are indexed: not those of a transaction given up
    static boolean areIndexed(int sysFlag) {
        return (sysFlag & SysFlag.TRANSACTION_MASK) != SysFlag.ROLLED_BACK;
    }

    /// Shows the hashes of a record's keys.
    void forEach(RecordView record, Sink sink) {
        look(record);
        if (uniqueLength + keysLength + tagLength == 0) {
            return;
        }
        ByteBuffer bytes = record.bytes();
        long topic = KeyHash.ofTopic(bytes, record.topicAt(), record.topicLength());
        if (uniqueLength > 0) {
            sink.key(KeyHash.ofKey(topic, KeyKind.UNIQUE, bytes, uniqueAt, uniqueLength));
        }
        int end = keysAt + keysLength;
        for (int at = nextItem(bytes, keysAt, end); at < end; ) {
            int itemEnd = itemEnd(bytes, at, end);
            sink.key(KeyHash.ofKey(topic, KeyKind.KEY, bytes, at, itemEnd - at));
            at = nextItem(bytes, itemEnd, end);
        }
        if (tagLength > 0) {
            sink.key(KeyHash.ofKey(topic, KeyKind.TAG, bytes, tagAt, tagLength));
        }
    }

    /// @return whether the record bears this very key
    boolean hasKey(RecordView record, KeyKind kind, byte[] key) {
        look(record);
        ByteBuffer bytes = record.bytes();
        return switch (kind) {
            case UNIQUE -> isSame(bytes, uniqueAt, uniqueLength, key);
            case TAG -> isSame(bytes, tagAt, tagLength, key);
            case KEY -> hasItem(bytes, key);
        };
    }

    private boolean hasItem(ByteBuffer bytes, byte[] key) {
        int end = keysAt + keysLength;
        for (int at = nextItem(bytes, keysAt, end); at < end; ) {
            int itemEnd = itemEnd(bytes, at, end);
            if (isSame(bytes, at, itemEnd - at, key)) {
                return true;
            }
            at = nextItem(bytes, itemEnd, end);
        }
        return false;
    }

    private static int nextItem(ByteBuffer bytes, int from, int end) {
        int at = from;
        while (at < end && bytes.get(at) == SEPARATOR) {
            at++;
        }
        return at;
    }

    private static int itemEnd(ByteBuffer bytes, int from, int end) {
        int at = from;
        while (at < end && bytes.get(at) != SEPARATOR) {
            at++;
        }
        return at;
    }

    private void look(RecordView record) {
        uniqueLength = 0;
        keysLength = 0;
        tagLength = 0;
        ByteBuffer bytes = record.bytes();
        int end = record.propertiesAt() + record.propertiesLength();
        int nameAt = record.propertiesAt();
        int valueAt = -1; // of the property that is being passed, once its name has ended
        for (int at = nameAt; at < end; at++) {
            byte b = bytes.get(at);
            if (b == NAME_END && valueAt < 0) {
                valueAt = at + 1;
            } else if (b == VALUE_END) {
                note(bytes, nameAt, valueAt, at);
                nameAt = at + 1;
                valueAt = -1;
            }
        }
        note(bytes, nameAt, valueAt, end);
    }

    private void note(ByteBuffer bytes, int nameAt, int valueAt, int end) {
        if (valueAt < 0) {
            return;
        }
        int nameLength = valueAt - 1 - nameAt;
        if (isSame(bytes, nameAt, nameLength, UNIQ_KEY)) {
            uniqueAt = valueAt;
            uniqueLength = end - valueAt;
        } else if (isSame(bytes, nameAt, nameLength, KEYS)) {
            keysAt = valueAt;
            keysLength = end - valueAt;
        } else if (isSame(bytes, nameAt, nameLength, TAGS)) {
            tagAt = valueAt;
            tagLength = end - valueAt;
        }
    }

    private static boolean isSame(ByteBuffer bytes, int at, int length, byte[] text) {
        if (length != text.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes.get(at + i) != text[i]) {
                return false;
            }
        }
        return true;
    }
}
