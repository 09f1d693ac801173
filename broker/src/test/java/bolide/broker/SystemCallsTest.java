package bolide.broker;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.FrameLimits;
import bolide.remoting.Network;
import bolide.remoting.netty.ConnectionLimits;
import bolide.remoting.netty.NettyNetwork;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.file.DirectoryVolume;
import io.netty.util.ResourceLeakDetector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Which system calls the server makes for a message, exactly, from the socket to the disk. What is
/// not named here is not done: an agent that sleeps on has been woken by nobody. A call that comes
/// or goes has to be written down here.
///
/// What goes by the clock is left out: retention, the looks after connections that are late, and in
/// the policy ASYNC the flusher. The log moves less than the megabyte after which the allocator is
/// woken.
@EnabledOnOs(OS.LINUX)
final class SystemCallsTest {
    private static final int LOOPS = 2;
    private static final int WARM_UP = 20; // the first times, classes are loaded, too
    private static final int COUNTED = 10;
    private static final int PASS = 64;
    private static final int PULLED = 32;
    private static final int FOUND = 0;
    private static final Duration LONG = Duration.ofHours(1);
    private static final ConnectionLimits NEVER_LATE =
            new ConnectionLimits(LONG, LONG, LONG, 128 * 1024, 512 * 1024);
    private static final Frame SEND =
            BrokerHarness.message("T", 0, "x".repeat(100), "TAGS\1TagA\2").encode();
    private static final Frame MAX_OFFSET =
            Frame.request(30, FakeClient.fields("topic", "T", "queueId", "0"));

    @TempDir private Path data;

    private FlushPolicy policy;
    private SystemCalls calls;
    private BrokerHarness broker;
    private NettyNetwork network;
    private SocketClient client;
    private SocketClient another; // of the other event loop

    /// Netty looks after some buffers by chance, for the first of which it loads classes.
    @BeforeAll
    static void leaveNothingToChance() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    private void start(FlushPolicy flush) {
        policy = flush;
        CountedVolume disk = new CountedVolume(new DirectoryVolume(data));
        calls = new SystemCalls(disk);
        broker = new BrokerHarness(disk, flush, 1 << 30, calls);
        network =
                new NettyNetwork(LOOPS, calls, FrameLimits.SERVER, FrameLimits.CLIENT, NEVER_LATE);
        Network.Listener listener = broker.listen(network);
        client = new SocketClient(listener.address());
        another = new SocketClient(listener.address());
        // However fast the disk is, the loops sleep when it has synced, and have to be woken.
        disk.beforeSync(calls::awaitIdleLoops);
    }

    @AfterEach
    void stop() {
        client.close();
        another.close();
        network.close();
        broker.close();
    }

    @Test
    void shouldReadOnceAndWriteOnceToLogAndSocketForAMessageAlone() {
        // given
        start(FlushPolicy.ASYNC);

        // when
        Map<String, Double> made = madeBy(() -> ask(SEND, 1));

        // then
        assertThat(made)
                .isEqualTo(
                        Map.of(
                                "io read", 1.0,
                                "io write", 2.0, // one of them the socket's
                                "io commitlog write", 1.0));
        assertThat(broker.maxOffset("T", 0)).isEqualTo(WARM_UP + COUNTED);
    }

    @Test
    void shouldDoNoMoreForAllMessagesThatArriveAtOnce() {
        // given
        start(FlushPolicy.ASYNC);

        // when
        Map<String, Double> made = madeBy(() -> ask(SEND, PASS));

        // then they are dispatched, too
        assertThat(made)
                .isEqualTo(
                        Map.of(
                                "io read", 1.0,
                                "io write", 2.0,
                                "io commitlog write", 1.0));
        assertThat(broker.maxOffset("T", 0)).isEqualTo((WARM_UP + COUNTED) * PASS);
    }

    @Test
    void shouldSyncOnceForAMessageAloneAndWakeItsLoop() {
        // given
        start(FlushPolicy.SYNC);

        // when
        Map<String, Double> made = madeBy(() -> ask(SEND, 1));

        // then a loop that is woken reads that, and Netty wakes it once more for nothing
        assertThat(made)
                .isEqualTo(
                        Map.of(
                                "io read", 3.0,
                                "io write", 3.0,
                                "io commitlog write", 1.0,
                                "flusher commitlog sync", 1.0,
                                "flusher write", 2.0, // one of them wakes the loop
                                "flusher flushed write", 1.0));
    }

    @Test
    void shouldSyncOnceForAllMessagesThatArriveAtOnce() {
        // given
        start(FlushPolicy.SYNC);

        // when
        Map<String, Double> made = madeBy(() -> ask(SEND, PASS));

        // then; how often the loop is woken while they are answered is a race
        made.keySet().removeAll(List.of("io read", "io write", "flusher write"));
        assertThat(made)
                .isEqualTo(
                        Map.of(
                                "io commitlog write", 1.0,
                                "flusher commitlog sync", 1.0,
                                "flusher flushed write", 1.0));
    }

    @Test
    void shouldReadOnceAndWriteOnceForAPullThatFindsMessages() {
        // given
        start(FlushPolicy.ASYNC);
        ask(SEND, PULLED);
        Frame pull = BrokerHarness.pull("T", 0, 0, "*").encode();

        // when
        Map<String, Double> made = madeBy(() -> ask(pull, 1));

        // then
        assertThat(made).isEqualTo(Map.of("io read", 1.0, "io write", 1.0));
    }

    @Test
    void shouldWakeOnlyTheLoopOfAPullThatWaits() {
        // given
        start(FlushPolicy.ASYNC);
        ask(SEND, 1);
        long[] end = {broker.maxOffset("T", 0)};

        // when
        Map<String, Double> made =
                madeBy(() -> {
                    Frame held = BrokerHarness.heldPull("T", 0, end[0]++, "*", 60_000).encode();
                    another.send(List.of(held, MAX_OFFSET));
                    assertThat(another.receive().code()).isZero(); // so the pull waits
                    calls.awaitIdleLoops();
                    ask(SEND, 1);
                    assertThat(another.receive().code()).isEqualTo(FOUND);
                    calls.awaitIdleLoops();
                });

        // then
        assertThat(made)
                .isEqualTo(
                        Map.of(
                                "io read", 4.0, // two requests, and twice that it was woken
                                "io write", 6.0, // log, three answers, and twice to wake it
                                "io commitlog write", 1.0));
    }

    private void ask(Frame request, int times) {
        client.send(Collections.nCopies(times, request));
        for (int i = 0; i < times; i++) {
            assertThat(client.receive().code()).isZero();
        }
    }

    private Map<String, Double> madeBy(Runnable exchange) {
        for (int i = 0; i < WARM_UP; i++) {
            exchange.run();
        }
        Map<String, Long> before = calls.soFar();
        for (int i = 0; i < COUNTED; i++) {
            exchange.run();
            calls.awaitIdleLoops();
        }
        Map<String, Double> made = new TreeMap<>();
        calls.soFar()
                .forEach((call, count) -> {
                    double each = (double) (count - before.getOrDefault(call, 0L)) / COUNTED;
                    if (each > 0 && !goesByTheClock(call)) {
                        made.put(call, each);
                    }
                });
        return made;
    }

    private boolean goesByTheClock(String call) {
        return call.startsWith("retention")
                || policy == FlushPolicy.ASYNC && call.startsWith("flusher");
    }
}
