package bolide.store.index;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Where the parts of an index file lie; all numbers big-endian.
///
/// ```
/// header, 128 bytes
///    0 magic i64, "BOLIDEIX"     8 version i32        12 zero
///   16 start i64, end i64       32 first and last store time i64 (greatest and least: none)
///   48 records i64              56 names at i32       60 directory at i32    64 slots i32
///   68 keys at i32              72 keys i32           76 length of the file i32
///   80 zero                    124 checksum i32
/// entries: per run its entries, 32 bytes each: position, size, tag hash, store time, i64 all;
///   a checksum i32 behind each block of 128 and behind the last
/// names: per topic length u16, UTF-8, checksum i32
/// directory: slots of 64 bytes; empty: count 0. A run stands in the first empty slot from
///   (hash * slots) >>> 64 on, the last one followed by the first
///    0 hash of the queue i64     8 first offset i64   16 first and last store time i64
///   32 first and last position behind start, u32      40 count i32           44 entries at i32
///   48 name at i32              52 queue id i32       56 zero                60 checksum i32
/// keys: (hash i32, position behind start u32), ascending as i64; a checksum i32 behind each block of
///   512 and behind the last
/// ```
///
/// A checksum is the CRC-32C of the bytes before it, mixed with the file's start and with where
/// they belong, so that none passes for another.
final class IndexFormat {
    static final long MAGIC = 0x424F4C4944454958L;
    static final int VERSION = 2;
    static final int HEADER_BYTES = 128;
    static final int ENTRY_BYTES = 8 * Chunk.FIELDS;
    static final int BLOCK_ENTRIES = 128;
    static final int SLOT_BYTES = 64;
    static final int KEY_BYTES = 8;
    static final int BLOCK_KEYS = 512;
    static final int CRC_BYTES = 4;
    static final int NAME_LENGTH_BYTES = 2;

    static final int START_AT = 16;
    static final int END_AT = 24;
    static final int FIRST_TIME_AT = 32;
    static final int LAST_TIME_AT = 40;
    static final int RECORDS_AT = 48;
    static final int NAMES_AT = 56;
    static final int DIRECTORY_AT = 60;
    static final int SLOTS_AT = 64;
    static final int KEYS_AT = 68;
    static final int KEY_COUNT_AT = 72;
    static final int LENGTH_AT = 76;

    // Within a slot, whose hash comes first.
    static final int SLOT_FIRST_OFFSET_AT = 8;
    static final int SLOT_FIRST_TIME_AT = 16;
    static final int SLOT_LAST_TIME_AT = 24;
    static final int SLOT_FIRST_POSITION_AT = 32;
    static final int SLOT_LAST_POSITION_AT = 36;
    static final int SLOT_COUNT_AT = 40;
    static final int SLOT_ENTRIES_AT = 44;
    static final int SLOT_NAME_AT = 48;
    static final int SLOT_QUEUE_ID_AT = 52;
    static final int SLOT_CRC_AT = SLOT_BYTES - CRC_BYTES;

    private IndexFormat() {}

    /// @return bytes of so many entries with their checksums
    static long entriesBytes(long entries) {
        return blocked(entries, ENTRY_BYTES, BLOCK_ENTRIES);
    }

    /// @return bytes of so many keys with their checksums
    static long keysBytes(long keys) {
        return blocked(keys, KEY_BYTES, BLOCK_KEYS);
    }

    private static long blocked(long count, int bytes, int perBlock) {
        return count * bytes + (count + perBlock - 1) / perBlock * CRC_BYTES;
    }

    /// @return a third of them stay empty, so that a search for what is not there ends soon
    static int slotsFor(int runs) {
        return Math.toIntExact(runs + runs / 2L + 1);
    }

    static int slotOf(long hash, int slots) {
        return (int) Math.unsignedMultiplyHigh(hash, slots);
    }

    /// @param start the file's
    /// @param place what tells these bytes from all others of the same kind in the file
    static int checksum(ByteBuffer bytes, int at, int length, long start, long place) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(at, length));
        return (int) (crc.getValue() ^ KeyHash.mix(KeyHash.mix(start) + place));
    }

    /// @return the checksum of a slot: searches look at many of them, so it makes no objects
    static int slotChecksum(ByteBuffer bytes, int at, long start, int slot) {
        long sum = KeyHash.mix(start) + slot;
        for (int i = 0; i < SLOT_BYTES - 8; i += 8) {
            sum = KeyHash.mix(sum ^ bytes.getLong(at + i));
        }
        return (int) KeyHash.mix(sum ^ bytes.getInt(at + SLOT_BYTES - 8));
    }

    /// @return the place of entries for [#checksum]
    static long entriesPlace(long queueHash, long firstOffset) {
        return KeyHash.mix(queueHash) + firstOffset;
    }
}
