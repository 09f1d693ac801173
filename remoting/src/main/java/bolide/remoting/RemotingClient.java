package bolide.remoting;

import bolide.protocol.frame.Frame;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Asks servers and waits for their answers; keeps one connection per address, opened on first use
 * and opened again after it was lost.
 */
public final class RemotingClient implements AutoCloseable {
    private final Network network;
    private final Timers timers;
    private final RequestTable table;

    /**
     * @param table serves what servers ask of this side
     */
    public RemotingClient(Network network, Timers timers, RequestTable table) {
        this.network = network;
        this.timers = timers;
        this.table = table;
    }

    /**
     * @param address {@code host:port}
     * @return the response, whatever its code, its body the caller's to keep; or failed with {@link
     *     NetworkException} when there is no connection, it is lost, or the time is up
     */
    public CompletableFuture<Frame> request(String address, Frame request, Duration timeout) {
        throw new UnsupportedOperationException("" + network + timers + table);
    }

    /** Sends without waiting for an answer; a failure is only logged. */
    public void oneWay(String address, Frame request) {
        throw new UnsupportedOperationException();
    }

    /** Fails what is still waited for and closes the connections; the network stays open. */
    @Override
    public void close() {}
}
