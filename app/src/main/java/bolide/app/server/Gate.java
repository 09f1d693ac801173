package bolide.app.server;

import bolide.protocol.frame.Frame;
import bolide.remoting.Connection;
import bolide.remoting.ConnectionEvents;
import bolide.remoting.RemotingServer;

/// Turns connections away until the server behind it is ready: the port has to be known before
/// that.
final class Gate implements ConnectionEvents {
    private volatile ConnectionEvents behind = new Closed();

    void open(RemotingServer server) {
        behind = server;
    }

    @Override
    public void opened(Connection connection) {
        behind.opened(connection);
    }

    @Override
    public void received(Connection connection, Frame frame) {
        behind.received(connection, frame);
    }

    @Override
    public void receivedTooLong(Connection connection, Frame head, int bodyBytes) {
        behind.receivedTooLong(connection, head, bodyBytes);
    }

    @Override
    public void passEnded(Connection connection) {
        behind.passEnded(connection);
    }

    @Override
    public void closed(Connection connection) {
        behind.closed(connection);
    }

    /// Nobody is at home yet.
    private static final class Closed implements ConnectionEvents {
        @Override
        public void opened(Connection connection) {
            connection.close();
        }

        @Override
        public void received(Connection connection, Frame frame) {
            connection.close();
        }

        @Override
        public void receivedTooLong(Connection connection, Frame head, int bodyBytes) {
            connection.close();
        }

        @Override
        public void passEnded(Connection connection) {
            // Nothing was done that could be ended.
        }

        @Override
        public void closed(Connection connection) {
            // Nothing is kept of it.
        }
    }
}
