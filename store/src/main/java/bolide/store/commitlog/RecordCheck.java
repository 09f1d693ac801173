package bolide.store.commitlog;

import bolide.protocol.message.PropertyNames;
import bolide.protocol.message.RecordCrc;
import bolide.protocol.message.RecordView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Compares a stored record with its place and its checksums. Damage to the very name of the record
/// checksum would make it pass for a record that never had one; this is noticed too.
public final class RecordCheck {
    private static final byte[] CHECKSUM_NAME =
            (PropertyNames.RECORD_CRC + '\1').getBytes(StandardCharsets.US_ASCII);
    private static final int ALIKE_BITS = 4; // another text differs in more

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
        boolean compared = wrongBits == 0 && view.propertiesLength() >= RecordCrc.BYTES;
        return compared || wrongBits > ALIKE_BITS ? "" : "the record checksum's name is damaged";
    }

    private static int wrongBits(ByteBuffer bytes, int at) {
        int wrong = 0;
        for (int i = 0; i < CHECKSUM_NAME.length; i++) {
            wrong += Integer.bitCount((bytes.get(at + i) ^ CHECKSUM_NAME[i]) & 0xFF);
        }
        return wrong;
    }
}
