package bolide.store.crash;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.message.RecordView;
import bolide.store.ManualClock;
import bolide.store.Noted;
import bolide.store.Records;
import bolide.store.Store;
import bolide.store.StoreConfig;
import bolide.store.StoreRig;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.commitlog.Segments;
import bolide.store.file.MemoryVolume;
import bolide.store.index.DamagedIndexException;
import bolide.store.index.Generation;
import bolide.store.index.KeyKind;
import bolide.store.recovery.RecordLookup;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Turns single bits of a store's files, `-Dbitflip.flips` of them. No changed byte may be served,
/// nothing else may be missing, no key may lead to a wrong message, nothing of the log may be
/// deleted.
class BitFlipTest {
    private static final int FLIPS = Integer.getInteger("bitflip.flips", 500);
    private static final int MESSAGES = 150;
    private static final int KEYS = 7;
    private static final String TOPIC = "t1"; // of the two, that whose keys are asked for
    private static final StoreConfig CONFIG =
            new StoreConfig(
                    FlushPolicy.SYNC,
                    StoreRig.INTERVAL,
                    StoreRig.SEGMENT_BYTES,
                    new Generation.Limits(40, 60_000));

    private final Map<String, byte[]> bodies = new HashMap<>(); // by topic, queue, offset
    private final Map<String, List<String>> byKey = new TreeMap<>(); // the newest first
    private final Map<String, Integer> flips = new TreeMap<>(); // by directory
    private final MemoryVolume whole = new MemoryVolume();
    private long end;

    private static StoreRig open(MemoryVolume volume) {
        return new StoreRig(volume, CONFIG, new ManualClock());
    }

    private void fill() {
        SplittableRandom random = new SplittableRandom(1);
        StoreRig rig = open(whole);
        for (int i = 0; i < MESSAGES; i++) {
            String topic = "t" + random.nextInt(2);
            int queueId = random.nextInt(2);
            byte[] body = new byte[random.nextInt(100, 4000)];
            Arrays.fill(body, (byte) i);
            String key = "key" + i % KEYS;
            String properties = "TAGS\1x\2KEYS\1" + key + " other\2";
            rig.appender()
                    .stage(
                            topic,
                            List.of(Records.of(topic, queueId, body, properties, 0)),
                            new Noted());
            rig.appender().publish();
            String name = topic + queueId + "@" + count(topic + queueId);
            bodies.put(name, body);
            if (topic.equals(TOPIC)) {
                byKey.computeIfAbsent(key, k -> new ArrayList<>()).addFirst(name);
            }
            if (i % 10 == 0) {
                byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(i).array();
                rig.store
                        .stateLog()
                        .write(List.of(StateChange.put(StateKind.OFFSET, "key", value)));
            }
            rig.settle();
        }
        end = rig.appender().appended().get();
        rig.close();
    }

    private int count(String queue) {
        return (int) bodies.keySet().stream().filter(key -> key.startsWith(queue + "@")).count();
    }

    @Test
    void shouldServeNoChangedByteAndDeleteNothing() {
        // given
        fill();
        List<String> directories = List.of(Segments.DIRECTORY, "index", "snapshot", "flushed");
        SplittableRandom random = new SplittableRandom(FLIPS);

        int flipped = 0;
        while (flipped < FLIPS) {
            String directory = directories.get(flipped % directories.size());
            List<String> names =
                    whole.names().stream().filter(name -> name.startsWith(directory)).toList();
            assertThat(names).as(directory).isNotEmpty();
            String name = names.get(random.nextInt(names.size()));
            long bit = random.nextLong(8L * whole.read(name).length);
            boolean isLog = directory.equals(Segments.DIRECTORY);
            if (isLog && !isLive(name, (int) (bit / 8))) {
                continue; // another one
            }
            flips.merge(directory, 1, Integer::sum);
            flipped++;

            // when // then
            try {
                if (isLog) {
                    flipLog(name, bit);
                } else {
                    flipDerived(name, bit);
                }
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError("bit " + bit + " of " + name + " turned", failed);
            }
        }
        System.out.printf(Locale.ROOT, "flipped bits, all harmless or noticed: %s%n", flips);
    }

    /// @return whether that byte of a segment is a record's, or of the mark at its end
    private boolean isLive(String name, int at) {
        ByteBuffer bytes = ByteBuffer.wrap(whole.read(name));
        RecordView view = new RecordView();
        int next = 0;
        while (next <= at) {
            switch (view.look(bytes, next, bytes.limit())) {
                case RECORD -> next += view.totalSize();
                case BLANK -> {
                    return at < next + 8;
                }
                case NOTHING, DAMAGE -> {
                    return false;
                }
            }
        }
        return true;
    }

    private void flipDerived(String name, long bit) {
        MemoryVolume volume = whole.copy();
        volume.flip(name, bit);
        List<String> refused = unreadable(open(volume).store);
        assertThat(refused.isEmpty() || name.startsWith("index")).isTrue();
        checkState(volume);
        Survivors.assertLogKept(volume, whole);

        // nothing is lost with such a file
        volume.kill();
        volume.lose(name);
        assertThat(unreadable(open(volume).store)).isEmpty();
        checkState(volume);
    }

    private void flipLog(String name, long bit) {
        MemoryVolume flipped = whole.copy();
        flipped.flip(name, bit);
        MemoryVolume volume = flipped.copy();
        List<String> lost = unreadable(open(volume).store);
        assertThat(lost).hasSizeLessThan(2);
        Survivors.assertLogKept(volume, flipped);

        // whoever reads the whole log must meet it
        MemoryVolume alone = flipped.copy();
        for (String other : alone.names()) {
            if (!other.startsWith(Segments.DIRECTORY) && !other.equals("flushed")) {
                alone.lose(other);
            }
        }
        Store store = open(alone).store;
        assertThat(store.recovered().damages()).hasSize(1);
        assertThat(store.recovered().end()).isEqualTo(end);
        long at = Long.parseLong(name.substring(name.indexOf('/') + 1)) + bit / 8;
        assertThat(at)
                .isBetween(
                        store.recovered().damages().getFirst().from(),
                        store.recovered().damages().getFirst().to() - 1);
        assertThat(unreadable(store)).hasSizeLessThan(2).containsAll(lost);
        Survivors.assertLogKept(alone, flipped);
    }

    /// @return the messages that are refused or not found; all others are as they were sent
    private List<String> unreadable(Store store) {
        List<String> unreadable = new ArrayList<>();
        bodies.forEach((key, body) -> {
            String topic = key.substring(0, 2);
            int queueId = key.charAt(2) - '0';
            long offset = Long.parseLong(key.substring(key.indexOf('@') + 1));
            var found = Survivors.read(store, topic, queueId, offset);
            if (found.isEmpty()) {
                unreadable.add(key);
            } else {
                assertThat(found.get().queueOffset()).isEqualTo(offset);
                assertThat(Arrays.equals(found.get().body(), body)).as(key).isTrue();
            }
        });
        checkKeys(store, unreadable);
        return unreadable;
    }

    /// Each key finds the messages that bear it, the newest first, and no other; only what cannot
    /// be read may be missing. An index file may refuse.
    private void checkKeys(Store store, List<String> unreadable) {
        RecordLookup log = new RecordLookup(store.log().segments());
        byKey.forEach((key, expected) -> {
            List<String> found = new ArrayList<>();
            try {
                for (long position :
                        store.keys().find(TOPIC, key, KeyKind.KEY, MESSAGES, 0, Long.MAX_VALUE)) {
                    assertThat(log.test(position, view -> found.add(nameOf(view)))).isTrue();
                }
            } catch (DamagedIndexException refused) {
                assertThat(unreadable).isNotEmpty();
                return;
            }
            List<String> readable = new ArrayList<>(expected);
            readable.removeAll(unreadable);
            assertThat(found).as(key).isEqualTo(readable);
        });
    }

    private static String nameOf(RecordView view) {
        return view.topicText() + view.queueId() + "@" + view.queueOffset();
    }

    private static void checkState(MemoryVolume volume) {
        volume.kill();
        List<Long> committed = new ArrayList<>();
        new Store(volume, CONFIG)
                .forEachState(
                        StateKind.OFFSET,
                        (key, value) -> committed.add(ByteBuffer.wrap(value).getLong()));
        assertThat(committed).containsExactly(MESSAGES - 10L);
    }
}
