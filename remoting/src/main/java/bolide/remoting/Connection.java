package bolide.remoting;

import bolide.protocol.frame.Frame;
import java.net.InetSocketAddress;

/**
 * One open connection, as handlers see it. Equal only to itself. Methods may be called on any
 * thread and never wait.
 */
public interface Connection {
    InetSocketAddress remoteAddress();

    /**
     * Sends a frame; its own body is ignored in favour of the payload. After {@link #close} nothing
     * is sent and the payload is released at once.
     */
    void send(Frame head, Payload body);

    /** Runs the task on the thread that owns this connection; dropped once it is closed. */
    void execute(Runnable task);

    boolean isOpen();

    /**
     * @return false while this side has stopped reading because the peer does not take what is sent
     *     to it; the peer's silence proves nothing then
     */
    boolean isReading();

    /** Closes after what has been sent so far. */
    void close();
}
