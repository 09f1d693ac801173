package bolide.remoting.netty;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.HeaderEncoder;
import bolide.remoting.Payload;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A connection's way out. Frames may come from any thread; those of one thread leave in the order
 * in which they came. During a pass of the event loop they are written as they come and flushed at
 * the pass's end; outside of one they wait in the outbox for a task of the loop, which takes all
 * that have come until then.
 */
final class Sender {
    private static final long PARTING_MILLIS = 1000; // for the peer to read what was sent and close

    private final Channel channel;
    private final EventLoop loop;
    private final FrameWriter writer;
    private final long stalledNanos;
    private final Outbox outbox = new Outbox();
    private final AtomicBoolean open = new AtomicBoolean(true);
    // The rest is the event loop's.
    private boolean inPass;
    private boolean closing;
    private Runnable stopClosing = () -> {};

    Sender(Channel channel, HeaderEncoder encoder, ConnectionLimits limits) {
        this.channel = channel;
        this.loop = channel.eventLoop();
        this.writer = new FrameWriter(channel, encoder);
        this.stalledNanos = limits.stalled().toNanos();
    }

    void send(Frame head, Payload body) {
        if (!open.get()) {
            body.released().run();
            return;
        }
        if (loop.inEventLoop() && inPass) {
            writeOutbox(); // so that nothing overtakes what the loop sent before the pass
            if (closing) {
                body.released().run();
            } else {
                writer.write(head, body);
            }
        } else if (outbox.add(Outgoing.of(head, body)) && !run(this::drain)) {
            releaseOutbox();
        }
    }

    /** Refuses what comes from now on, sends what came before, then closes the channel. */
    void close() {
        if (open.compareAndSet(true, false)) {
            if (loop.inEventLoop()) {
                beginClosing();
            } else {
                run(this::beginClosing);
            }
        }
    }

    boolean isOpen() {
        return open.get();
    }

    /**
     * @return whether the task will be run; false when the event loop has ended
     */
    boolean run(Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException ended) {
            return false;
        }
    }

    void beginPass() {
        inPass = true;
    }

    void flush() {
        writer.flush();
    }

    void endPass() {
        inPass = false;
    }

    boolean inPass() {
        return inPass;
    }

    /**
     * @return whether nothing is to be read or written any more
     */
    boolean isClosing() {
        return closing;
    }

    long takenBytes() {
        return writer.takenBytes();
    }

    /** The channel is closed. */
    void closed() {
        open.set(false);
        closing = true;
        stopClosing.run();
        writer.close();
        releaseOutbox();
    }

    private void drain() {
        writeOutbox();
        if (!inPass) {
            writer.flush();
        }
    }

    private void writeOutbox() {
        if (!outbox.isEmpty()) {
            for (Outgoing frame = outbox.takeAll(); frame != null; frame = frame.next) {
                write(frame);
            }
        }
    }

    private void write(Outgoing frame) {
        if (closing) {
            frame.body.released().run();
        } else {
            writer.write(frame);
        }
    }

    private void releaseOutbox() {
        for (Outgoing frame = outbox.takeAll(); frame != null; frame = frame.next) {
            frame.body.released().run();
        }
    }

    /**
     * What the peer has sent and nobody read would make the kernel reset the connection and the
     * peer lose what was sent last. So only this direction is shut at first; the channel is closed
     * when the peer does so too, or is not done with it in time.
     */
    private void beginClosing() {
        writeOutbox();
        closing = true;
        closeAfter(stalledNanos);
        writer.flushAll()
                .addListener(sent -> {
                    if (sent.isSuccess()) {
                        closeAfter(TimeUnit.MILLISECONDS.toNanos(PARTING_MILLIS));
                        ((DuplexChannel) channel).shutdownOutput();
                        channel.config().setAutoRead(true);
                    }
                });
    }

    private void closeAfter(long nanos) {
        stopClosing.run();
        ScheduledFuture<?> closed =
                loop.schedule(() -> channel.close(), nanos, TimeUnit.NANOSECONDS);
        stopClosing = () -> closed.cancel(false);
    }
}
