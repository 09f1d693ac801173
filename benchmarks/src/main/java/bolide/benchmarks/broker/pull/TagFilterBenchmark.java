package bolide.benchmarks.broker.pull;

import bolide.broker.pull.TagFilter;
import bolide.protocol.group.Subscription;
import bolide.protocol.message.TagHash;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Whether a message has one of the tags that a consumer wants; a tenth of the messages have.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TagFilterBenchmark {
    private static final int MESSAGES = 4096;
    private static final int WANTED = 10; // one message in so many

    @Param({"1", "16"})
    public int tags;

    private TagFilter filter;
    private long[] hashes;

    @Setup
    public void fill() {
        StringBuilder expression = new StringBuilder("wanted0");
        for (int i = 1; i < tags; i++) {
            expression.append(" || wanted").append(i);
        }
        filter = TagFilter.of(Subscription.ofTags("topic", expression.toString(), 1));
        hashes = new long[MESSAGES];
        for (int i = 0; i < MESSAGES; i++) {
            hashes[i] = TagHash.of(i % WANTED == 0 ? "wanted" + i % tags : "other" + i);
        }
    }

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public int match() {
        int matched = 0;
        for (long hash : hashes) {
            matched += filter.matches(hash) ? 1 : 0;
        }
        return matched;
    }
}
