package bolide.remoting;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Where connections come from: the machine's, or a simulated one. */
public interface Network extends AutoCloseable {
    /** A place where connections are accepted. */
    interface Listener extends AutoCloseable {
        /**
         * @return where it listens; the port is the chosen one when 0 was asked for
         */
        InetSocketAddress address();

        /** Accepts no more; connections that are open stay. */
        @Override
        void close();
    }

    /**
     * Accepts connections until the listener is closed.
     *
     * @throws NetworkException when the address cannot be had
     */
    Listener listen(InetSocketAddress address, ConnectionEvents events);

    /**
     * @return the connection; or failed with {@link NetworkException} when there is none in time
     */
    CompletionStage<Connection> connect(
            InetSocketAddress address, Duration timeout, ConnectionEvents events);

    /** Closes every listener and connection and ends the threads; waits for at most a second. */
    @Override
    void close();
}
