package bolide.store.crash;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.message.MessageRecord;
import bolide.store.ManualClock;
import bolide.store.Store;
import bolide.store.StoreConfig;
import bolide.store.StoreRig;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.commitlog.QueueTails;
import bolide.store.file.MemoryVolume;
import bolide.store.index.KeyKind;
import bolide.store.recovery.RecordLookup;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Turns single bits of records that Apache's store wrote, half of `-Dbitflip.flips`, after Bolide
/// went on with its log. Without a checksum of their own their bodies, lengths and places are
/// checked, with one everything is.
class ApacheFlipTest {
    private static final int FLIPS = Integer.getInteger("bitflip.flips", 500) / 4; // of each log
    private static final StoreConfig CONFIG =
            new StoreConfig(FlushPolicy.SYNC, StoreRig.INTERVAL, StoreRig.SEGMENT_BYTES);

    private static StoreRig open(MemoryVolume volume) {
        return new StoreRig(volume, CONFIG, new ManualClock());
    }

    /// @return the log, and behind it what a take-over writes
    private static MemoryVolume taken(ApacheLog log) {
        MemoryVolume volume = log.volume();
        StoreRig rig = open(volume);
        assertThat(rig.store.recovered().end()).isEqualTo(log.end());
        assertThat(rig.store.recovered().records()).isEqualTo(log.messages.size());
        rig.store
                .stateLog()
                .write(List.of(StateChange.put(StateKind.TOPIC, "orders", new byte[10])));
        rig.settle();
        assertThat(lost(rig.store, log)).isEmpty();
        assertThat(foundByKey(rig.store, log)).isEqualTo(withKeys(log));
        rig.close();
        return volume;
    }

    @ParameterizedTest
    @ValueSource(strings = {"apache-log.txt", "apache-log-sealed.txt"})
    void shouldServeNothingChangedOfApachesRecordsAndDeleteNothing(String golden) {
        // given
        ApacheLog log = ApacheLog.of(golden);
        boolean isSealed = golden.contains("sealed");
        MemoryVolume whole = taken(log);
        SplittableRandom random = new SplittableRandom(FLIPS);
        int flipped = 0;
        while (flipped < FLIPS) {
            long position = random.nextLong(log.end());
            int bit = random.nextInt(8);
            if (!log.isLive(position) || !isSealed && !log.isTold(position)) {
                continue; // another one
            }
            flipped++;
            MemoryVolume volume = whole.copy();
            volume.flip(ApacheLog.nameOf(position), 8 * (position % ApacheLog.SEGMENT) + bit);

            // when // then
            String as = "bit " + bit + " of position " + position + " turned";
            try {
                check(volume, log, position, false);
                for (String name : volume.names()) {
                    if (name.startsWith("index/") || name.startsWith("snapshot/")) {
                        volume.lose(name); // whoever reads the whole log must meet it
                    }
                }
                check(volume, log, position, true);
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError(as, failed);
            }
        }
        System.out.printf(Locale.ROOT, "flipped bits of %s, all noticed: %d%n", golden, flipped);
    }

    private static void check(
            MemoryVolume volume, ApacheLog log, long position, boolean everythingIsRead) {
        volume.kill();
        MemoryVolume before = volume.copy();
        Store store = open(volume).store;
        List<Long> lost = lost(store, log);
        assertThat(lost).isSubsetOf(log.messages.floorKey(position));
        List<Long> expected = withKeys(log);
        expected.removeAll(lost);
        assertThat(foundByKey(store, log)).isEqualTo(expected);
        if (everythingIsRead) {
            assertThat(store.recovered().damages()).hasSize(1);
            assertThat(position)
                    .isBetween(
                            store.recovered().damages().getFirst().from(),
                            store.recovered().damages().getFirst().to() - 1);
        }
        Survivors.assertLogKept(volume, before);
    }

    /// @return the positions of messages that are refused or not found; all others are as Apache's
    ///   store wrote them
    private static List<Long> lost(Store store, ApacheLog log) {
        List<Long> lost = new ArrayList<>();
        RecordLookup lookup = new RecordLookup(store.log().segments());
        log.messages.forEach((position, message) -> {
            if (!QueueTails.counts(message.sysFlag())) {
                if (!lookup.test(position, view -> true)) {
                    lost.add(position);
                }
                return;
            }
            var read =
                    Survivors.bytes(
                            store, message.topic(), message.queueId(), message.queueOffset());
            if (read.isEmpty()) {
                lost.add(position);
            } else {
                assertThat(Arrays.equals(read.get(), log.record(position))).isTrue();
            }
        });
        return lost;
    }

    private static List<Long> withKeys(ApacheLog log) {
        List<Long> positions = new ArrayList<>(log.messages.keySet());
        positions.removeIf(position -> keyOf(log.messages.get(position)).isEmpty());
        return positions;
    }

    private static String keyOf(MessageRecord message) {
        return message.properties().getOrDefault("UNIQ_KEY", "");
    }

    /// @return the messages that are found by their unique keys; what is found has the key
    private static List<Long> foundByKey(Store store, ApacheLog log) {
        List<Long> positions = new ArrayList<>();
        log.messages.forEach((position, message) -> {
            String key = keyOf(message);
            for (long found :
                    store.keys().find(message.topic(), key, KeyKind.UNIQUE, 9, 0, Long.MAX_VALUE)) {
                assertThat(found).isEqualTo(position);
                positions.add(found);
            }
        });
        return positions;
    }
}
