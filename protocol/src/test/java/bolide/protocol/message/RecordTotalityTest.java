package bolide.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.Broken;
import bolide.protocol.Golden;
import bolide.protocol.Seeded;
import bolide.protocol.frame.ProtocolException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Any bytes give records or a {@link ProtocolException}, and a view never throws. */
class RecordTotalityTest {
    private static final int MEMORY_FACTOR = 32;

    /** Small records of both versions, with hosts of both kinds, and two behind each other. */
    private static List<byte[]> records() {
        Seeded seeded = new Seeded(0);
        InetSocketAddress v6 = seeded.host(true);
        byte[] properties = "TAGS\1A\2KEYS\1\u4e1c\2".getBytes(StandardCharsets.UTF_8);
        byte[] sealed =
                Records.stored(
                        new NewRecord(
                                new byte[] {'T', 'o'},
                                1,
                                2,
                                0,
                                3,
                                v6,
                                v6,
                                0,
                                0,
                                ByteBuffer.wrap(new byte[] {1, 2, 3}),
                                properties),
                        seeded);
        byte[] golden = Golden.bytes("message/record.txt");
        byte[] wide = Golden.bytes("message/record.txt");
        ByteBuffer.wrap(wide).putInt(4, RecordLayout.MAGIC_V2).putShort(90, (short) 0);
        ByteBuffer.wrap(wide).putShort(92, (short) 15);
        byte[] two = ByteBuffer.allocate(2 * 109).put(golden).put(golden).array();
        return List.of(golden, sealed, wide, two, Golden.hex("00000008 cbd43194"));
    }

    private static Broken read() {
        return new Broken(
                records(),
                ProtocolException.class,
                MEMORY_FACTOR,
                bytes -> {
                    MessageRecord.decodeAll(bytes);
                    assertThat(bytes.hasRemaining()).isFalse();
                });
    }

    private static Broken viewed() {
        RecordView view = new RecordView();
        return new Broken(records(), null, MEMORY_FACTOR, bytes -> walk(view, bytes));
    }

    private static void walk(RecordView view, ByteBuffer bytes) {
        int at = 0;
        while (view.look(bytes, at, bytes.limit()) == RecordView.Found.RECORD) {
            view.verify(view.position());
            view.verifySealed(at);
            view.tagHash();
            view.topicText();
            view.hasTopic(new byte[] {'T'});
            view.queueId();
            view.queueOffset();
            view.storeTimestamp();
            int end = at + view.totalSize();
            if (view.body().remaining() > view.totalSize() || end > bytes.limit()) {
                throw new AssertionError("a record beyond its bytes");
            }
            at = end;
        }
    }

    @Test
    void shouldSurviveTruncation() {
        // given, when, then
        read().truncate();
        viewed().truncate();
    }

    @Test
    void shouldSurviveEveryChangeOfOneByte() {
        // given, when, then
        read().mutateEveryByte();
        viewed().mutateEveryByte();
    }

    @Test
    void shouldSurviveSeededChanges() {
        // given, when, then
        read().mutateBySeed();
        viewed().mutateBySeed();
    }
}
