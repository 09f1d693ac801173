package bolide.nameserver;

import bolide.protocol.frame.Frame;
import bolide.remoting.Connection;
import bolide.remoting.Payload;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/// A connection without a peer that keeps what is sent on it.
public final class FakeConnection implements Connection {
    private final Queue<Frame> sent = new ArrayDeque<>();
    private boolean open = true;
    private boolean reading = true;

    @Override
    public InetSocketAddress remoteAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 40000);
    }

    @Override
    public void send(Frame head, Payload body) {
        ByteBuffer bytes = ByteBuffer.allocate(body.size());
        for (ByteBuffer part : body.parts()) {
            bytes.put(part.duplicate());
        }
        sent.add(head.withBody(bytes.flip()));
        body.released().run();
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isReading() {
        return reading;
    }

    public void stopReading(boolean stopped) {
        reading = !stopped;
    }

    @Override
    public void close() {
        open = false;
    }

    /// @return the oldest frame sent and not yet taken
    public Frame taken() {
        return sent.remove();
    }
}
