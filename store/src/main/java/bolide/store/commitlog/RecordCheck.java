package bolide.store.commitlog;

import bolide.protocol.message.PropertyNames;
import bolide.protocol.message.RecordCrc;
import bolide.protocol.message.RecordView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Compares a stored record with its place and its checksums.
///
/// A record may lack a checksum of its own when another broker wrote it. One of ours must not pass
/// for such a record when that checksum is damaged, or was never written before the power failed:
/// its body could be whole and its properties gone. Hence more signs of damage: a name almost that
/// of the checksum, properties that are not properties, and a queue that no topic has.
public final class RecordCheck {
    private static final byte[] CHECKSUM_NAME =
            (PropertyNames.RECORD_CRC + '\1').getBytes(StandardCharsets.US_ASCII);
    private static final int ALIKE_BITS = 4; // another text differs in more
    private static final byte NAME_END = 1;
    private static final byte VALUE_END = 2;

    /// How many queues a topic may have.
    public static final int MOST_QUEUES = 1 << 16;

    private RecordCheck() {}

    /// @param view at the record, whose structure has been found whole
    /// @param bytes what the view looks at
    /// @param end the index behind the record
    /// @param position where in the log the record was read
    /// @return what is wrong with it; empty when nothing is
    public static String damage(RecordView view, ByteBuffer bytes, int end, long position) {
        String damage = view.verify(position);
        if (!damage.isEmpty()) {
            return damage;
        }
        int wrongBits = wrongBits(bytes, end - RecordCrc.BYTES);
        if (wrongBits == 0 && view.propertiesLength() >= RecordCrc.BYTES) {
            return ""; // the checksum is there, and was compared
        }
        if (wrongBits <= ALIKE_BITS) {
            return "the record checksum's name is damaged";
        }
        if (view.queueId() < 0 || view.queueId() >= MOST_QUEUES) {
            return "there is no queue " + view.queueId();
        }
        return areProperties(bytes, end - view.propertiesLength(), end)
                ? ""
                : "its properties were not written whole";
    }

    /// @param at where a record, or the mark of a segment's unused rest, may begin
    /// @param limit the segment's length
    /// @param position of that place in the log
    /// @return whether one does, and is whole
    public static boolean isWhole(
            RecordView view, ByteBuffer bytes, int at, int limit, long position) {
        return switch (view.look(bytes, at, limit)) {
            case RECORD -> damage(view, bytes, at + view.totalSize(), position).isEmpty();
            case BLANK -> view.totalSize() == limit - at;
            case NOTHING, DAMAGE -> false;
        };
    }

    /// @return whether every part has a name, or is empty; the end of the last may be missing
    private static boolean areProperties(ByteBuffer bytes, int from, int end) {
        int partFrom = from;
        boolean named = false;
        for (int at = from; at < end; at++) {
            byte b = bytes.get(at);
            if (b == 0) {
                return false;
            }
            if (b == NAME_END) {
                named = true;
            } else if (b == VALUE_END) {
                if (!named && at > partFrom) {
                    return false;
                }
                partFrom = at + 1;
                named = false;
            }
        }
        return named || partFrom == end;
    }

    private static int wrongBits(ByteBuffer bytes, int at) {
        int wrong = 0;
        for (int i = 0; i < CHECKSUM_NAME.length; i++) {
            wrong += Integer.bitCount((bytes.get(at + i) ^ CHECKSUM_NAME[i]) & 0xFF);
        }
        return wrong;
    }
}
