package bolide.protocol.message;

import bolide.protocol.Seeded;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Records made up from a seed. */
final class Records {
    private static final int[] TOPIC_LENGTHS = {1, 12, 127, 128, 255, 256, 3000};

    private Records() {}

    static NewRecord madeUp(Seeded seeded) {
        int topicLength = TOPIC_LENGTHS[seeded.below(TOPIC_LENGTHS.length)];
        return new NewRecord(
                seeded.name(topicLength).getBytes(StandardCharsets.US_ASCII),
                seeded.integer(),
                seeded.integer(),
                seeded.integer(),
                seeded.number(),
                seeded.host(seeded.coin()),
                seeded.host(seeded.coin()),
                seeded.integer(),
                seeded.number(),
                ByteBuffer.wrap(seeded.bytes(seeded.coin() ? 0 : seeded.below(2000))),
                MessageProperties.encode(seeded.properties()).getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the record there, numbers and seals it. */
    static void store(NewRecord record, ByteBuffer log, int at, long position, Seeded seeded) {
        CRC32 crc = new CRC32();
        record.encode(log.position(at), crc);
        RecordLayout.number(log, at, seeded.number(), position, seeded.number());
        RecordCrc.seal(log, at, crc);
    }

    /** The record alone, stored at position 0. */
    static byte[] stored(NewRecord record, Seeded seeded) {
        ByteBuffer log = ByteBuffer.allocate(record.encodedBytes());
        store(record, log, 0, 0, seeded);
        return log.array();
    }
}
