package bolide.store.consumequeue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.store.consumequeue.ConsumeQueue.Boundary;
import bolide.store.file.MemoryVolume;
import bolide.store.file.StorageException;
import bolide.store.index.Generation;
import bolide.store.index.Generations;
import bolide.store.index.IndexFiles;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ConsumeQueueTest {
    private final Entry entry = new Entry();
    private final Generation generation = generation();

    private static Generation generation() {
        return new Generations(0, Generation.Limits.DEFAULT).present();
    }

    private static ConsumeQueue empty(int queueId, long end) {
        IndexFiles none = IndexFiles.open(new MemoryVolume(), Generation.Limits.DEFAULT, 0, 0);
        return new ConsumeQueue("t", queueId, 0, end, none, () -> 0);
    }

    private static ConsumeQueue queueOf(long... timestamps) {
        ConsumeQueue queue = empty(0, 5);
        Generation generation = generation();
        for (int i = 0; i < timestamps.length; i++) {
            queue.add(generation, 5 + i, 100 * i, i, -i, timestamps[i]);
        }
        return queue;
    }

    private void assertEntry(ConsumeQueue queue, long offset) {
        assertThat(queue.read(offset, entry)).isTrue();
        assertThat(entry.position()).isEqualTo(1000 * offset);
        assertThat(entry.size()).isEqualTo((int) offset + 1);
        assertThat(entry.tagHash()).isEqualTo(-offset);
        assertThat(entry.storeTimestamp()).isEqualTo(offset / 3);
    }

    @Test
    void shouldBeEmptyAtFirst() {
        // given // when
        ConsumeQueue queue = empty(3, 7);

        // then
        assertThat(queue.topic()).isEqualTo("t");
        assertThat(queue.queueId()).isEqualTo(3);
        assertThat(queue.minOffset()).isEqualTo(7);
        assertThat(queue.maxOffset()).isEqualTo(7);
        assertThat(queue.read(6, entry)).isFalse();
        assertThat(queue.read(7, entry)).isFalse();
        assertThat(queue.read(-1, entry)).isFalse();
        assertThat(queue.read(Long.MAX_VALUE, entry)).isFalse();
    }

    @Test
    void shouldReadEverythingWhileItGrows() {
        // given
        ConsumeQueue queue = empty(0, 0);
        int count = 20_000;

        // when
        for (long i = 0; i < count; i++) {
            queue.add(generation, i, 1000 * i, (int) i + 1, -i, i / 3);

            // then
            assertThat(queue.maxOffset()).isEqualTo(i + 1);
            assertEntry(queue, i);
            assertEntry(queue, i / 2);
            assertThat(queue.read(i + 1, entry)).isFalse();
        }
        for (long i = 0; i < count; i++) {
            assertEntry(queue, i);
        }
    }

    @Test
    void shouldRefuseAnOffsetThatWasPassed() {
        // given
        ConsumeQueue queue = queueOf(1, 2);

        // when // then
        assertThatThrownBy(() -> queue.add(generation, 6, 77, 1, 1, 3))
                .isInstanceOf(StorageException.class)
                .hasMessage("queue t@0 ends at offset 7, but the message at position 77 has 6");
        assertThat(queue.maxOffset()).isEqualTo(7);
    }

    @Test
    void shouldSearchByTime() {
        // given offsets 5 to 10
        ConsumeQueue queue = queueOf(100, 200, 200, 200, 300, 400);

        // when // then
        assertThat(queue.offsetAt(99, Boundary.LOWER)).isEqualTo(5);
        assertThat(queue.offsetAt(99, Boundary.UPPER)).isEqualTo(5);
        assertThat(queue.offsetAt(100, Boundary.LOWER)).isEqualTo(5);
        assertThat(queue.offsetAt(100, Boundary.UPPER)).isEqualTo(5);
        assertThat(queue.offsetAt(150, Boundary.LOWER)).isEqualTo(6);
        assertThat(queue.offsetAt(150, Boundary.UPPER)).isEqualTo(5);
        assertThat(queue.offsetAt(200, Boundary.LOWER)).isEqualTo(6);
        assertThat(queue.offsetAt(200, Boundary.UPPER)).isEqualTo(8);
        assertThat(queue.offsetAt(400, Boundary.LOWER)).isEqualTo(10);
        assertThat(queue.offsetAt(400, Boundary.UPPER)).isEqualTo(10);
        assertThat(queue.offsetAt(401, Boundary.LOWER)).isEqualTo(11);
        assertThat(queue.offsetAt(401, Boundary.UPPER)).isEqualTo(10);
        assertThat(queue.offsetAt(Long.MIN_VALUE, Boundary.LOWER)).isEqualTo(5);
        assertThat(queue.offsetAt(Long.MAX_VALUE, Boundary.LOWER)).isEqualTo(11);
        assertThat(queue.offsetAt(Long.MAX_VALUE, Boundary.UPPER)).isEqualTo(10);
    }

    @Test
    void shouldSearchByTimeInAnEmptyQueue() {
        // given
        ConsumeQueue queue = queueOf();

        // when // then
        assertThat(queue.offsetAt(1, Boundary.LOWER)).isEqualTo(5);
        assertThat(queue.offsetAt(1, Boundary.UPPER)).isEqualTo(5);
    }

    @Test
    void shouldFindWhatAScanFinds() {
        for (int seed = 0; seed < 200; seed++) {
            // given
            SplittableRandom random = new SplittableRandom(seed);
            long[] timestamps = new long[random.nextInt(1, 60)];
            for (int i = 1; i < timestamps.length; i++) {
                timestamps[i] = timestamps[i - 1] + random.nextInt(3);
            }
            ConsumeQueue queue = queueOf(timestamps);

            for (long time = -1; time < 130; time++) {
                // when
                long lower = queue.offsetAt(time, Boundary.LOWER);
                long upper = queue.offsetAt(time, Boundary.UPPER);

                // then
                long scannedLower = 5 + timestamps.length;
                long scannedUpper = 5;
                for (int i = timestamps.length - 1; i >= 0; i--) {
                    scannedLower = timestamps[i] >= time ? 5 + i : scannedLower;
                }
                for (int i = 0; i < timestamps.length; i++) {
                    scannedUpper = timestamps[i] <= time ? 5 + i : scannedUpper;
                }
                assertThat(lower).as("seed %s, time %s", seed, time).isEqualTo(scannedLower);
                assertThat(upper).as("seed %s, time %s", seed, time).isEqualTo(scannedUpper);
            }
        }
    }

    @Test
    @Timeout(60)
    void shouldShowWholeEntriesToOtherThreadsWhileItGrows() throws InterruptedException {
        for (int round = 0; round < 50; round++) {
            // given
            ConsumeQueue queue = empty(0, 0);
            AtomicLong wrong = new AtomicLong();
            int count = 3000;
            Thread reader =
                    new Thread(() -> {
                        Entry read = new Entry();
                        long max = 0;
                        while (max < count) {
                            max = queue.maxOffset();
                            for (long i = Math.max(0, max - 40); i < max; i++) {
                                boolean whole =
                                        queue.read(i, read)
                                                && read.position() == 1000 * i
                                                && read.size() == (int) i + 1;
                                wrong.addAndGet(whole ? 0 : 1);
                            }
                        }
                    });

            // when
            reader.start();
            for (long i = 0; i < count; i++) {
                queue.add(generation, i, 1000 * i, (int) i + 1, -i, i);
            }
            reader.join();

            // then
            assertThat(wrong).hasValue(0);
        }
    }
}
