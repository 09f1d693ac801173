package bolide.benchmarks.protocol.message;

import bolide.benchmarks.store.Records;
import bolide.protocol.message.NewRecord;
import bolide.protocol.message.RecordCrc;
import bolide.protocol.message.RecordLayout;
import bolide.protocol.message.RecordView;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What is done with the bytes of one message of 1 KiB.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecordBenchmark {
    private final NewRecord record = Records.of("bench", 0, "7F0000010000000000000000000000AA");
    private final CRC32 crc = new CRC32();
    private final RecordView view = new RecordView();
    private final ByteBuffer encoded = ByteBuffer.allocate(2 * Records.BODY_BYTES);
    private final ByteBuffer staged = ByteBuffer.allocateDirect(2 * Records.BODY_BYTES);
    private int size;

    @Setup
    public void stage() {
        encode();
        staged.put(encoded.flip());
        size = staged.position();
        staged.clear();
        encoded.clear();
        seal();
    }

    @Benchmark
    public ByteBuffer encode() {
        encoded.clear();
        record.encode(encoded, crc);
        return encoded;
    }

    @Benchmark
    public ByteBuffer seal() {
        RecordLayout.number(staged, 0, 1, 0, 1);
        RecordCrc.seal(staged, 0, crc);
        return staged;
    }

    @Benchmark
    public RecordView.Found look() {
        return view.look(staged, 0, size);
    }
}
