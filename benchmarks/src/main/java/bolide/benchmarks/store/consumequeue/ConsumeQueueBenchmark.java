package bolide.benchmarks.store.consumequeue;

import bolide.benchmarks.store.StoreFolder;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.ConsumeQueues;
import bolide.store.consumequeue.Entry;
import bolide.store.file.DirectoryVolume;
import bolide.store.index.Generation;
import bolide.store.index.Generations;
import bolide.store.index.IndexFiles;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Entries of queues: adding them, and reading them from memory and from an index file.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ConsumeQueueBenchmark {
    private static final int ENTRIES = 100_000;
    private static final int SIZE = 1200;

    @Param({"1", "10000"})
    private int topics;

    private final Entry entry = new Entry();
    private final SplittableRandom random = new SplittableRandom(1);
    private StoreFolder folder;
    private IndexFiles files;
    private Generations generations;
    private ConsumeQueues inMemory;
    private ConsumeQueues inFile;
    private String[] names;

    @Setup(Level.Trial)
    public void fill() throws IOException {
        names = new String[topics];
        for (int i = 0; i < topics; i++) {
            names[i] = "topic-" + i;
        }
        folder = new StoreFolder();
        files =
                IndexFiles.open(
                        new DirectoryVolume(folder.path()), Generation.Limits.DEFAULT, 0, 0);
        inMemory = new ConsumeQueues(files, () -> 0);
        add(inMemory, new Generations(0, Generation.Limits.DEFAULT).present());
        generations = new Generations(0, Generation.Limits.DEFAULT);
        inFile = new ConsumeQueues(files, () -> 0);
        add(inFile, generations.present());
        Generation frozen = generations.freeze((long) ENTRIES * SIZE);
        files.write(frozen);
        inFile.release(frozen);
        generations.drop(frozen);
    }

    @TearDown(Level.Trial)
    public void drop() throws IOException {
        files.close();
        folder.close();
    }

    private void add(ConsumeQueues queues, Generation generation) {
        for (int i = 0; i < ENTRIES; i++) {
            queues.add(generation, names[i % topics], 0, i / topics, (long) i * SIZE, SIZE, 0, i);
        }
    }

    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public ConsumeQueues add() {
        ConsumeQueues queues = new ConsumeQueues(files, () -> 0);
        add(queues, new Generations(0, Generation.Limits.DEFAULT).present());
        return queues;
    }

    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public long readMemory() {
        return readAll(inMemory);
    }

    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public long readFile() {
        return readAll(inFile);
    }

    private long readAll(ConsumeQueues queues) {
        long sum = 0;
        for (String name : names) {
            ConsumeQueue queue = queues.find(name, 0).orElseThrow();
            for (long offset = 0; queue.read(offset, entry); offset++) {
                sum += entry.position();
            }
        }
        return sum;
    }

    /// A reader that has been elsewhere: the queue is looked up in the index file's directory.
    @Benchmark
    public long lookUpFile() {
        ConsumeQueue queue = inFile.find(names[random.nextInt(topics)], 0).orElseThrow();
        queue.read(random.nextInt(ENTRIES / topics), entry);
        return entry.position();
    }
}
