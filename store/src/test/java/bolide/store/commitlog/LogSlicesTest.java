package bolide.store.commitlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.message.NewRecord;
import bolide.protocol.message.RecordView;
import bolide.store.Noted;
import bolide.store.Records;
import bolide.store.StoreRig;
import bolide.store.file.StorageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogSlicesTest {
    private static final String FIRST_SEGMENT = "commitlog/00000000000000000000";

    private final StoreRig rig = StoreRig.sync();
    private final RecordView view = new RecordView();

    private LogSlices slices() {
        return new LogSlices(rig.store.log().segments());
    }

    private long add(NewRecord record) {
        Noted noted = new Noted();
        rig.appender().stage("a", record, noted);
        rig.appender().publish();
        rig.settle();
        return noted.positions().getFirst();
    }

    private static byte[] bytes(LogSlices slices) {
        ByteBuffer all = ByteBuffer.allocate(slices.size());
        for (ByteBuffer part : slices.parts()) {
            all.put(part);
        }
        assertThat(all.hasRemaining()).isFalse();
        return all.array();
    }

    @Test
    void shouldMergeNeighbours() {
        // given
        NewRecord record = Records.ofSize("a", 0, 300);
        List<Long> positions = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            positions.add(add(record));
        }
        byte[] log = rig.volume.read(FIRST_SEGMENT);
        LogSlices slices = slices();

        // when
        slices.add(positions.get(0), 300);
        slices.addVerified(positions.get(1), 300, view);
        slices.add(positions.get(3), 300);
        slices.add(positions.get(4), 300);

        // then
        assertThat(slices.size()).isEqualTo(1200);
        assertThat(slices.parts()).extracting(ByteBuffer::remaining).containsExactly(600, 600);
        ByteBuffer expected = ByteBuffer.allocate(1200).put(log, 0, 600).put(log, 900, 600);
        assertThat(bytes(slices)).isEqualTo(expected.array());
        slices.release();
    }

    @Test
    void shouldKeepTheOrderTheyWereAddedIn() {
        // given
        NewRecord record = Records.ofSize("a", 0, 300);
        add(record);
        long second = add(record);
        LogSlices slices = slices();

        // when
        slices.add(second, 300);
        slices.add(0, 300);

        // then
        byte[] log = rig.volume.read(FIRST_SEGMENT);
        ByteBuffer expected = ByteBuffer.allocate(600).put(log, 300, 300).put(log, 0, 300);
        assertThat(bytes(slices)).isEqualTo(expected.array());
        slices.release();
    }

    @Test
    void shouldNotMergeOverTheEndOfASegment() {
        // given
        rig.fillUpTo(308);
        long last = add(Records.ofSize("a", 0, 300));
        long first = add(Records.ofSize("a", 0, 300));
        LogSlices slices = slices();

        // when
        slices.add(last, 300);
        slices.add(first, 300);

        // then
        assertThat(first).isEqualTo(last + 308);
        assertThat(slices.parts()).hasSize(2);
        slices.release();
    }

    @Test
    void shouldDetectEverySingleBitFlipOfARecordOfOurs() {
        // given records of several shapes
        List<NewRecord> records =
                List.of(
                        Records.of("a", 0, ""),
                        Records.of("a", 7, "body"),
                        Records.of("a", 0, "b".getBytes(), "TAGS\1x\2KEYS\1k1 k2\2", 8),
                        Records.of("t".repeat(130), 0, "long topic, other magic"),
                        Records.of("a", 0, new byte[300], "", 0));
        for (NewRecord record : records) {
            int size = record.encodedBytes();
            int position = (int) add(record);
            byte[] whole = new byte[size];
            System.arraycopy(rig.volume.read(FIRST_SEGMENT), position, whole, 0, size);

            // when
            for (int bit = 0; bit < 8 * size; bit++) {
                byte[] flipped = whole.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                rig.volume.overwrite(FIRST_SEGMENT, position, flipped);

                // then
                LogSlices slices = slices();
                assertThatThrownBy(() -> slices.addVerified(position, size, view))
                        .as("bit %s of %s bytes", bit, size)
                        .isInstanceOf(StorageException.class)
                        .hasMessageContaining("position " + position + " of the commit log: ");
                assertThat(slices.size()).isZero();
                assertThat(slices.parts()).isEmpty();
            }
            rig.volume.overwrite(FIRST_SEGMENT, position, whole);
            LogSlices slices = slices();
            assertThat(slices.addVerified(position, size, view)).isTrue();
            slices.release();
        }
    }

    @Test
    void shouldTakeARecordThatNeverHadAChecksumOfItsOwn() {
        // given one as Apache's broker writes them: without the last property
        String body = "from elsewhere";
        int size = Records.of("a", 0, body).encodedBytes();
        add(Records.of("a", 0, body));
        byte[] log = rig.volume.read(FIRST_SEGMENT);
        ByteBuffer record = ByteBuffer.wrap(log, 0, size - 20);
        record.putInt(0, size - 20);
        record.putShort(size - 20 - 2, (short) 0);
        byte[] foreign = new byte[size];
        record.get(foreign, 0, size - 20);
        rig.volume.overwrite(FIRST_SEGMENT, 0, foreign);

        // when
        LogSlices slices = slices();
        boolean added = slices.addVerified(0, size - 20, view);

        // then
        assertThat(added).isTrue();
        slices.release();

        // when its body is damaged
        int bodyAt = new String(foreign, StandardCharsets.ISO_8859_1).indexOf(body);
        foreign[bodyAt] ^= 1;
        rig.volume.overwrite(FIRST_SEGMENT, 0, foreign);

        // then
        assertThatThrownBy(() -> slices().addVerified(0, size - 20, view))
                .hasMessageContaining("body checksum");
    }

    @Test
    void shouldRefuseWhatIsNoRecordOfThatSize() {
        // given
        add(Records.ofSize("a", 0, 300));

        // when // then
        assertThatThrownBy(() -> slices().addVerified(0, 301, view))
                .hasMessageContaining("its size is 300 instead of 301");
        assertThatThrownBy(() -> slices().addVerified(300, 300, view))
                .hasMessageContaining("nothing is written there");
        assertThatThrownBy(() -> slices().addVerified(0, 100_000, view))
                .hasMessageContaining("does not fit");
        assertThatThrownBy(() -> slices().addVerified(0, -1, view)).hasMessageContaining("size -1");
        assertThatThrownBy(() -> slices().addVerified(1_000_000, 300, view))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldKeepASegmentOpenUntilItsLastReaderLetsGo() {
        // given
        long position = add(Records.ofSize("a", 0, 300));
        Segment segment = rig.store.log().segments().last();
        LogSlices first = slices();
        first.add(position, 300);
        LogSlices second = slices();
        second.addVerified(position, 300, view);

        // when
        rig.store.close();

        // then
        assertThat(rig.volume.open()).isEqualTo(2);
        assertThat(bytes(first)).isEqualTo(bytes(second));
        assertThat(segment.retain()).isTrue();
        segment.release();

        // when
        first.release();
        first.release();

        // then
        assertThat(rig.volume.open()).isEqualTo(2);

        // when
        second.release();

        // then
        assertThat(rig.volume.open()).isZero();
        assertThat(segment.retain()).isFalse();
        assertThat(slices().add(position, 300)).isFalse();
        assertThat(slices().addVerified(position, 300, view)).isFalse();
        assertThatThrownBy(segment::release).isInstanceOf(AssertionError.class);
    }

    @Test
    void shouldRetainOncePerSlice() {
        // given
        NewRecord record = Records.ofSize("a", 0, 300);
        add(record);
        add(record);
        LogSlices slices = slices();
        slices.addVerified(0, 300, view);
        slices.addVerified(300, 300, view);
        slices.add(0, 300);

        // when
        rig.store.close();
        slices.release();

        // then
        assertThat(rig.volume.open()).isZero();
    }
}
