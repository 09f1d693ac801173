package bolide.client.simulated;

import bolide.protocol.frame.Frame;
import bolide.remoting.Connection;
import bolide.remoting.ConnectionEvents;
import bolide.remoting.Network;
import bolide.remoting.NetworkException;
import bolide.remoting.Payload;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A network within the test: a frame takes a millisecond unless said otherwise, all on the test's
 * own thread. Hosts can be cut off (connections break, new ones are refused) or made silent (frames
 * vanish).
 */
public final class MemoryNetwork implements Network {
    private static final long LATENCY_MILLIS = 1;

    private final ManualTime time;
    private final Map<InetSocketAddress, ConnectionEvents> listeners = new HashMap<>();
    private final Set<InetSocketAddress> cutOff = new HashSet<>();
    private final Set<InetSocketAddress> silent = new HashSet<>();
    private final List<End> accepted = new ArrayList<>();
    private int nextPort = 40_000;

    public MemoryNetwork(ManualTime time) {
        this.time = time;
    }

    @Override
    public Listener listen(InetSocketAddress address, ConnectionEvents events) {
        listeners.put(address, events);
        return new Listener() {
            @Override
            public InetSocketAddress address() {
                return address;
            }

            @Override
            public void close() {
                listeners.remove(address);
            }
        };
    }

    @Override
    public CompletionStage<Connection> connect(
            InetSocketAddress address, Duration timeout, ConnectionEvents events) {
        return connect(address, events, LATENCY_MILLIS);
    }

    /**
     * @return the same network from further away
     */
    public Network from(long latencyMillis) {
        return new Network() {
            @Override
            public Listener listen(InetSocketAddress address, ConnectionEvents events) {
                return MemoryNetwork.this.listen(address, events);
            }

            @Override
            public CompletionStage<Connection> connect(
                    InetSocketAddress address, Duration timeout, ConnectionEvents events) {
                return MemoryNetwork.this.connect(address, events, latencyMillis);
            }

            @Override
            public void close() {
                MemoryNetwork.this.close();
            }
        };
    }

    private CompletionStage<Connection> connect(
            InetSocketAddress address, ConnectionEvents events, long latencyMillis) {
        CompletableFuture<Connection> result = new CompletableFuture<>();
        time.after(
                latencyMillis,
                () -> {
                    ConnectionEvents listener = listeners.get(address);
                    if (listener == null || cutOff.contains(address)) {
                        result.completeExceptionally(
                                new NetworkException("no connection to " + address + ": refused"));
                        return;
                    }
                    End near = new End(events, address, address, latencyMillis);
                    End far =
                            new End(
                                    listener,
                                    new InetSocketAddress("127.0.0.1", nextPort++),
                                    address,
                                    latencyMillis);
                    near.peer = far;
                    far.peer = near;
                    accepted.add(far);
                    far.events.opened(far);
                    near.events.opened(near);
                    result.complete(near);
                });
        return result;
    }

    /** Breaks the host's connections and refuses new ones. */
    public void cutOff(String address) {
        InetSocketAddress host = parse(address);
        cutOff.add(host);
        breakConnections(address);
    }

    public void breakConnections(String address) {
        InetSocketAddress host = parse(address);
        List.copyOf(accepted).stream().filter(end -> end.host.equals(host)).forEach(End::close);
    }

    /** Lets every frame to and from the host vanish, though connections stay. */
    public void silence(String address) {
        silent.add(parse(address));
    }

    /** Takes back {@link #cutOff} and {@link #silence}. */
    public void restore(String address) {
        cutOff.remove(parse(address));
        silent.remove(parse(address));
    }

    @Override
    public void close() {
        List.copyOf(accepted).forEach(End::close);
    }

    static InetSocketAddress parse(String address) {
        int colon = address.lastIndexOf(':');
        return new InetSocketAddress(
                address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    /** One end of a connection. */
    private final class End implements Connection {
        private final ConnectionEvents events;
        private final InetSocketAddress remote;
        private final InetSocketAddress host;
        private final long latencyMillis;
        private End peer;
        private boolean open = true;

        End(
                ConnectionEvents events,
                InetSocketAddress remote,
                InetSocketAddress host,
                long latencyMillis) {
            this.events = events;
            this.remote = remote;
            this.host = host;
            this.latencyMillis = latencyMillis;
        }

        @Override
        public InetSocketAddress remoteAddress() {
            return remote;
        }

        @Override
        public void send(Frame head, Payload body) {
            ByteBuffer bytes = ByteBuffer.allocate(body.size());
            for (ByteBuffer part : body.parts()) {
                bytes.put(part.duplicate());
            }
            body.released().run();
            if (!open || silent.contains(host)) {
                return;
            }
            Frame frame = head.withBody(bytes.flip());
            time.after(latencyMillis, () -> peer.receive(frame));
        }

        private void receive(Frame frame) {
            if (open) {
                events.received(this, frame);
                events.passEnded(this);
            }
        }

        @Override
        public void execute(Runnable task) {
            time.after(0, task);
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public boolean isReading() {
            return true;
        }

        /** What was sent before arrives before the other end learns of it. */
        @Override
        public void close() {
            if (open) {
                open = false;
                accepted.remove(this);
                time.after(0, () -> events.closed(this));
                time.after(latencyMillis, () -> peer.close());
            }
        }
    }
}
