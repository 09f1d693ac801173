package bolide.remoting.netty;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.FrameLimits;
import bolide.protocol.frame.Language;
import bolide.protocol.frame.ProtocolException;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.frame.Version;
import bolide.remoting.Connection;
import bolide.remoting.ConnectionEvents;
import bolide.remoting.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: what its channel reads becomes events, in passes. A pass is all that the channel
 * had to read at one time; when more is to be sent than the peer takes, the pass ends early, and
 * what is left of it waits as it is.
 */
final class NettyConnection extends ChannelInboundHandlerAdapter
        implements Connection, FrameReader.Sink {
    private static final Logger LOG = LoggerFactory.getLogger(NettyConnection.class);
    private static final int NO_REQUEST = -1; // the number of a response that answers none

    private final Channel channel;
    private final ConnectionEvents events;
    private final StrangerLog strangers;
    private final FrameReader reader;
    private final Sender sender;
    private final Vigil vigil;
    private final Consumer<Connection> whenOpened;
    private volatile InetSocketAddress peer = InetSocketAddress.createUnresolved("nobody", 0);
    private volatile boolean reading = true;
    // The rest is the event loop's.
    private ByteBuf held = Unpooled.EMPTY_BUFFER; // read from the socket but not yet looked at
    private boolean handedOver; // something, in this pass
    private boolean opened;

    /**
     * @param accepted whether the peer came to us; if so it has to prove that it speaks the
     *     protocol
     * @param loop what the connections of the channel's event loop share
     * @param whenOpened run after the event, whatever came of that
     */
    NettyConnection(
            Channel channel,
            ConnectionEvents events,
            FrameLimits frames,
            ConnectionLimits limits,
            boolean accepted,
            LoopParts loop,
            StrangerLog strangers,
            Consumer<Connection> whenOpened) {
        this.channel = channel;
        this.events = events;
        this.strangers = strangers;
        this.reader = new FrameReader(frames, channel.alloc(), !accepted);
        this.sender = new Sender(channel, loop.encoder(), limits);
        this.vigil =
                new Vigil(
                        limits, loop.rounds(), reader::verified, sender::takenBytes, this::expired);
        this.whenOpened = whenOpened;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return peer;
    }

    @Override
    public void send(Frame head, Payload body) {
        sender.send(head, body);
    }

    @Override
    public void execute(Runnable task) {
        if (!sender.run(() -> runInPass(task))) {
            LOG.debug("a task for {} was dropped; its event loop has ended", peer);
        }
    }

    @Override
    public boolean isOpen() {
        return sender.isOpen();
    }

    @Override
    public boolean isReading() {
        return reading;
    }

    @Override
    public void close() {
        sender.close();
    }

    @Override
    public String toString() {
        return "connection of " + peer;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (channel.remoteAddress() instanceof InetSocketAddress address) {
            peer = address;
        }
        vigil.start();
        opened = true;
        try {
            events.opened(this);
        } finally {
            whenOpened.accept(this);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        vigil.heard();
        sender.beginPass();
        read(held.isReadable() ? Unpooled.wrappedBuffer(takeHeld(), in) : in);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        endPass();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!channel.isWritable()) {
            channel.config().setAutoRead(false); // ends the pass, if this is one
            if (!sender.inPass()) {
                settle();
            }
        } else if (!sender.inPass()) {
            sender.run(this::resume); // not now: this is called from within a write
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        vigil.stop();
        sender.closed();
        reader.close();
        takeHeld().release();
        if (opened) {
            opened = false;
            events.closed(this);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        if (failure instanceof IOException) {
            LOG.debug("the connection of {} failed", peer, failure);
            channel.close();
        } else {
            failed(failure);
        }
    }

    @Override
    public void frame(Frame frame) {
        handedOver = true;
        events.received(this, frame);
    }

    @Override
    public void tooLong(Frame head, int bodyBytes) {
        handedOver = true;
        events.receivedTooLong(this, head, bodyBytes);
    }

    @Override
    public boolean wantsMore() {
        return channel.isWritable() && sender.isOpen();
    }

    private void read(ByteBuf in) {
        try {
            reader.read(in, this);
        } catch (ProtocolException malformed) {
            part(malformed.getMessage());
        } finally {
            // Another thread may just have closed it: its task has to wait for the end of this
            // pass,
            // so a pass that went on with bytes nobody will answer would never end.
            if (in.isReadable() && sender.isOpen()) {
                held = in;
            } else {
                in.release();
            }
        }
    }

    private void endPass() {
        try {
            boolean more;
            do {
                if (handedOver) {
                    handedOver = false;
                    events.passEnded(this);
                }
                sender.flush();
                more = held.isReadable() && wantsMore();
                if (more) {
                    read(takeHeld());
                }
            } while (more);
        } finally {
            sender.endPass();
        }
        settle();
    }

    private void resume() {
        sender.beginPass();
        endOwnPass();
    }

    /** Ends a pass that the channel did not begin, and whose failures it does not see. */
    private void endOwnPass() {
        try {
            endPass();
        } catch (RuntimeException bug) {
            failed(bug);
        }
    }

    /** Reads on, or stops, by how much is waiting to be sent. */
    private void settle() {
        if (sender.isClosing()) {
            return;
        }
        boolean reads = channel.isWritable();
        if (reads != reading) {
            reading = reads;
            vigil.reading(reads);
        }
        if (reads != channel.config().isAutoRead()) {
            channel.config().setAutoRead(reads);
        }
    }

    private void runInPass(Runnable task) {
        if (!sender.isOpen()) {
            return;
        }
        sender.beginPass();
        try {
            task.run();
        } catch (RuntimeException bug) {
            LOG.error("a task of the connection of {} failed", peer, bug);
        } finally {
            endOwnPass();
        }
    }

    private void part(String reason) {
        strangers.closing(peer, reason);
        Frame unasked =
                new Frame(
                        reader.lastFormat(),
                        0,
                        Language.JAVA,
                        Version.OURS,
                        NO_REQUEST,
                        0,
                        "",
                        Fields.NONE,
                        Frame.emptyBody());
        send(
                unasked.answer(ResponseCode.SYSTEM_ERROR, reason, Fields.NONE, Frame.emptyBody()),
                Payload.empty());
        close();
    }

    private void failed(Throwable bug) {
        LOG.error("closing the connection of {} after a bug", peer, bug);
        channel.close();
    }

    private void expired(String failing) {
        if (!sender.isClosing()) {
            strangers.closing(peer, failing);
            channel.close();
        }
    }

    private ByteBuf takeHeld() {
        ByteBuf taken = held;
        held = Unpooled.EMPTY_BUFFER;
        return taken;
    }
}
