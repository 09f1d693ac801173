package bolide.store.verify;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.message.RecordView;
import bolide.store.ManualClock;
import bolide.store.Noted;
import bolide.store.Records;
import bolide.store.Store;
import bolide.store.StoreConfig;
import bolide.store.StoreRig;
import bolide.store.checkpoint.StableEnd;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.file.DirectoryView;
import bolide.store.file.MemoryVolume;
import bolide.store.index.Generation;
import bolide.store.recovery.RecordLookup;
import bolide.store.recovery.Recovery;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `store verify` says of a log, beside what recovery makes of it: `-Dlog.damages` damaged
/// logs.
class LogReaderTest {
    private static final int LOGS = Integer.getInteger("log.damages", 600);
    private static final int SEGMENT = (int) StoreRig.SEGMENT_BYTES;
    private static final StoreConfig CONFIG =
            new StoreConfig(
                    FlushPolicy.SYNC,
                    StoreRig.INTERVAL,
                    SEGMENT,
                    new Generation.Limits(40, 60_000));

    @TempDir private Path temporary;

    private final MemoryVolume whole = new MemoryVolume();
    private final TreeSet<Long> starts = new TreeSet<>(); // of all records
    private final Map<String, Integer> met = new TreeMap<>();
    private int directories;

    /// What was read of a log, record by record.
    private record Read(List<Long> records, List<Recovery.Damage> damages, LogReader.Outcome end) {}

    private static StoreRig open(MemoryVolume volume) {
        return new StoreRig(volume, CONFIG, new ManualClock());
    }

    /// Two full segments and one that is not, with messages and changes of state.
    private void fill() {
        SplittableRandom random = new SplittableRandom(1);
        StoreRig rig = open(whole);
        while (rig.appender().appended().get() < 2 * SEGMENT + SEGMENT / 2) {
            byte[] body = new byte[random.nextInt(5) == 0 ? 6000 : random.nextInt(400)];
            random.nextBytes(body);
            rig.appender()
                    .stage(
                            "a",
                            Records.of("a", random.nextInt(3), body, "KEYS\1k\2", 0),
                            new Noted());
            rig.appender().publish();
            if (random.nextInt(8) == 0) {
                rig.store.stateLog().write(List.of(StateChange.put(StateKind.OFFSET, "key", body)));
            }
            rig.settle();
        }
        rig.close();
        Read read = read(whole);
        assertThat(read.damages()).isEmpty();
        starts.addAll(read.records());
    }

    @AfterEach
    void report() {
        System.out.println("damaged logs on which verify and recovery agree: " + met);
    }

    @Test
    void shouldSayOfEveryRecordWhatRecoveryMakesOfIt() {
        // given
        fill();
        for (int seed = 0; seed < LOGS; seed++) {
            MemoryVolume volume = whole.copy();
            SplittableRandom random = new SplittableRandom(seed);
            String how = Damages.inflict(volume, random);

            // when
            Read verified = read(volume);
            Store store = open(volume).store;

            // then
            Recovery.Outcome recovered = store.recovered();
            String as = "seed " + seed + ", " + how;
            assertThat(recovered.end()).as(as).isEqualTo(verified.end().end());
            assertThat(recovered.damages())
                    .as(as)
                    .isEqualTo(
                            verified.damages().stream()
                                    .filter(damage -> damage.to() > recovered.start())
                                    .toList());
            assertThat(recovered.records())
                    .as(as)
                    .isEqualTo(
                            verified.records().stream()
                                    .filter(position -> position >= recovered.start())
                                    .count());
            assertThat(recovered.torn())
                    .as(as)
                    .isIn(verified.end().torn(), "") // zeros need no word
                    .satisfies(torn -> {
                        if (torn.isEmpty()) {
                            assertThat(verified.end().torn()).isIn("", "nothing is written there");
                        }
                    });
            RecordLookup lookup = new RecordLookup(store.log().segments());
            List<Long> readable =
                    starts.stream().filter(at -> lookup.test(at, view -> true)).toList();
            assertThat(readable).as(as).isEqualTo(verified.records());
            store.close();
            count(verified);
        }
        assertThat(met.keySet())
                .containsExactlyInAnyOrder("whole", "damaged", "torn", "torn before records");
    }

    private void count(Read read) {
        if (!read.damages().isEmpty()) {
            met.merge("damaged", 1, Integer::sum);
        }
        if (!read.end().torn().isEmpty()) {
            met.merge("torn", 1, Integer::sum);
        }
        if (read.end().tornRecords() > 0) {
            met.merge("torn before records", 1, Integer::sum);
        }
        if (read.records().size() == starts.size()) {
            met.merge("whole", 1, Integer::sum);
        }
    }

    private Read read(MemoryVolume volume) {
        Path directory = temporary.resolve(String.valueOf(directories++));
        try {
            for (String name : volume.names()) {
                Path file = directory.resolve(name);
                Files.createDirectories(file.getParent());
                Files.write(file, volume.read(name));
            }
            DirectoryView view = new DirectoryView(directory);
            List<Long> records = new ArrayList<>();
            List<Recovery.Damage> damages = new ArrayList<>();
            LogReader.Visitor visitor =
                    new LogReader.Visitor() {
                        @Override
                        public void record(RecordView record) {
                            records.add(record.position());
                        }

                        @Override
                        public void damage(String file, long position, long bytes, String reason) {
                            damages.add(new Recovery.Damage(position, position + bytes, reason));
                        }
                    };
            LogReader.Outcome end =
                    new LogReader(view).read(StableEnd.of(view), visitor, progress -> {});
            return new Read(records, damages, end);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
