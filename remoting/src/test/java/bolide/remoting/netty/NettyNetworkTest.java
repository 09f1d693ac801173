package bolide.remoting.netty;

import static bolide.remoting.RunningServer.SECOND;
import static bolide.remoting.RunningServer.loopback;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.remoting.Connection;
import bolide.remoting.Network;
import bolide.remoting.NetworkException;
import bolide.remoting.RemotingServer;
import bolide.remoting.RequestTable;
import bolide.remoting.Timers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listening, connecting and timers of the machine's network. */
final class NettyNetworkTest {
    private final AtomicInteger threads = new AtomicInteger();
    private final NettyNetwork network = new NettyNetwork(2, this::thread);
    private final RemotingServer nobody = new RemotingServer(new RequestTable(), Runnable::run);

    private Thread thread(Runnable task) {
        threads.incrementAndGet();
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }

    @AfterEach
    void stop() {
        network.close();
    }

    @Test
    void shouldRefuseAnAddressInUse() {
        // given
        Network.Listener listener = network.listen(loopback(0), nobody);

        // when // then
        assertThatThrownBy(() -> network.listen(listener.address(), nobody))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("cannot listen on")
                .hasMessageContaining("in use");
    }

    @Test
    void shouldServeSeveralListenersOnItsThreads() throws Exception {
        // given
        Network.Listener one = network.listen(loopback(0), nobody);
        Network.Listener two = network.listen(loopback(0), nobody);

        // when
        boolean open =
                network.connect(one.address(), SECOND, nobody).toCompletableFuture().get().isOpen()
                        && network.connect(two.address(), SECOND, nobody)
                                .toCompletableFuture()
                                .get()
                                .isOpen();

        // then
        assertThat(open).isTrue();
        assertThat(threads.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void shouldAcceptNoMoreAfterTheListenerIsClosed() throws Exception {
        // given
        CountDownLatch gone = new CountDownLatch(1);
        RemotingServer observer =
                new RemotingServer(
                        new RequestTable().afterClose(connection -> gone.countDown()),
                        Runnable::run);
        Network.Listener listener = network.listen(loopback(0), nobody);

        // when
        listener.close();
        CompletableFuture<Connection> connection =
                network.connect(listener.address(), SECOND, observer).toCompletableFuture();

        // then: the kernel refuses, or it resets what it had taken while the socket was closing
        boolean refused = connection.handle((open, failure) -> failure != null).get();
        assertThat(refused || gone.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldNameAnAddressWithoutNameAsItIsWritten() throws Exception {
        // given
        InetSocketAddress free = new InetSocketAddress("127.0.0.1", freeAddress().getPort());

        // when // then
        assertThatThrownBy(() -> network.connect(free, SECOND, nobody).toCompletableFuture().get())
                .cause()
                .hasMessage("no connection to 127.0.0.1:%d: Connection refused", free.getPort());
        network.close();
        assertThatThrownBy(() -> network.connect(free, SECOND, nobody).toCompletableFuture().get())
                .cause()
                .hasMessage("no connection to 127.0.0.1:%d: network is closed", free.getPort());
        assertThatThrownBy(() -> network.listen(free, nobody))
                .hasMessage("cannot listen on 127.0.0.1:%d: the network is closed", free.getPort());
    }

    @Test
    void shouldNotConnectToUnknownHosts() {
        // given
        InetSocketAddress unknown = InetSocketAddress.createUnresolved("nowhere", 1);

        // when // then
        assertThatThrownBy(
                        () -> network.connect(unknown, SECOND, nobody).toCompletableFuture().get())
                .cause()
                .isInstanceOf(NetworkException.class)
                .hasMessage("unknown host nowhere");
    }

    @Test
    void shouldRefuseEverythingOnceClosed() {
        // given
        network.close();

        // when // then
        assertThatThrownBy(() -> network.listen(loopback(0), nobody))
                .isInstanceOf(NetworkException.class);
        assertThatThrownBy(() ->
                        network.connect(loopback(1), SECOND, nobody).toCompletableFuture().get())
                .cause()
                .isInstanceOf(NetworkException.class);
        network.timers().after(0, threads::incrementAndGet).cancel();
        network.close();
    }

    @Test
    void shouldRunTimersOnItsThreadsUnlessTheyAreCancelled() throws Exception {
        // given
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> last = new CompletableFuture<>();
        AtomicInteger cancelled = new AtomicInteger();

        // when
        Timers.Timer timer = network.timers().after(20, cancelled::incrementAndGet);
        timer.cancel();
        timer.cancel();
        network.timers().after(-1, () -> first.complete(Thread.currentThread().getName()));
        network.timers().after(-1, () -> fail());
        network.timers().after(50, () -> last.complete("last"));

        // then
        assertThat(first.get(10, TimeUnit.SECONDS)).startsWith("io-");
        assertThat(last.get(10, TimeUnit.SECONDS)).isEqualTo("last");
        assertThat(cancelled.get()).isZero();
    }

    private static InetSocketAddress freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(loopback(0));
            return loopback(socket.getLocalPort());
        }
    }

    private static void fail() {
        throw new IllegalStateException("ends in the log");
    }
}
