package bolide.store.index;

import bolide.protocol.message.PropertyNames;
import bolide.protocol.message.RecordView;
import bolide.protocol.message.SysFlag;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The keys and the tag of one record after the other, found in one pass over a copy of its
/// properties and without making objects; not for several threads. Eight bytes are looked at
/// together, and a name is compared as one number: this is done for each message of the log
/// (`send-batch`), and a search from end to end with a comparison of bytes took twice the time.
public final class RecordKeys {
    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FOUR =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long UNIQ_KEY = (long) EIGHT.get(ascii(PropertyNames.UNIQ_KEY), 0);
    private static final int KEYS = (int) FOUR.get(ascii(PropertyNames.KEYS), 0);
    private static final int TAGS = (int) FOUR.get(ascii(PropertyNames.TAGS), 0);
    private static final byte NAME_END = 1;
    private static final byte VALUE_END = 2;
    private static final long ONES = 0x0101010101010101L; // times a byte: that byte eight times
    private static final long ABOVE_3 = ONES * 0xFC;
    private static final long LOW_BITS = ONES * 0x7F;
    private static final byte SEPARATOR = ' ';
    private static final int USUAL_BYTES = 1024;

    /// Takes what is found.
    public interface Sink {
        void key(int hash);
    }

    private byte[] text = new byte[USUAL_BYTES]; // from the topic to the properties' end
    private int topicLength;
    private boolean isIndexed;

    // Where the last value of each name stands in the text; a length of 0 says that there is none.
    private int uniqueAt;
    private int uniqueLength;
    private int keysAt;
    private int keysLength;
    private int tagAt;
    private int tagLength;

    private static byte[] ascii(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    /// Moves to a record, and lets go of it: the record's bytes may be gone later.
    public void look(RecordView record) {
        // The keys of a transaction given up are not indexed.
        isIndexed = (record.sysFlag() & SysFlag.TRANSACTION_MASK) != SysFlag.ROLLED_BACK;
        topicLength = record.topicLength();
        uniqueLength = 0;
        keysLength = 0;
        tagLength = 0;
        int from = record.topicAt();
        int properties = record.propertiesAt() - from;
        int end = properties + record.propertiesLength();
        if (end + Long.BYTES > text.length) { // the last eight bytes may begin before the end
            text = new byte[Math.max(end + Long.BYTES, 2 * text.length)];
        }
        record.bytes().get(from, text, 0, end);
        find(properties, end);
    }

    private void find(int from, int end) {
        int nameAt = from;
        int valueAt = -1; // of the property that is being passed, once its name has ended
        for (int first = from; first < end; first += Long.BYTES) {
            long marks = lowBytes((long) EIGHT.get(text, first));
            for (; marks != 0; marks &= marks - 1) {
                int at = first + Long.numberOfTrailingZeros(marks) / Byte.SIZE;
                byte b = text[at];
                if (at >= end) {
                    break;
                } else if (b == NAME_END && valueAt < 0) {
                    valueAt = at + 1;
                } else if (b == VALUE_END) {
                    note(nameAt, valueAt, at);
                    nameAt = at + 1;
                    valueAt = -1;
                }
            }
        }
        note(nameAt, valueAt, end);
    }

    /// @return a bit for each byte of 0 to 3, its highest; both ends are among them, and in
    ///   properties hardly anything else
    private static long lowBytes(long eight) {
        long above = eight & ABOVE_3;
        return ~((above & LOW_BITS) + LOW_BITS | above | LOW_BITS);
    }

    private void note(int nameAt, int valueAt, int end) {
        if (valueAt < 0) {
            return;
        }
        int nameLength = valueAt - 1 - nameAt;
        if (nameLength == Long.BYTES) {
            if ((long) EIGHT.get(text, nameAt) == UNIQ_KEY) {
                uniqueAt = valueAt;
                uniqueLength = end - valueAt;
            }
        } else if (nameLength == Integer.BYTES) {
            int name = (int) FOUR.get(text, nameAt);
            if (name == KEYS) {
                keysAt = valueAt;
                keysLength = end - valueAt;
            } else if (name == TAGS) {
                tagAt = valueAt;
                tagLength = end - valueAt;
            }
        }
    }

    private boolean isSame(int from, int to, byte[] wanted) {
        return to - from == wanted.length && Arrays.equals(text, from, to, wanted, 0, to - from);
    }

    /// @return see [bolide.protocol.message.TagHash]; 0 without a tag
    public long tagHash() {
        int hash = 0;
        for (int at = tagAt; at < tagAt + tagLength; at++) {
            byte b = text[at];
            if (b < 0) {
                return new String(text, tagAt, tagLength, StandardCharsets.UTF_8).hashCode();
            }
            hash = 31 * hash + b;
        }
        return hash;
    }

    /// Shows the hashes of the keys by which the record is to be found.
    void forEach(Sink sink) {
        if (!isIndexed || uniqueLength + keysLength + tagLength == 0) {
            return;
        }
        long topic = KeyHash.ofTopic(text, 0, topicLength);
        if (uniqueLength > 0) {
            sink.key(KeyHash.ofKey(topic, KeyKind.UNIQUE, text, uniqueAt, uniqueLength));
        }
        int end = keysAt + keysLength;
        for (int at = nextItem(keysAt, end); at < end; ) {
            int itemEnd = itemEnd(at, end);
            sink.key(KeyHash.ofKey(topic, KeyKind.KEY, text, at, itemEnd - at));
            at = nextItem(itemEnd, end);
        }
        if (tagLength > 0) {
            sink.key(KeyHash.ofKey(topic, KeyKind.TAG, text, tagAt, tagLength));
        }
    }

    /// @return whether the record is to be found by this very key
    boolean has(KeyKind kind, byte[] key) {
        return isIndexed
                && switch (kind) {
                    case UNIQUE -> isSame(uniqueAt, uniqueAt + uniqueLength, key);
                    case TAG -> isSame(tagAt, tagAt + tagLength, key);
                    case KEY -> hasItem(key);
                };
    }

    private boolean hasItem(byte[] key) {
        int end = keysAt + keysLength;
        for (int at = nextItem(keysAt, end); at < end; ) {
            int itemEnd = itemEnd(at, end);
            if (isSame(at, itemEnd, key)) {
                return true;
            }
            at = nextItem(itemEnd, end);
        }
        return false;
    }

    private int nextItem(int from, int end) {
        int at = from;
        while (at < end && text[at] == SEPARATOR) {
            at++;
        }
        return at;
    }

    private int itemEnd(int from, int end) {
        int at = from;
        while (at < end && text[at] != SEPARATOR) {
            at++;
        }
        return at;
    }
}
