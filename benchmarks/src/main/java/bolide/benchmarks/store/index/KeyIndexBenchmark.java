package bolide.benchmarks.store.index;

import bolide.benchmarks.store.Records;
import bolide.benchmarks.store.StoreFolder;
import bolide.protocol.message.NewRecord;
import bolide.protocol.message.RecordLayout;
import bolide.protocol.message.RecordView;
import bolide.store.file.DirectoryVolume;
import bolide.store.index.Generation;
import bolide.store.index.Generations;
import bolide.store.index.IndexFiles;
import bolide.store.index.KeyIndex;
import bolide.store.index.KeyKind;
import bolide.store.index.RecordKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Finding one message by its key among many index files.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KeyIndexBenchmark {
    private static final String TOPIC = "bench";
    private static final int RECORDS_EACH = 10_000;

    @Param({"1", "100"})
    private int indexFiles;

    private final SplittableRandom random = new SplittableRandom(1);
    private final RecordView view = new RecordView();
    private final RecordKeys keys = new RecordKeys();
    private final CRC32 crc = new CRC32();
    private final ByteBuffer bytes = ByteBuffer.allocate(2 * Records.BODY_BYTES);
    private StoreFolder folder;
    private IndexFiles files;
    private KeyIndex index;
    private int recordBytes;

    @Setup(Level.Trial)
    public void fill() throws IOException {
        folder = new StoreFolder();
        files =
                IndexFiles.open(
                        new DirectoryVolume(folder.path()), Generation.Limits.DEFAULT, 0, 0);
        Generations generations = new Generations(0, Generation.Limits.DEFAULT);
        recordBytes = record(0).encodedBytes();
        for (int i = 0; i < indexFiles * RECORDS_EACH; i++) {
            show((long) i * recordBytes);
            generations.present().pass(view);
            keys.look(view);
            generations.present().addKeys(keys);
            if ((i + 1) % RECORDS_EACH == 0) {
                Generation frozen = generations.freeze((i + 1L) * recordBytes);
                files.write(frozen);
                generations.drop(frozen);
            }
        }
        index = new KeyIndex(generations, files, this::test, shown -> true);
    }

    @TearDown(Level.Trial)
    public void drop() throws IOException {
        files.close();
        folder.close();
    }

    private static String key(long number) {
        return "7F00000100000000" + HexFormat.of().toHexDigits(number);
    }

    private static NewRecord record(long number) {
        return Records.of(TOPIC, 0, key(number));
    }

    /// Stands for the log, of which nothing is kept.
    private boolean test(long position, Predicate<RecordView> question) {
        show(position);
        return question.test(view);
    }

    private void show(long position) {
        long number = position / recordBytes;
        bytes.clear();
        record(number).encode(bytes, crc);
        RecordLayout.number(bytes, 0, number, position, 1);
        view.look(bytes, 0, recordBytes);
    }

    @Benchmark
    public long[] find() {
        int number = random.nextInt(indexFiles * RECORDS_EACH);
        return index.find(TOPIC, key(number), KeyKind.UNIQUE, 1, 0, Long.MAX_VALUE);
    }
}
