package bolide.benchmarks.protocol.frame;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.FrameLimits;
import bolide.protocol.frame.HeaderDecoder;
import bolide.protocol.frame.HeaderEncoder;
import bolide.protocol.frame.HeaderFormat;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.send.SendRequest;
import bolide.protocol.send.SendResponse;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The JSON headers of a send and of its answer, as a server reads and writes them.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SendHeaderBenchmark {
    private static final String UNIQUE_KEY = "7F0000010000000000000000000000AA";

    private final Frame request =
            new SendRequest(
                            "producers",
                            "bench",
                            "TBW102",
                            4,
                            3,
                            0,
                            1_700_000_000_000L,
                            0,
                            "UNIQ_KEY\1" + UNIQUE_KEY + "\2WAIT\1true\2TAGS\1bench\2",
                            0,
                            false,
                            -1,
                            false,
                            ByteBuffer.allocate(0))
                    .encode()
                    .withOpaque(123_456);
    private final byte[] header = HeaderEncoder.encode(request);
    private final HeaderEncoder encoder = new HeaderEncoder();
    private final HeaderDecoder decoder = new HeaderDecoder(FrameLimits.SERVER);

    @Benchmark
    public SendRequest read() {
        return SendRequest.decode(decoder.decode(HeaderFormat.JSON, ByteBuffer.wrap(header)));
    }

    @Benchmark
    public int answer() {
        SendResponse response =
                new SendResponse("7F00000100002A9F0000000000012345", 3, 77, UNIQUE_KEY);
        encoder.write(
                request.answer(ResponseCode.SUCCESS, "", response.encode(), Frame.emptyBody()));
        return encoder.length();
    }
}
