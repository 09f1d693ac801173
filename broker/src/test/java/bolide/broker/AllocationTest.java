package bolide.broker;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.FrameLimits;
import bolide.protocol.frame.HeaderDecoder;
import bolide.protocol.frame.HeaderEncoder;
import bolide.protocol.frame.HeaderFormat;
import bolide.protocol.message.BatchBody;
import bolide.protocol.send.SendRequest;
import bolide.remoting.Connection;
import bolide.remoting.Payload;
import bolide.store.commitlog.FlushPolicy;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many bytes a connection's thread allocates for a request, from the header's bytes to those
/// of the answer: a send with its dispatching, a pull. The figures are what it takes today,
/// exactly: who needs more has to say so here, and who needs less, too.
///
/// They are exact because these tests run without the JVM's second compiler, see the POM: it leaves
/// out objects that do not escape, some earlier, some later, so that a server allocates no more
/// than this, and less when it is warm. And because the median of many short stretches counts: a
/// segment that begins, or a table that grows, belongs to no message.
class AllocationTest {
    private static final long SEND_BYTES = 2_464;
    private static final long BATCHED_BYTES = 744;
    private static final long PULL_BYTES = 2_480;

    private static final int WARM_UP = 1_000;
    private static final int STRETCHES = 101;
    private static final int STRETCH = 10;
    private static final int BATCH = 8;
    private static final String PROPERTIES =
            "UNIQ_KEY\1C0A8000100002A9F0A2B6F0B1C2D0001\2WAIT\1true\2TAGS\1TagA\2";

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final HeaderDecoder decoder = new HeaderDecoder(FrameLimits.SERVER);
    private final Sink connection = new Sink();

    @TempDir Path data;

    @Test
    void shouldKeepToItsFigureForASend() {
        try (BrokerHarness harness = new BrokerHarness(data, FlushPolicy.ASYNC)) {
            // given
            Frame send = BrokerHarness.message("T", 0, "x".repeat(1024), PROPERTIES).encode();

            // when, then
            assertThat(allocatedPer(harness, send)).isEqualTo(SEND_BYTES);
        }
    }

    @Test
    void shouldKeepToItsFigureForAMessageOfABatch() {
        try (BrokerHarness harness = new BrokerHarness(data, FlushPolicy.ASYNC)) {
            // given
            BatchBody.Element element =
                    new BatchBody.Element(0, BrokerHarness.bytes("x".repeat(1024)), PROPERTIES);
            ByteBuffer body = BatchBody.encode(Collections.nCopies(BATCH, element));
            SendRequest batch =
                    new SendRequest(
                            "P", "T", "TBW102", 4, 0, 0, 1L, 0, "", 0, false, -1, true, body);

            // when, then
            assertThat(allocatedPer(harness, batch.encode()) / BATCH).isEqualTo(BATCHED_BYTES);
        }
    }

    @Test
    void shouldKeepToItsFigureForAPullOfManyMessages() {
        try (BrokerHarness harness = new BrokerHarness(data, FlushPolicy.ASYNC)) {
            // given
            for (int i = 0; i < BATCH; i++) {
                harness.send("T", 0, "x".repeat(1024), PROPERTIES);
            }
            harness.awaitEnd("T", 0, BATCH);
            Frame pull = BrokerHarness.pull("T", 0, 0, "*").encode();

            // when, then
            assertThat(allocatedPer(harness, pull)).isEqualTo(PULL_BYTES);
        }
    }

    private long allocatedPer(BrokerHarness harness, Frame request) {
        byte[] header = HeaderEncoder.encode(request);
        ByteBuffer body = ByteBuffer.allocateDirect(request.body().remaining());
        body.put(request.body().duplicate()).flip();
        ask(harness, header, body, WARM_UP);
        long[] stretches = new long[STRETCHES];
        for (int i = 0; i < STRETCHES; i++) {
            long before = allocated();
            ask(harness, header, body, STRETCH);
            stretches[i] = allocated() - before;
        }
        assertThat(connection.answers).isEqualTo(WARM_UP + STRETCHES * STRETCH);
        assertThat(connection.refused).isZero();
        assertThat(connection.headerBytes).isPositive();
        Arrays.sort(stretches);
        long median = stretches[STRETCHES / 2] - asking();
        assertThat(median % STRETCH).as("%d bytes of %d requests", median, STRETCH).isZero();
        return median / STRETCH;
    }

    private void ask(BrokerHarness harness, byte[] header, ByteBuffer body, int times) {
        for (int i = 0; i < times; i++) {
            Frame head = decoder.decode(HeaderFormat.JSON, ByteBuffer.wrap(header));
            harness.hand(connection, head.withBody(body.duplicate()));
            harness.endPass(connection);
        }
    }

    /// @return what it takes to ask
    private long asking() {
        long before = allocated();
        return allocated() - before;
    }

    private long allocated() {
        return threads.getCurrentThreadAllocatedBytes();
    }

    /// A connection that writes down its answers' headers, as a socket's does, and forgets them.
    private static final class Sink implements Connection {
        private final InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);
        private final HeaderEncoder encoder = new HeaderEncoder();
        private int answers;
        private long headerBytes;
        private int refused;

        @Override
        public InetSocketAddress remoteAddress() {
            return address;
        }

        @Override
        public void send(Frame head, Payload body) {
            encoder.write(head);
            headerBytes += encoder.length();
            answers++;
            refused += head.code() == 0 ? 0 : 1;
            body.released().run();
        }

        @Override
        public void execute(Runnable task) {
            throw new AssertionError("nothing here is held");
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public boolean isReading() {
            return true;
        }

        @Override
        public void close() {
            throw new AssertionError("nothing here closes a connection");
        }
    }
}
