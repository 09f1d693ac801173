package bolide.store.state;

import bolide.store.file.StorageException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Changes of state as the body of a record of the log, which lies in the topic [#TOPIC].
///
/// ```
/// version u8 = 1
/// changes, to the end: length i32 of what follows | kind u16 | flags u8 (bit 0: removed)
///                      | key u16 length, UTF-8 | value: the rest
/// ```
///
/// A reader keeps kinds it does not know and hands them on, so that an older version can serve a
/// directory without losing what a newer one knew.
public final class StateRecord {
    /// The topic that holds state records, on queue 0.
    public static final String TOPIC = "rmq_sys_bolide_state";

    /// [#TOPIC] as it stands in a record.
    public static final byte[] TOPIC_BYTES = TOPIC.getBytes(StandardCharsets.UTF_8);

    private static final byte VERSION = 1;
    private static final int REMOVED = 1;
    private static final int CHANGE_HEAD_BYTES = 2 + 1 + 2;
    private static final int MOST_KEY_BYTES = 0xFFFF;

    private StateRecord() {}

    /// @throws IllegalArgumentException when a key is too long to be written
    static ByteBuffer encode(List<StateChange> changes) {
        int bytes = 1;
        List<byte[]> keys = new ArrayList<>(changes.size());
        for (StateChange change : changes) {
            byte[] key = change.key().getBytes(StandardCharsets.UTF_8);
            if (key.length > MOST_KEY_BYTES) {
                throw new IllegalArgumentException("state key of " + key.length + " bytes");
            }
            keys.add(key);
            bytes += 4 + CHANGE_HEAD_BYTES + key.length + change.value().length;
        }
        ByteBuffer out = ByteBuffer.allocate(bytes);
        out.put(VERSION);
        for (int i = 0; i < changes.size(); i++) {
            StateChange change = changes.get(i);
            byte[] key = keys.get(i);
            out.putInt(CHANGE_HEAD_BYTES + key.length + change.value().length);
            out.putShort((short) change.kind().code());
            out.put((byte) (change.removed() ? REMOVED : 0));
            out.putShort((short) key.length).put(key);
            out.put(change.value());
        }
        return out.flip();
    }

    /// @throws StorageException when the bytes are no state record
    public static List<StateChange> decode(ByteBuffer body) {
        try {
            ByteBuffer in = body.duplicate();
            int version = in.get();
            if (version != VERSION) {
                throw new StorageException(
                        "state record of version " + version + "; this Bolide reads " + VERSION);
            }
            List<StateChange> changes = new ArrayList<>();
            while (in.hasRemaining()) {
                int length = in.getInt();
                if (length < 0 || length > in.remaining()) {
                    throw new StorageException(
                            "state record holds a change of "
                                    + length
                                    + " bytes where "
                                    + in.remaining()
                                    + " are left");
                }
                read(in.slice(in.position(), length), changes);
                in.position(in.position() + length);
            }
            return changes;
        } catch (BufferUnderflowException early) {
            throw new StorageException("state record ends early", early);
        }
    }

    private static void read(ByteBuffer in, List<StateChange> changes) {
        int code = in.getShort() & 0xFFFF;
        boolean removed = (in.get() & REMOVED) != 0;
        byte[] key = take(in, in.getShort() & 0xFFFF);
        byte[] value = take(in, in.remaining());
        changes.add(
                new StateChange(
                        new StateKind(code),
                        new String(key, StandardCharsets.UTF_8),
                        value,
                        removed));
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
