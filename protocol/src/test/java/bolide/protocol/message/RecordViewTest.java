package bolide.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.Golden;
import bolide.protocol.Seeded;
import bolide.protocol.frame.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a view makes of bytes that are no whole record. */
class RecordViewTest {
    private final RecordView view = new RecordView();

    private RecordView.Found look(byte[] bytes) {
        return view.look(ByteBuffer.wrap(bytes), 0, bytes.length);
    }

    @ParameterizedTest
    @CsvSource({
        "00000000 00000000, NOTHING",
        "00000008 cbd43194, BLANK",
        "7fffffff cbd43194, BLANK",
        "00000007 cbd43194, DAMAGE",
        "00000000 cbd43194, DAMAGE",
        "ffffffff cbd43194, DAMAGE",
        "00000001 00000000, DAMAGE",
        "00000000 daa320a7, DAMAGE",
        "0000006d daa320a8, DAMAGE",
        "0000006d daa320a7, DAMAGE", // the rest of it is missing
        "000000, DAMAGE",
        "'', DAMAGE"
    })
    void shouldTellWhatStandsThere(String hex, RecordView.Found expected) {
        // when
        RecordView.Found found = look(Golden.hex(hex));

        // then
        assertThat(found).isEqualTo(expected);
        assertThat(view.damage().isEmpty()).isEqualTo(found != RecordView.Found.DAMAGE);
    }

    @Test
    void shouldForgetTheDamageItSawBefore() {
        // given
        look(new byte[1]);

        for (String next : new String[] {"00000008 cbd43194", "00000000 00000000"}) {
            // when
            look(Golden.hex(next));

            // then
            assertThat(view.damage()).isEmpty();
            look(new byte[1]);
        }
    }

    @Test
    void shouldKnowHowMuchOfASegmentABlankTakes() {
        // when
        look(Golden.hex("00012345 cbd43194"));

        // then
        assertThat(view.totalSize()).isEqualTo(0x12345);
    }

    @ParameterizedTest
    @CsvSource({
        "84, 7fffffff, body length", // of the body
        "84, ffffffff, body length",
        "84, 00000003, topic length", // then "\1" is the topic's, "T" its length
        "90, ff, topic length",
        "92, ffff, properties of",
        "92, 000e, properties of",
        "36, 00000030, ''", // hosts of 16 bytes: other lengths are read
        "0, 0000006c, properties of",
        "0, 0000005a, does not fit",
        "0, 0000006e, does not fit"
    })
    void shouldSayWhatIsWrongWithTheStructure(int at, String hex, String what) {
        // given
        byte[] record = Golden.bytes("message/record.txt");
        byte[] change = Golden.hex(hex);
        System.arraycopy(change, 0, record, at, change.length);

        // when
        RecordView.Found found = look(record);

        // then
        assertThat(found).isEqualTo(RecordView.Found.DAMAGE);
        assertThat(view.damage()).contains(what);
        assertThatThrownBy(() -> MessageRecord.decode(ByteBuffer.wrap(record)))
                .isExactlyInstanceOf(ProtocolException.class)
                .hasMessage("not a message record: " + view.damage());
    }

    @Test
    void shouldNotLookBehindTheLimit() {
        // given: a whole record whose last byte is beyond what may be read
        byte[] record = Golden.bytes("message/record.txt");

        // when
        RecordView.Found found = view.look(ByteBuffer.wrap(record), 0, record.length - 1);

        // then
        assertThat(found).isEqualTo(RecordView.Found.DAMAGE);
    }

    @Test
    void shouldFindADamagedBodyByTheBodysChecksum() {
        // given
        byte[] record = Golden.bytes("message/record.txt");
        record[88]++;

        // when
        look(record);

        // then
        assertThat(view.verify(1024)).isEqualTo("body checksum does not match");

        // when: written with checksums switched off
        ByteBuffer.wrap(record).putInt(8, 0);

        // then
        assertThat(view.verify(1024)).isEmpty();
    }

    @Test
    void shouldFindADamagedRecordByTheRecordsChecksum() {
        // given
        byte[] record = Golden.hex(Golden.lines("message/sealed-records.txt").get(0));
        record[47]++; // born timestamp

        // when
        look(record);

        // then
        assertThat(view.verify(0)).isEqualTo("record checksum does not match");
        assertThat(view.verifySealed(0)).isEqualTo("record checksum does not match");
    }

    @Test
    void shouldSealARecordWithoutOtherProperties() {
        // given
        Seeded seeded = new Seeded(5);
        NewRecord one = Records.madeUp(seeded);
        NewRecord bare =
                new NewRecord(
                        one.topic(),
                        0,
                        0,
                        0,
                        0,
                        one.bornHost(),
                        one.storeHost(),
                        0,
                        0,
                        one.body(),
                        new byte[0]);

        // when
        byte[] stored = Records.stored(bare, seeded);

        // then
        assertThat(look(stored)).isEqualTo(RecordView.Found.RECORD);
        assertThat(view.isSealed()).isTrue();
        assertThat(view.verifySealed(0)).isEmpty();
        assertThat(MessageRecord.decode(ByteBuffer.wrap(stored)).properties()).isEqualTo(Map.of());
    }

    @Test
    void shouldRefuseAPortThatIsNone() {
        // given
        byte[] record = Golden.bytes("message/record.txt");
        ByteBuffer.wrap(record).putInt(52, 65536);

        // when, then
        assertThatThrownBy(() -> MessageRecord.decode(ByteBuffer.wrap(record)))
                .isExactlyInstanceOf(ProtocolException.class)
                .hasMessage("not a message record: port 65536");
    }

    @Test
    void shouldSealTheSameRecordTheSameWayAnywhere() {
        Seeded.forEach(
                200,
                seeded -> {
                    // given
                    byte[] alone = Records.stored(Records.madeUp(seeded), seeded);
                    int before = 1 + seeded.below(100);
                    ByteBuffer within = ByteBuffer.allocateDirect(before + alone.length + 7);
                    within.put(before, alone);

                    // when
                    RecordCrc.seal(within, before, new CRC32());

                    // then
                    byte[] again = new byte[alone.length];
                    within.get(before, again);
                    assertThat(again).isEqualTo(alone);
                });
    }
}
