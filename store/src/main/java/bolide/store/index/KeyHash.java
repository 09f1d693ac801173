package bolide.store.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The numbers by which the index knows texts. What they are is part of the files' format. Eight
/// bytes are taken at a time.
final class KeyHash {
    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long START = 0xCBF29CE484222325L;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private KeyHash() {}

    static long ofTopic(byte[] topic) {
        return ofTopic(topic, 0, topic.length);
    }

    /// @return the hash of a topic, with which those of its keys and queues begin
    static long ofTopic(byte[] bytes, int at, int length) {
        return text(START, bytes, at, length);
    }

    static int ofKey(long topicHash, KeyKind kind, byte[] key) {
        return ofKey(topicHash, kind, key, 0, key.length);
    }

    static int ofKey(long topicHash, KeyKind kind, byte[] bytes, int at, int length) {
        long seed = with(topicHash, kind.ordinal() + 1L);
        return (int) (mix(text(seed, bytes, at, length)) >>> 32);
    }

    static long ofQueue(long topicHash, int queueId) {
        return mix(topicHash + FACTOR * (queueId + 1L));
    }

    private static long text(long seed, byte[] bytes, int at, int length) {
        long now = with(seed, length);
        int end = at + length;
        int next = at;
        for (; next + Long.BYTES <= end; next += Long.BYTES) {
            now = with(now, (long) EIGHT.get(bytes, next));
        }
        if (next == end) {
            return now;
        }
        long last = 0;
        for (; next < end; next++) {
            last = last << Byte.SIZE | bytes[next] & 0xFF;
        }
        return with(now, last);
    }

    private static long with(long hash, long next) {
        long now = (hash ^ next) * FACTOR;
        return now ^ now >>> 32;
    }

    /// Spreads what differs anywhere over all bits.
    static long mix(long hash) {
        long now = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
        now = (now ^ now >>> 33) * 0xC4CEB9FE1A85EC53L;
        return now ^ now >>> 33;
    }
}
