package bolide.store.checkpoint;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.CRC32;

/// A snapshot's file, `snapshot/<position>`; all numbers big-endian.
///
/// ```
///  0 magic i64 | version i32 | position i64 | newest store time i64 | bytes of the entries i64
///    | their CRC-32 i32 | CRC-32 of the header before this i32
/// 64 entries: kind u8, length i32 of what follows
///      1 fact: kind u16 | position i64 | key u16 length, UTF-8 | value: the rest
///      2 queue: queue i32 | beginning of its life i64 | next offset i64 | topic: the rest
/// ```
///
/// A reader passes over entries whose kind it does not know.
final class SnapshotLayout {
    static final String DIRECTORY = "snapshot";
    static final int HEADER_BYTES = 64;
    static final int ENTRY_HEAD_BYTES = 1 + 4;
    static final byte FACT = 1;
    static final byte QUEUE = 2;

    private static final long MAGIC = 0x626f6c6964655353L;
    private static final int VERSION = 1;
    private static final int SUMMED_BYTES = 8 + 4 + 8 + 8 + 8 + 4;
    private static final int NAME_DIGITS = 20;

    /// @param position everything below is in the snapshot
    /// @param newest the latest store time below that
    /// @param bytes of the entries
    record Header(long position, long newest, long bytes, int crc) {}

    private SnapshotLayout() {}

    static String nameOf(long position) {
        return String.format(Locale.ROOT, "%s/%0" + NAME_DIGITS + "d", DIRECTORY, position);
    }

    static ByteBuffer header(long position, long newest, long bytes, long crc) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        header.putLong(MAGIC).putInt(VERSION).putLong(position).putLong(newest);
        header.putLong(bytes).putInt((int) crc);
        header.putInt(crcOf(header.array()));
        return header.clear();
    }

    /// @return null when there is no whole header, or one of another version
    static Header readHeader(ByteBuffer file) {
        if (file.limit() < HEADER_BYTES) {
            return null;
        }
        byte[] bytes = new byte[HEADER_BYTES];
        file.get(0, bytes);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        boolean ours = in.getLong() == MAGIC && in.getInt() == VERSION;
        Header header = new Header(in.getLong(), in.getLong(), in.getLong(), in.getInt());
        boolean whole =
                in.getInt() == crcOf(bytes) && header.bytes() == file.limit() - HEADER_BYTES;
        return ours && whole ? header : null;
    }

    private static int crcOf(byte[] header) {
        CRC32 crc = new CRC32();
        crc.update(header, 0, SUMMED_BYTES);
        return (int) crc.getValue();
    }
}
