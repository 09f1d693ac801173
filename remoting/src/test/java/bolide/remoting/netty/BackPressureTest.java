package bolide.remoting.netty;

import static bolide.remoting.RunningServer.KIB;
import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.remoting.Answer;
import bolide.remoting.Connection;
import bolide.remoting.Eventually;
import bolide.remoting.Payload;
import bolide.remoting.RawPeer;
import bolide.remoting.Reply;
import bolide.remoting.RequestTable;
import bolide.remoting.RunningServer;
import bolide.remoting.Wire;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to answers that the peer does not take, and to their payloads. */
final class BackPressureTest {
    private static final int BULK = 2000; // answered with 64 KiB
    private static final int BULK_BYTES = 64 * KIB;
    private static final int REQUESTS = 1500;

    private final ByteBuffer bulk = bulk();
    private final AtomicInteger handled = new AtomicInteger();
    private final AtomicIntegerArray released = new AtomicIntegerArray(REQUESTS);
    private final CompletableFuture<Connection> seen = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private RunningServer server;
    private RawPeer peer;

    private void start(ConnectionLimits limits) {
        RequestTable table =
                new RequestTable()
                        .inline(BULK, Frame::opaque, this::answer, (Answer answer) -> answer)
                        .afterClose(connection -> closed.countDown());
        server = new RunningServer(table, limits, 0);
        peer = server.peer();
    }

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @Test
    void shouldStopReadingUntilThePeerTakesItsAnswers() {
        // given
        start(ConnectionLimits.DEFAULT);
        peer.send(requests());
        Connection connection = seen.join();

        // when
        boolean stopped = Eventually.holds(() -> !connection.isReading());
        int handledThen = handled.get();

        // then
        assertThat(stopped).isTrue();
        assertThat(handledThen).isLessThan(REQUESTS);
        for (int number = 0; number < REQUESTS; number++) {
            Frame answer = peer.receive();
            assertThat(answer.opaque()).isEqualTo(number);
            assertThat(answer.body().mismatch(bulk.duplicate())).isEqualTo(-1);
        }
        assertThat(Eventually.holds(connection::isReading)).isTrue();
        assertThat(Eventually.holds(() -> releasedInAll() == REQUESTS)).isTrue();
        assertReleasedOnce(REQUESTS);
    }

    @Test
    void shouldNotHandMoreOverThanFitsAboveTheMark() {
        // given
        start(ConnectionLimits.DEFAULT);
        peer.send(requests());
        Connection connection = seen.join();

        // when
        assertThat(Eventually.holds(() -> !connection.isReading())).isTrue();

        // then
        int kept = handled.get() - releasedInAll();
        assertThat(kept * BULK_BYTES)
                .isLessThanOrEqualTo(ConnectionLimits.DEFAULT.highMarkBytes() + 2 * BULK_BYTES);
    }

    @Test
    void shouldCloseWhoTakesNothingAndReleaseEveryPayloadOnce() throws InterruptedException {
        // given
        start(limits(Duration.ofSeconds(60), Duration.ofMillis(300)));
        peer.send(requests());

        // when
        boolean gone = closed.await(10, TimeUnit.SECONDS);

        // then
        assertThat(gone).isTrue();
        assertThat(seen.join().isOpen()).isFalse();
        assertThat(handled.get()).isLessThan(REQUESTS);
        assertReleasedOnce(handled.get());
    }

    @Test
    void shouldNotCallAPeerIdleThatIsNotReadFrom() {
        // given
        start(limits(Duration.ofMillis(250), Duration.ofSeconds(60)));
        peer.send(requests());
        assertThat(Eventually.holds(() -> !seen.join().isReading())).isTrue();

        // when
        keepBusyFor(Duration.ofMillis(800));

        // then
        assertThat(seen.join().isOpen()).isTrue();
        assertThat(peer.receive().opaque()).isZero();
    }

    @Test
    void shouldReleaseEachPayloadOnceWhenAConnectionIsLostAmongManySenders()
            throws InterruptedException {
        // given
        start(ConnectionLimits.DEFAULT);
        peer.send(Wire.request(BULK, 0));
        peer.receive();
        Connection connection = seen.join();
        int senders = 3;
        int each = (REQUESTS - 1) / senders;
        CountDownLatch done = new CountDownLatch(senders);

        // when
        for (int sender = 0; sender < senders; sender++) {
            int first = 1 + sender * each;
            server.blocking.execute(() -> {
                for (int number = first; number < first + each; number++) {
                    connection.send(Wire.request(0, number), payload(number));
                }
                done.countDown();
            });
        }
        peer.receive();
        peer.close();

        // then
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Eventually.holds(() -> releasedInAll() == 1 + senders * each)).isTrue();
        assertReleasedOnce(1 + senders * each);
    }

    @Test
    void shouldReleaseAtOnceWhatIsSentAfterClosing() throws InterruptedException {
        // given
        start(ConnectionLimits.DEFAULT);
        peer.send(Wire.request(BULK, 0));
        peer.receive();

        // when
        seen.join().close();
        seen.join().send(Wire.request(0, 1), payload(1));

        // then
        assertThat(released.get(1)).isEqualTo(1);
        assertThat(peer.isClosedByPeer()).isTrue();
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldReleaseAfterTheNetworkIsClosed() {
        // given
        start(ConnectionLimits.DEFAULT);
        peer.send(Wire.request(BULK, 0));
        peer.receive();

        // when
        server.close();
        seen.join().send(Wire.request(0, 1), payload(1));

        // then
        assertThat(released.get(1)).isEqualTo(1);
    }

    @Test
    void shouldSendBodiesInPieces() {
        // given
        start(ConnectionLimits.DEFAULT);
        peer.send(Wire.request(BULK, 0));
        peer.receive();
        ByteBuffer[] parts = {
            ByteBuffer.allocate(0),
            Wire.text("head "),
            bulk.duplicate(),
            bulk.duplicate().limit(3 * KIB).slice().asReadOnlyBuffer(),
            ByteBuffer.wrap(new byte[2 * KIB]).asReadOnlyBuffer(),
            Wire.text(" tail"),
        };

        // when
        seen.join().send(Wire.request(0, 1), new Payload(parts, () -> released.incrementAndGet(1)));
        ByteBuffer body = peer.receive().body();

        // then
        ByteBuffer whole = ByteBuffer.allocate(5 + BULK_BYTES + 5 * KIB + 5);
        for (ByteBuffer part : parts) {
            whole.put(part.duplicate());
        }
        assertThat(body.mismatch(whole.flip())).isEqualTo(-1);
        assertThat(Eventually.holds(() -> released.get(1) == 1)).isTrue();
    }

    private void answer(int number, Reply<Answer> reply) {
        handled.incrementAndGet();
        seen.complete(reply.caller().connection());
        reply.send(new Answer(0, "", Fields.NONE, payload(number)));
    }

    private Payload payload(int number) {
        return new Payload(
                new ByteBuffer[] {bulk.duplicate()}, () -> released.incrementAndGet(number));
    }

    private void keepBusyFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        try (RawPeer other = server.peer()) {
            while (System.nanoTime() < end) {
                other.ask(Wire.request(RunningServer.ECHO, 1));
            }
        }
    }

    private int releasedInAll() {
        int all = 0;
        for (int number = 0; number < REQUESTS; number++) {
            all += released.get(number);
        }
        return all;
    }

    private void assertReleasedOnce(int count) {
        for (int number = 0; number < count; number++) {
            assertThat(released.get(number)).as("payload %d", number).isEqualTo(1);
        }
        assertThat(releasedInAll()).isEqualTo(count);
    }

    private static byte[] requests() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int number = 0; number < REQUESTS; number++) {
            all.writeBytes(Wire.bytes(Wire.request(BULK, number)));
        }
        return all.toByteArray();
    }

    private static ConnectionLimits limits(Duration idle, Duration stalled) {
        return new ConnectionLimits(idle, Duration.ofSeconds(30), stalled, 128 * KIB, 512 * KIB);
    }

    private static ByteBuffer bulk() {
        ByteBuffer bytes = ByteBuffer.allocateDirect(BULK_BYTES);
        while (bytes.hasRemaining()) {
            bytes.put((byte) (bytes.position() * 31 >>> 5));
        }
        return bytes.flip().asReadOnlyBuffer();
    }
}
