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
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many bytes a connection's thread allocates for a request, from the header's bytes to those
/// of the answer. The figures are what it takes today; whoever needs more has to say so here.
class AllocationTest {
    private static final int WARM_UP = 3_000;
    private static final int COUNTED = 1_000;
    private static final int BATCH = 8;
    private static final String PROPERTIES =
            "UNIQ_KEY\1C0A8000100002A9F0A2B6F0B1C2D0001\2WAIT\1true\2TAGS\1TagA\2";

    private final HeaderDecoder decoder = new HeaderDecoder(FrameLimits.SERVER);
    private final Sink connection = new Sink();

    @TempDir Path data;

    @Test
    void shouldKeepToItsFigureForASend() {
        try (BrokerHarness harness = new BrokerHarness(data, FlushPolicy.ASYNC)) {
            // given
            Frame send = BrokerHarness.message("T", 0, "x".repeat(1024), PROPERTIES).encode();

            // when, then
            assertThat(allocatedPer(harness, send)).isLessThan(4_800);
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
            assertThat(allocatedPer(harness, batch.encode()) / BATCH).isLessThan(1_600);
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
            assertThat(allocatedPer(harness, pull)).isLessThan(5_000);
        }
    }

    private long allocatedPer(BrokerHarness harness, Frame request) {
        byte[] header = HeaderEncoder.encode(request);
        ByteBuffer body = ByteBuffer.allocateDirect(request.body().remaining());
        body.put(request.body().duplicate()).flip();
        ask(harness, header, body, WARM_UP);
        long before = allocated();
        ask(harness, header, body, COUNTED);
        long per = (allocated() - before) / COUNTED;
        assertThat(connection.answers).isEqualTo(WARM_UP + COUNTED);
        assertThat(connection.refused).isZero();
        assertThat(connection.headerBytes).isPositive();
        return per;
    }

    private void ask(BrokerHarness harness, byte[] header, ByteBuffer body, int times) {
        for (int i = 0; i < times; i++) {
            Frame head = decoder.decode(HeaderFormat.JSON, ByteBuffer.wrap(header));
            harness.hand(connection, head.withBody(body.duplicate()));
            harness.endPass(connection);
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    /// A connection that writes down its answers' headers, as a socket's does, and forgets them.
    private static final class Sink implements Connection {
        private final InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);
        private int answers;
        private long headerBytes;
        private int refused;

        @Override
        public InetSocketAddress remoteAddress() {
            return address;
        }

        @Override
        public void send(Frame head, Payload body) {
            headerBytes += HeaderEncoder.encode(head).length;
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
