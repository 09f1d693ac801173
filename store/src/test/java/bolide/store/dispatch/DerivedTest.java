package bolide.store.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.message.RecordLayout;
import bolide.protocol.message.RecordView;
import bolide.store.IndexRig;
import bolide.store.IndexRig.QueueEnd;
import bolide.store.Records;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.Entry;
import bolide.store.file.StorageException;
import bolide.store.index.Generation;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class DerivedTest {
    private final IndexRig rig = new IndexRig(new Generation.Limits(1_000_000, 1 << 29));
    private final Entry entry = new Entry();

    @Test
    void shouldBeFullByRecordsOrByBytes() {
        // given
        IndexRig byRecords = new IndexRig(new Generation.Limits(3, 1 << 20));
        IndexRig byBytes = new IndexRig(new Generation.Limits(1000, 500));

        // when // then
        byRecords.append("a", 0);
        byRecords.append("a", 0);
        assertThat(byRecords.derived.isFull()).isFalse();
        byRecords.append("a", 0);
        assertThat(byRecords.derived.isFull()).isTrue();
        while (byBytes.end < 500) {
            assertThat(byBytes.derived.isFull()).isFalse();
            byBytes.append("a", 0);
        }
        byBytes.append("a", 0);
        assertThat(byBytes.derived.isFull()).isTrue();
    }

    @Test
    void shouldHoldOneFrozenGenerationAtMost() {
        // given
        IndexRig small = new IndexRig(new Generation.Limits(3, 1 << 20));
        for (int i = 0; i < 3; i++) {
            small.append("a", 0);
        }
        small.freeze();
        Generation frozen = small.frozen;

        // when
        for (int i = 0; i < 11; i++) {
            small.append("a", 0);
        }

        // then
        assertThat(small.derived.isFull()).isFalse();
        assertThat(small.derived.mustWait()).isFalse();
        assertThatThrownBy(small::freeze).isInstanceOf(IllegalStateException.class);
        small.append("a", 0);
        assertThat(small.derived.mustWait()).isTrue();

        // when
        small.frozen = frozen;
        small.persist();

        // then
        assertThat(small.derived.mustWait()).isFalse();
        assertThat(small.derived.isFull()).isTrue();
        small.freezeAndPersist();
        for (int i = 0; i < 15; i++) {
            assertThat(small.queue("a", 0).read(i, entry)).isTrue();
            assertThat(entry.isMissing()).isFalse();
        }
    }

    @Test
    void shouldNotFreezeNothing() {
        // given
        rig.append("a", 0);
        rig.freezeAndPersist();

        // when // then
        assertThatThrownBy(rig::freeze).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldTellTheQueuesEndsAsOfTheFrozenGeneration() {
        // given
        long first = rig.append("a", 0);
        rig.append("a", 0);
        long other = rig.append("gone", 0);
        long reborn = rig.append("reborn", 0);
        rig.append("early", 0);
        rig.remove("early");
        rig.freeze();

        // when everything goes on
        rig.append("a", 0);
        rig.append("new", 0);
        rig.remove("gone");
        rig.remove("reborn");
        rig.append("reborn", 0);
        rig.append("reborn", 0);
        rig.queues.raiseEnd(rig.generations.present(), "a", 1, 70, rig.end);

        // then
        assertThat(rig.ends())
                .containsExactlyInAnyOrder(
                        new QueueEnd("a", 0, first, 2),
                        new QueueEnd("gone", 0, other, 1),
                        new QueueEnd("reborn", 0, reborn, 1));

        // when
        rig.persist();
        rig.freeze();

        // then
        assertThat(rig.ends())
                .extracting(QueueEnd::topic, QueueEnd::queueId, QueueEnd::end)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("a", 0, 3L),
                        org.assertj.core.groups.Tuple.tuple("a", 1, 70L),
                        org.assertj.core.groups.Tuple.tuple("new", 0, 1L),
                        org.assertj.core.groups.Tuple.tuple("reborn", 0, 2L));
    }

    @Test
    void shouldKeepTheEndOfAnEmptyQueue() {
        // given
        rig.append("a", 0);
        rig.append("a", 0);
        rig.freezeAndPersist();
        rig.append("b", 0);
        rig.freezeAndPersist();

        // when
        rig.retire(rig.snapshotPosition());

        // then
        ConsumeQueue queue = rig.queue("a", 0);
        assertThat(queue.minOffset()).isEqualTo(2);
        assertThat(queue.maxOffset()).isEqualTo(2);
        assertThat(queue.read(1, entry)).isFalse();

        // when
        rig.reopen();
        rig.append("a", 0);

        // then
        assertThat(rig.queue("a", 0).minOffset()).isEqualTo(2);
        assertThat(rig.queue("a", 0).maxOffset()).isEqualTo(3);
        assertThat(rig.queue("a", 0).read(2, entry)).isTrue();
    }

    @Test
    void shouldRaiseAnEnd() {
        // given
        Generation present = rig.generations.present();
        rig.append("a", 0);

        // when
        rig.queues.raiseEnd(present, "a", 0, 1, rig.end);
        rig.queues.raiseEnd(present, "a", 3, 40, rig.end);

        // then
        assertThat(rig.queue("a", 0).maxOffset()).isEqualTo(1);
        assertThat(rig.queue("a", 3).maxOffset()).isEqualTo(40);
        assertThat(rig.queue("a", 3).minOffset()).isEqualTo(40);

        // when
        rig.queues.raiseEnd(present, "a", 0, 10, rig.end);

        // then
        assertThat(rig.queue("a", 0).minOffset()).isZero();
        assertThat(rig.queue("a", 0).read(0, entry)).isTrue();
        assertThat(entry.isMissing()).isFalse();
        assertThat(rig.queue("a", 0).read(9, entry)).isTrue();
        assertThat(entry.isMissing()).isTrue();
        assertThat(rig.queue("a", 0).read(10, entry)).isFalse();

        // when
        rig.freezeAndPersist();

        // then
        assertThat(rig.queue("a", 0).read(0, entry)).isTrue();
        assertThat(entry.isMissing()).isFalse();
        assertThat(rig.queue("a", 0).read(9, entry)).isTrue();
        assertThat(entry.isMissing()).isTrue();
    }

    @Test
    void shouldHideWhatRetentionHides() {
        // given
        for (int i = 0; i < 10; i++) {
            rig.append("a", 0);
        }
        ConsumeQueue queue = rig.queue("a", 0);

        // when
        queue.hideBelow(4);
        queue.hideBelow(3);

        // then
        assertThat(queue.minOffset()).isEqualTo(4);
        assertThat(queue.read(3, entry)).isFalse();
        assertThat(queue.read(4, entry)).isTrue();

        // when
        queue.hideBelow(1000);

        // then
        assertThat(queue.minOffset()).isEqualTo(10);
        assertThat(queue.maxOffset()).isEqualTo(10);
    }

    @Test
    void shouldRefuseAnOffsetThatHasPassed() {
        // given
        rig.append("a", 0);
        rig.append("a", 0);
        rig.freezeAndPersist();
        rig.skip("a", 0, -1);

        // when // then
        assertThatThrownBy(() -> rig.append("a", 0))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("queue a@0 ends at offset 2");
    }

    @Test
    void shouldLetGoOfMemoryOnceItIsInAFile() {
        // given
        for (int i = 0; i < 1000; i++) {
            rig.append("a", i % 100);
        }
        rig.freeze();
        java.lang.ref.WeakReference<Generation> frozen =
                new java.lang.ref.WeakReference<>(rig.frozen);
        rig.append("a", 0); // this queue has a newer run, the others have not

        // when
        rig.persist();

        // then
        for (int i = 0; i < 100 && frozen.get() != null; i++) {
            System.gc();
        }
        assertThat(frozen.get()).isNull();
    }

    @Test
    void shouldServeTenThousandQueuesWithFewMessagesEach() {
        // given
        int queues = 10_000;
        List<List<Long>> positions = new ArrayList<>();
        for (int q = 0; q < queues; q++) {
            positions.add(new ArrayList<>());
        }
        for (int round = 0; round < 5; round++) {
            for (int q = round % 2; q < queues; q += 1 + round % 2 * 2) {
                positions.get(q).add(rig.append("t" + q % 100, q / 100));
            }
            if (round < 3) {
                rig.freezeAndPersist();
            } else if (round == 3) {
                rig.freeze();
            }
        }

        // when // then
        for (int q = 0; q < queues; q++) {
            ConsumeQueue queue = rig.queue("t" + q % 100, q / 100);
            List<Long> expected = positions.get(q);
            assertThat(queue.minOffset()).isZero();
            assertThat(queue.maxOffset()).isEqualTo(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                assertThat(queue.read(i, entry)).isTrue();
                assertThat(entry.position()).isEqualTo(expected.get(i));
            }
        }
    }

    @Test
    void shouldMakeNoObjectsPerMessageButTheArrays() {
        // given
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ByteBuffer[] records = new ByteBuffer[64];
        for (int i = 0; i < records.length; i++) {
            var record =
                    Records.of(
                            "topic" + i % 8,
                            i / 8,
                            new byte[100],
                            "UNIQ_KEY\1AC1234567890\2KEYS\1k1 k2\2TAGS\1x\2",
                            0);
            records[i] = ByteBuffer.allocate(record.encodedBytes());
            record.encode(records[i], new CRC32());
        }
        RecordView view = new RecordView();
        int size = records[0].capacity();
        long position = 0;
        int messages = 64 * 1024; // 1024 in each of 64 queues: one array of 1024 entries each
        double bytesPerMessage = 0;

        // when
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 64; i++) { // each queue's run begins
                position = apply(records[i], view, round * 1025L, position);
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < messages; i++) {
                long offset = round * 1025L + 1 + i / 64;
                position = apply(records[i % 64], view, offset, position);
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            bytesPerMessage = (allocated - arrays(messages)) / (double) messages;
            Generation frozen = rig.derived.freeze(position + size);
            rig.files.write(frozen);
            rig.derived.persisted(frozen);
        }

        // then

        assertThat(bytesPerMessage).isLessThan(0.01);
    }

    /// @return bytes of the arrays that the keys and entries of so many messages need
    private static long arrays(int messages) {
        long keyPages = 4L * messages / 8192 * (16 + 8192 * 8); // four keys each
        long entries = 0;
        for (int array = 4; array <= 1024; array *= 2) { // after the first of 2
            entries += 16 + 32L * array + 24; // and the array that holds it, when it is another
        }
        entries += 16 + 32 * 1024 + 24; // the 1025th
        return keyPages + 64 * entries;
    }

    private long apply(ByteBuffer record, RecordView view, long offset, long position) {
        RecordLayout.number(record, 0, offset, position, 1000);
        view.look(record, 0, record.capacity());
        rig.derived.apply(view);
        return position + record.capacity();
    }
}
