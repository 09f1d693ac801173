package bolide.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.store.IndexRig;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.ConsumeQueue.Boundary;
import bolide.store.consumequeue.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Readers while generations are frozen, become files, are rebuilt and retired.
@Timeout(120)
class IndexRaceTest {
    private static final int MESSAGES = 60_000;
    private static final int PER_GENERATION = 500;

    private final IndexRig rig = new IndexRig(new Generation.Limits(100_000, 1 << 28));
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong reads = new AtomicLong();

    // What the log says about queue 0 of "a": each offset has its record's position as its time.
    private final List<Thread> readers = new ArrayList<>();

    private void start(Runnable look) {
        Thread reader =
                new Thread(() -> {
                    try {
                        while (!over.get() && wrong.isEmpty()) {
                            look.run();
                            reads.incrementAndGet();
                        }
                    } catch (RuntimeException | Error failure) {
                        failure.printStackTrace();
                        wrong.add(failure.toString());
                    }
                });
        readers.add(reader);
        reader.start();
    }

    private void readAnywhere(SplittableRandom random, Entry entry) {
        ConsumeQueue queue = rig.queue("a", 0);
        long max = queue.maxOffset();
        long min = queue.minOffset();
        if (min >= max) {
            return;
        }
        long offset = random.nextLong(random.nextBoolean() ? min : Math.max(min, max - 3), max);
        for (int i = 0; i < 4 && offset + i < max; i++) {
            if (!queue.read(offset + i, entry)) {
                if (queue.minOffset() <= offset + i) {
                    wrong.add("no offset " + (offset + i) + " below " + max);
                }
            } else if (entry.isMissing() || entry.storeTimestamp() != time(offset + i)) {
                if (queue.minOffset() <= offset + i) {
                    wrong.add("offset " + (offset + i) + " has " + entry.storeTimestamp());
                }
            }
        }
        long found = queue.offsetAt(time(offset), Boundary.LOWER);
        if (found != offset && queue.minOffset() <= offset) {
            wrong.add("time of " + offset + " is found at " + found);
        }
        found = queue.offsetAt(time(offset), Boundary.UPPER);
        if (found != offset && queue.minOffset() <= offset) {
            wrong.add("last of the time of " + offset + " is found at " + found);
        }
    }

    private static long time(long offset) {
        return 5000 + 2 * offset;
    }

    private void findAnywhere(SplittableRandom random) {
        ConsumeQueue queue = rig.queue("a", 0);
        long min = queue.minOffset();
        long max = queue.maxOffset();
        if (min >= max) {
            return;
        }
        long offset = random.nextLong(min, max);
        int found = rig.find("a", "u" + offset, KeyKind.UNIQUE).size();
        if (found != 1 && queue.minOffset() <= offset) {
            wrong.add("key of " + offset + " is found " + found + " times");
        }
    }

    private void endWell() throws InterruptedException {
        over.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(wrong).isEmpty();
        assertThat(reads.get()).isPositive();
    }

    @Test
    void shouldMissNothingWhileGenerationsBecomeFiles() throws InterruptedException {
        // given
        rig.time = time(0);
        rig.append("a", 0, "UNIQ_KEY\1u0\2", 0);
        for (int i = 0; i < 2; i++) {
            SplittableRandom random = new SplittableRandom(i);
            Entry entry = new Entry();
            start(() -> readAnywhere(random, entry));
        }
        SplittableRandom random = new SplittableRandom(7);
        start(() -> findAnywhere(random));

        // when
        SplittableRandom own = new SplittableRandom(1);
        for (int i = 1; i < MESSAGES && wrong.isEmpty(); i++) {
            rig.time = time(i);
            rig.append("a", 0, "UNIQ_KEY\1u" + i + "\2", 0);
            if (i % PER_GENERATION == 0) {
                rig.freeze();
            } else if (i % PER_GENERATION == PER_GENERATION / 3) {
                if (rig.frozen != null) {
                    rig.persist();
                }
            }
            if (i % 3000 == 2999) {
                IndexFile[] files = rig.files.all();
                rig.files.rebuild(files[own.nextInt(files.length)].stretch(), rig);
            }
            if (i % 10_000 == 9999) {
                rig.retire(rig.log.ceilingKey(rig.snapshotPosition() / 3));
            }
        }

        // then
        endWell();
        assertThat(rig.files.all()).hasSizeGreaterThan(50);
    }
}
