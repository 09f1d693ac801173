package bolide.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.Hostile;
import bolide.protocol.Seeded;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written as a record is what a view and a reader find. */
class RecordRoundTripTest {
    private static final InetSocketAddress HOST = new InetSocketAddress("10.0.0.1", 10911);

    private static NewRecord record(byte[] topic, byte[] properties) {
        return new NewRecord(
                topic, 0, 0, 0, 0, HOST, HOST, 0, 0, ByteBuffer.allocate(0), properties);
    }

    @Test
    void shouldFindWhatWasWritten() {
        Seeded.forEach(
                1000,
                seeded -> {
                    // given
                    List<NewRecord> written = new ArrayList<>();
                    int before = seeded.below(30);
                    int bytes = before;
                    for (int left = 1 + seeded.below(3); left > 0; left--) {
                        written.add(Records.madeUp(seeded));
                        bytes += written.get(written.size() - 1).encodedBytes();
                    }
                    ByteBuffer log =
                            seeded.coin()
                                    ? ByteBuffer.allocate(bytes)
                                    : ByteBuffer.allocateDirect(bytes);
                    int at = before;
                    for (NewRecord record : written) {
                        Records.store(record, log, at, at, seeded);
                        at += record.encodedBytes();
                    }

                    // when
                    List<MessageRecord> read = MessageRecord.decodeAll(log.position(before));

                    // then
                    assertThat(log.remaining()).isZero();
                    assertThat(read).hasSameSizeAs(written);
                    RecordView view = new RecordView();
                    at = before;
                    for (int i = 0; i < written.size(); i++) {
                        assertThat(view.look(log, at, log.limit()))
                                .isEqualTo(RecordView.Found.RECORD);
                        assertThat(view.verifySealed(at)).isEmpty();
                        assertThat(view.totalSize()).isEqualTo(written.get(i).encodedBytes());
                        same(written.get(i), read.get(i));
                        same(view, read.get(i));
                        at += view.totalSize();
                    }
                });
    }

    private static void same(NewRecord written, MessageRecord read) {
        int hostBits = SysFlag.BORN_HOST_V6 | SysFlag.STORE_HOST_V6;
        assertThat(read.topic().getBytes(StandardCharsets.UTF_8)).isEqualTo(written.topic());
        assertThat(read.queueId()).isEqualTo(written.queueId());
        assertThat(read.flag()).isEqualTo(written.flag());
        assertThat(read.sysFlag() & ~hostBits).isEqualTo(written.sysFlag() & ~hostBits);
        assertThat((read.sysFlag() & SysFlag.BORN_HOST_V6) != 0)
                .isEqualTo(written.bornHost().isV6());
        assertThat((read.sysFlag() & SysFlag.STORE_HOST_V6) != 0)
                .isEqualTo(written.storeHost().isV6());
        assertThat(read.bornTimestamp()).isEqualTo(written.bornTimestamp());
        assertThat(read.bornHost()).isEqualTo(written.bornHost().address());
        assertThat(read.storeHost()).isEqualTo(written.storeHost().address());
        assertThat(read.reconsumeTimes()).isEqualTo(written.reconsumeTimes());
        assertThat(ByteBuffer.wrap(read.body())).isEqualTo(written.body());
        assertThat(MessageProperties.encode(read.properties()).getBytes(StandardCharsets.UTF_8))
                .isEqualTo(written.properties());
    }

    private static void same(RecordView view, MessageRecord read) {
        assertThat(view.topicText()).isEqualTo(read.topic());
        assertThat(view.hasTopic(view.topic())).isTrue();
        assertThat(view.queueId()).isEqualTo(read.queueId());
        assertThat(view.queueOffset()).isEqualTo(read.queueOffset());
        assertThat(view.position()).isEqualTo(read.position());
        assertThat(view.sysFlag()).isEqualTo(read.sysFlag());
        assertThat(view.storeTimestamp()).isEqualTo(read.storeTimestamp());
        assertThat(view.body()).isEqualTo(ByteBuffer.wrap(read.body()));
        assertThat(view.tagHash())
                .isEqualTo(TagHash.of(read.properties().getOrDefault(PropertyNames.TAGS, "")));
    }

    @Test
    void shouldLeaveTheBodysPositionAlone() {
        // given
        ByteBuffer body = ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5}).position(1).limit(4);
        NewRecord record =
                new NewRecord(new byte[] {'T'}, 0, 0, 0, 0, HOST, HOST, 0, 0, body, new byte[0]);
        ByteBuffer out = ByteBuffer.allocate(record.encodedBytes());

        // when
        record.encode(out, new CRC32());

        // then
        assertThat(body.position()).isEqualTo(1);
        assertThat(body.limit()).isEqualTo(4);
        assertThat(MessageRecord.decode(out.flip()).body()).containsExactly(2, 3, 4);
    }

    @Test
    void shouldTakePropertiesOf32767BytesAndNotOneMore() {
        // given: the checksum counts
        String value = "v".repeat(MessageProperties.MAX_BYTES - RecordCrc.BYTES - 3);
        byte[] most = MessageProperties.encode(Map.of("k", value)).getBytes();
        byte[] tooMany = MessageProperties.encode(Map.of("k", value + "v")).getBytes();
        byte[] topic = {'T'};

        // when
        byte[] stored = Records.stored(record(topic, most), new Seeded(0));

        // then
        RecordView view = new RecordView();
        assertThat(view.look(ByteBuffer.wrap(stored), 0, stored.length))
                .isEqualTo(RecordView.Found.RECORD);
        assertThat(view.propertiesLength()).isEqualTo(32767);
        assertThat(view.verifySealed(0)).isEmpty();
        assertThat(MessageRecord.decode(ByteBuffer.wrap(stored)).properties())
                .containsEntry("k", value);
        assertThatThrownBy(() -> record(topic, tooMany))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32748");
    }

    @Test
    void shouldTakeTopicsOf65535BytesAndNotOneMore() {
        // given
        NewRecord longest = record("t".repeat(65535).getBytes(), new byte[0]);

        // when
        byte[] stored = Records.stored(longest, new Seeded(0));

        // then
        assertThat(MessageRecord.decode(ByteBuffer.wrap(stored)).topic()).hasSize(65535);
        assertThatThrownBy(() -> record(new byte[65536], new byte[0]))
                .isExactlyInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"k\1v", "k", "\1"})
    void shouldRefusePropertiesThatTheChecksumWouldRunInto(String properties) {
        // given
        byte[] open = properties.getBytes();

        // when, then
        assertThatThrownBy(() -> record(new byte[] {'T'}, open))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0x02");
    }

    @Test
    void shouldChooseTheTopicLengthByItsSize() {
        // when
        byte[] v1 = Records.stored(record(new byte[127], new byte[0]), new Seeded(0));
        byte[] v2 = Records.stored(record(new byte[128], new byte[0]), new Seeded(0));

        // then
        assertThat(RecordLayout.magic(ByteBuffer.wrap(v1), 0)).isEqualTo(RecordLayout.MAGIC_V1);
        assertThat(RecordLayout.magic(ByteBuffer.wrap(v2), 0)).isEqualTo(RecordLayout.MAGIC_V2);
        assertThat(v2).hasSize(v1.length + 2);
    }

    @Test
    void shouldNumberAndSealWithoutAllocating() {
        // given
        Seeded seeded = new Seeded(1);
        CRC32 crc = new CRC32();
        for (boolean direct : new boolean[] {false, true}) {
            NewRecord record = Records.madeUp(seeded);
            int bytes = record.encodedBytes() + 20;
            ByteBuffer log = direct ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
            record.encode(log, crc);
            log.position(3).limit(bytes - 5);
            Runnable work =
                    () -> {
                        for (int i = 0; i < 20_000; i++) {
                            RecordLayout.number(log, 0, i, i, i);
                            RecordCrc.seal(log, 0, crc);
                        }
                    };

            // when
            work.run();
            long allocated = Hostile.allocated(work);

            // then
            assertThat(allocated).isLessThan(20_000 / 100);
            assertThat(log.position()).isEqualTo(3);
            assertThat(log.limit()).isEqualTo(log.capacity() - 5);
        }
    }

    @Test
    void shouldWalkALogWithoutAllocating() {
        // given
        Seeded seeded = new Seeded(2);
        NewRecord record = Records.madeUp(seeded);
        int records = 100;
        ByteBuffer log = ByteBuffer.allocateDirect(records * record.encodedBytes());
        for (int i = 0; i < records; i++) {
            int at = i * record.encodedBytes();
            Records.store(record, log, at, at, seeded);
        }
        RecordView view = new RecordView();
        Runnable walk =
                () -> {
                    for (int round = 0; round < 200; round++) {
                        int at = 0;
                        while (at < log.limit()
                                && view.look(log, at, log.limit()) == RecordView.Found.RECORD
                                && view.verify(at).isEmpty()
                                && view.tagHash() != 1) {
                            at += view.totalSize();
                        }
                        assertThat(at == log.limit()).isTrue();
                    }
                };

        // when
        log.clear();
        walk.run();
        long allocated = Hostile.allocated(walk);

        // then: only the 200 assertions themselves may allocate
        assertThat(allocated).isLessThan(200 * 1024);
    }

    @Test
    void shouldFindEveryFlippedBitOfASealedRecord() {
        // given
        Seeded seeded = new Seeded(3);
        NewRecord record = Records.madeUp(seeded);
        byte[] sealed = Records.stored(record, seeded);
        int nameAt = sealed.length - RecordCrc.BYTES;
        int digitsAt = nameAt + PropertyNames.RECORD_CRC.length() + 1;
        RecordView view = new RecordView();

        for (int at = 0; at < sealed.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                // when
                sealed[at] ^= (byte) (1 << bit);
                boolean whole =
                        view.look(ByteBuffer.wrap(sealed), 0, sealed.length)
                                == RecordView.Found.RECORD;
                String damage = whole ? view.verify(0) : view.damage();
                String damageOfSealed = whole ? view.verifySealed(0) : view.damage();
                sealed[at] ^= (byte) (1 << bit);

                // then: only by its damaged name a checksum can hide
                boolean inTheName = at >= nameAt && at < digitsAt;
                assertThat(damageOfSealed).as("byte " + at + " bit " + bit).isNotEmpty();
                assertThat(damage.isEmpty()).as("byte " + at + " bit " + bit).isEqualTo(inTheName);
            }
        }
        assertThatCode(() -> MessageRecord.decode(ByteBuffer.wrap(sealed)))
                .doesNotThrowAnyException();
    }
}
