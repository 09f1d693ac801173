package bolide.remoting;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.FrameLimits;
import bolide.remoting.netty.ConnectionLimits;
import bolide.remoting.netty.NettyNetwork;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on a free port of the loopback interface, which echoes and does what a test adds. */
public final class RunningServer implements AutoCloseable {
    /** Answered with the request's fields and body. */
    public static final int ECHO = 1000;

    public static final int KIB = 1024;
    public static final int MIB = 1024 * KIB;
    public static final Duration SECOND = Duration.ofSeconds(1);

    public final NettyNetwork network;
    public final ExecutorService blocking = Executors.newCachedThreadPool();
    private final Network.Listener listener;

    public RunningServer(RequestTable table) {
        this(table, ConnectionLimits.DEFAULT, 0);
    }

    public RunningServer(RequestTable table, ConnectionLimits limits, int port) {
        network = new NettyNetwork(2, Thread::new, FrameLimits.SERVER, FrameLimits.CLIENT, limits);
        listener = network.listen(loopback(port), new RemotingServer(echoing(table), blocking));
    }

    public RunningServer(ConnectionEvents events, ConnectionLimits limits) {
        network = new NettyNetwork(2, Thread::new, FrameLimits.SERVER, FrameLimits.CLIENT, limits);
        listener = network.listen(loopback(0), events);
    }

    public static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    public InetSocketAddress address() {
        return listener.address();
    }

    /**
     * @return the address as clients write it
     */
    public String name() {
        return "127.0.0.1:" + address().getPort();
    }

    public RawPeer peer() {
        return RawPeer.of(address());
    }

    @Override
    public void close() {
        network.close();
        blocking.shutdownNow();
    }

    private static RequestTable echoing(RequestTable table) {
        return table.inline(
                ECHO, Echo::of, (echo, reply) -> reply.send(echo), RunningServer::answer);
    }

    private static Answer answer(Echo echo) {
        return new Answer(0, "", echo.fields(), Payload.of(echo.body()));
    }

    private record Echo(Fields fields, ByteBuffer body) {
        static Echo of(Frame frame) {
            ByteBuffer copy = ByteBuffer.allocate(frame.body().remaining());
            return new Echo(frame.fields(), copy.put(frame.body()).flip());
        }
    }
}
