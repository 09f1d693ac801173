package bolide.remoting;

import bolide.protocol.frame.Frame;
import java.util.concurrent.Executor;

/** Serves the requests of a table to whoever connects. */
public final class RemotingServer implements ConnectionEvents {
    private final RequestTable table;
    private final Executor blocking;

    /**
     * @param blocking runs the handlers that may wait, each on a thread of its own
     */
    public RemotingServer(RequestTable table, Executor blocking) {
        this.table = table;
        this.blocking = blocking;
    }

    @Override
    public void opened(Connection connection) {}

    @Override
    public void received(Connection connection, Frame frame) {
        throw new UnsupportedOperationException(table.toString() + blocking);
    }

    @Override
    public void receivedTooLong(Connection connection, Frame head, int bodyBytes) {}

    @Override
    public void passEnded(Connection connection) {}

    @Override
    public void closed(Connection connection) {}
}
