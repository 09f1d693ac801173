package bolide.store.index;

import java.nio.ByteBuffer;

/// The numbers by which the index knows texts. What they are is part of the files' format.
final class KeyHash {
    private static final long OFFSET = 0xCBF29CE484222325L; // FNV-1a, 64 bits
    private static final long PRIME = 0x100000001B3L;

    private KeyHash() {}

    /// @return the hash of a topic, with which those of its keys and queues begin
    static long ofTopic(ByteBuffer bytes, int at, int length) {
        return text(OFFSET, bytes, at, length);
    }

    static int ofKey(long topicHash, KeyKind kind, ByteBuffer bytes, int at, int length) {
        return (int) (mix(text(with(topicHash, kind.ordinal() + 1), bytes, at, length)) >>> 32);
    }

    static long ofQueue(long topicHash, int queueId) {
        return mix(topicHash + 0x9E3779B97F4A7C15L * (queueId + 1L));
    }

    private static long text(long hash, ByteBuffer bytes, int at, int length) {
        long now = hash;
        for (int i = at; i < at + length; i++) {
            now = with(now, bytes.get(i) & 0xFF);
        }
        return now;
    }

    private static long with(long hash, int next) {
        return (hash ^ next) * PRIME;
    }

    /// Spreads what differs anywhere over all bits.
    static long mix(long hash) {
        long now = (hash ^ hash >>> 33) * 0xFF51AFD7ED558CCDL;
        now = (now ^ now >>> 33) * 0xC4CEB9FE1A85EC53L;
        return now ^ now >>> 33;
    }
}
