package bolide.benchmarks.store.commitlog;

import bolide.benchmarks.store.Records;
import bolide.benchmarks.store.StoreFolder;
import bolide.protocol.message.NewRecord;
import bolide.store.Store;
import bolide.store.StoreConfig;
import bolide.store.commitlog.AppendListener;
import bolide.store.commitlog.Appender;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.file.DirectoryVolume;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// A message of 1 KiB on its way into the file; the dispatcher follows meanwhile.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AppenderBenchmark implements AppendListener {
    private static final int BURST = 16;
    private static final String TOPIC = "bench";

    private final NewRecord record = Records.of(TOPIC, 0, "7F0000010000000000000000000000AA");
    private StoreFolder folder;
    private Store store;
    private Appender appender;

    // A new store for each iteration bounds what it takes on the disk.
    @Setup(Level.Iteration)
    public void open() throws IOException {
        folder = new StoreFolder();
        store =
                new Store(
                        new DirectoryVolume(folder.path()),
                        new StoreConfig(
                                FlushPolicy.ASYNC,
                                StoreConfig.DEFAULT.flushInterval(),
                                StoreConfig.LARGEST_SEGMENT_BYTES));
        store.start(
                InstantSource.system(),
                System::nanoTime,
                Thread.ofPlatform().daemon().factory(),
                queue -> {},
                Throwable::printStackTrace);
        appender = store.log().appender();
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        store.close();
        folder.close();
    }

    @Benchmark
    public void single() {
        appender.stage(TOPIC, record, this);
        appender.publish();
    }

    @Benchmark
    @OperationsPerInvocation(BURST)
    public void burst() {
        for (int i = 0; i < BURST; i++) {
            appender.stage(TOPIC, record, this);
        }
        appender.publish();
    }

    @Override
    public void placed(int index, long queueOffset, long position) {
        // only the appender is of interest
    }

    @Override
    public void readable() {
        // likewise
    }
}
