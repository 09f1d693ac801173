package bolide.broker;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.remoting.Connection;
import bolide.remoting.Payload;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/// A connection whose other end is the test: what is sent to it is kept.
final class FakeClient implements Connection {
    private final InetSocketAddress address;
    private final List<Frame> received = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    volatile boolean open = true;
    volatile boolean reading = true;

    /// What happens when somebody asks whether it is read from.
    volatile Runnable whenAsked = () -> {};

    FakeClient(int port) {
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return address;
    }

    @Override
    public void send(Frame head, Payload body) {
        if (open) {
            ByteBuffer copy = ByteBuffer.allocate(body.size());
            for (ByteBuffer part : body.parts()) {
                copy.put(part.duplicate());
            }
            received.add(head.withBody(copy.flip()));
        }
        body.released().run();
    }

    @Override
    public void execute(Runnable task) {
        if (open) {
            tasks.add(task);
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isReading() {
        whenAsked.run();
        return reading;
    }

    @Override
    public void close() {
        open = false;
    }

    /// Runs what was to run on the connection's thread.
    void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /// @return the responses with that number, none yet or one
    List<Frame> responses(int opaque) {
        runTasks();
        return received.stream()
                .filter(frame -> frame.isResponse() && frame.opaque() == opaque)
                .toList();
    }

    /// @return codes of the requests that the server made, forgotten with this call
    List<Integer> takeNews() {
        List<Integer> news = new ArrayList<>();
        for (Frame frame : received) {
            if (!frame.isResponse()) {
                news.add(frame.code());
                received.remove(frame);
            }
        }
        return news;
    }

    /// Keeps nothing of what was received so far.
    void forget() {
        received.clear();
    }

    static Fields fields(String... namesAndValues) {
        Fields.Builder fields = Fields.builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields.build();
    }
}
