package bolide.broker;

import bolide.remoting.netty.NettyNetwork;
import bolide.store.commitlog.FlushPolicy;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A broker on a socket, with threads for requests that wait.
final class ListeningBroker implements AutoCloseable {
    final BrokerHarness broker;
    final InetSocketAddress address;
    private final NettyNetwork network;
    private final ExecutorService waiting;

    ListeningBroker(Path data) {
        broker = new BrokerHarness(data, FlushPolicy.SYNC);
        network = new NettyNetwork(2, Thread.ofPlatform().daemon(true).factory());
        waiting = Executors.newVirtualThreadPerTaskExecutor();
        address = broker.listen(network, waiting).address();
    }

    @Override
    public void close() {
        network.close();
        waiting.close();
        broker.close();
    }
}
