package bolide.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.Golden;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Message records byte for byte. */
class GoldenRecordTest {
    private static final InetSocketAddress BORN = new InetSocketAddress("127.0.0.1", 1234);
    private static final InetSocketAddress STORED = new InetSocketAddress("10.0.0.1", 10911);

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Encodes, numbers and seals. */
    private static byte[] stored(
            NewRecord record, long queueOffset, long position, long storeTimestamp) {
        CRC32 crc = new CRC32();
        ByteBuffer out = ByteBuffer.allocate(record.encodedBytes());
        record.encode(out, crc);
        assertThat(out.remaining()).isZero();
        RecordLayout.number(out, 0, queueOffset, position, storeTimestamp);
        RecordCrc.seal(out, 0, crc);
        return out.array();
    }

    @Test
    void shouldTakeARecordApart() {
        // given
        ByteBuffer golden = ByteBuffer.wrap(Golden.bytes("message/record.txt"));

        // when
        List<MessageRecord> records = MessageRecord.decodeAll(golden.duplicate());

        // then
        assertThat(golden.remaining()).isEqualTo(109);
        assertThat(records)
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        new MessageRecord(
                                "T",
                                3,
                                7,
                                1024,
                                0,
                                0,
                                1700000000000L,
                                BORN,
                                1700000000001L,
                                STORED,
                                0,
                                new byte[] {'h', 'i'},
                                Map.of("KEYS", "k1", "TAGS", "A")));
    }

    @Test
    void shouldViewARecordInPlace() {
        // given
        byte[] golden = Golden.bytes("message/record.txt");
        ByteBuffer log = ByteBuffer.allocate(50 + golden.length);
        log.put(50, golden);
        RecordView view = new RecordView();

        // when
        RecordView.Found found = view.look(log, 50, log.limit());

        // then
        assertThat(found).isEqualTo(RecordView.Found.RECORD);
        assertThat(view.damage()).isEmpty();
        assertThat(view.totalSize()).isEqualTo(109);
        assertThat(view.queueId()).isEqualTo(3);
        assertThat(view.queueOffset()).isEqualTo(7);
        assertThat(view.position()).isEqualTo(1024);
        assertThat(view.sysFlag()).isZero();
        assertThat(view.storeTimestamp()).isEqualTo(1700000000001L);
        assertThat(view.tagHash()).isEqualTo("A".hashCode());
        assertThat(view.topicText()).isEqualTo("T");
        assertThat(view.topic()).containsExactly('T');
        assertThat(view.hasTopic(new byte[] {'T'})).isTrue();
        assertThat(view.hasTopic(new byte[] {'U'})).isFalse();
        assertThat(view.hasTopic(new byte[] {'T', 'T'})).isFalse();
        assertThat(view.propertiesLength()).isEqualTo(15);
        assertThat(view.body()).isEqualTo(utf8("hi"));
        assertThat(view.isSealed()).isFalse();
        assertThat(view.verify(1024)).isEmpty();
        assertThat(view.verify(1023)).isEqualTo("record says it belongs at position 1024");
        assertThat(view.verifySealed(1024)).isEqualTo("record has no checksum of its own");
    }

    @Test
    void shouldWriteTheSameRecordWithAChecksumBehindIt() {
        // given
        byte[] golden = Golden.bytes("message/record.txt");
        NewRecord record =
                new NewRecord(
                        new byte[] {'T'},
                        3,
                        0,
                        0,
                        1700000000000L,
                        BORN,
                        STORED,
                        0,
                        0,
                        utf8("hi"),
                        "KEYS\1k1\2TAGS\1A\2".getBytes(StandardCharsets.US_ASCII));

        // when
        byte[] ours = stored(record, 7, 1024, 1700000000001L);

        // then
        ByteBuffer expected = ByteBuffer.allocate(golden.length + RecordCrc.BYTES);
        expected.put(golden).putInt(0, golden.length + 20).putShort(92, (short) (15 + 20));
        CRC32 crc = new CRC32();
        crc.update(expected.array(), 0, golden.length);
        StringBuilder digits =
                new StringBuilder(String.format("%010d", crc.getValue() & 0x7FFFFFFF));
        expected.put(("__CRC32#\1" + digits.reverse() + "\2").getBytes(StandardCharsets.US_ASCII));
        assertThat(ours).isEqualTo(expected.array());
    }

    @Test
    void shouldVerifyRecordsThatApacheSealed() {
        // given
        ByteBuffer log = sealedLog();
        RecordView view = new RecordView();
        String[] tags = {"TagA", "", "TagB"};
        int position = 0;

        for (int i = 0; i < 3; i++) {
            // when
            RecordView.Found found = view.look(log, position, log.limit());

            // then
            assertThat(found).isEqualTo(RecordView.Found.RECORD);
            assertThat(view.isSealed()).isTrue();
            assertThat(view.verify(position)).isEmpty();
            assertThat(view.verifySealed(position)).isEmpty();
            assertThat(view.topicText()).isEqualTo("golden-topic");
            assertThat(view.tagHash()).isEqualTo(tags[i].hashCode());
            position += view.totalSize();
        }
        assertThat(position).isEqualTo(log.limit());
    }

    @Test
    void shouldReadRecordsThatApacheSealed() {
        // when
        List<MessageRecord> records = MessageRecord.decodeAll(sealedLog());

        // then
        assertThat(records).hasSize(3);
        MessageRecord first = records.get(0);
        assertThat(new String(first.body(), StandardCharsets.UTF_8))
                .isEqualTo("Hello, Bolide! \u96ea");
        assertThat(first.properties())
                .containsEntry("KEYS", "key-1 key-2")
                .containsEntry("TAGS", "TagA")
                .containsEntry("city", "\u6771\u4eac")
                .containsEntry("\u540d\u524d", "caf\u00e9 \ud83d\ude80")
                .doesNotContainKey(PropertyNames.RECORD_CRC);
        assertThat(records.get(1).properties())
                .containsOnlyKeys("MSG_REGION", "UNIQ_KEY", "CLUSTER", "WAIT", "TRACE_ON");
        assertThat(records.get(2).body()).hasSize(300).contains(0xff);
        assertThat(records.get(2).position()).isEqualTo(0x25a);
        assertThat(records.get(2).storeHost()).isEqualTo(new InetSocketAddress("127.0.0.1", 30911));
    }

    @Test
    void shouldSealAsApacheDoes() {
        for (String line : Golden.lines("message/sealed-records.txt")) {
            // given
            byte[] golden = Golden.hex(line);
            RecordView view = new RecordView();
            view.look(ByteBuffer.wrap(golden), 0, golden.length);
            MessageRecord record = MessageRecord.decode(ByteBuffer.wrap(golden));
            int propertiesAt = golden.length - view.propertiesLength();
            byte[] properties = new byte[view.propertiesLength() - RecordCrc.BYTES];
            System.arraycopy(golden, propertiesAt, properties, 0, properties.length);
            NewRecord ours =
                    new NewRecord(
                            view.topic(),
                            record.queueId(),
                            record.flag(),
                            record.sysFlag(),
                            record.bornTimestamp(),
                            record.bornHost(),
                            record.storeHost(),
                            record.reconsumeTimes(),
                            0,
                            view.body(),
                            properties);

            // when, then
            assertThat(
                            stored(
                                    ours,
                                    record.queueOffset(),
                                    record.position(),
                                    record.storeTimestamp()))
                    .isEqualTo(golden);
        }
    }

    private static ByteBuffer sealedLog() {
        return ByteBuffer.wrap(Golden.bytes("message/sealed-records.txt"));
    }
}
