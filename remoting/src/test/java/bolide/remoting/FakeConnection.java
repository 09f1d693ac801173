package bolide.remoting;

import bolide.protocol.frame.Frame;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** A connection that keeps what is sent on it, and releases payloads only when it is closed. */
final class FakeConnection implements Connection {
    private final List<Frame> sent = new ArrayList<>();
    private final List<Payload> payloads = new ArrayList<>();
    private boolean open = true;
    private boolean reading = true;

    List<Frame> sent() {
        return sent;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return RunningServer.loopback(1);
    }

    @Override
    public void send(Frame head, Payload body) {
        sent.add(head);
        payloads.add(body);
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

    void stopReading() {
        reading = false;
    }

    @Override
    public void close() {
        open = false;
        payloads.forEach(payload -> payload.released().run());
        payloads.clear();
    }
}
