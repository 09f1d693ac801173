package bolide.broker.group;

import bolide.protocol.group.ClientConnection;
import bolide.protocol.group.Heartbeat;
import bolide.remoting.Caller;
import java.net.InetSocketAddress;

/// Who is behind a connection, as tools are told.
final class Clients {
    private Clients() {}

    static ClientConnection of(Heartbeat heartbeat, Caller caller) {
        InetSocketAddress remote = caller.connection().remoteAddress();
        return new ClientConnection(
                heartbeat.clientId(),
                remote.getAddress().getHostAddress() + ":" + remote.getPort(),
                caller.language(),
                caller.version());
    }
}
