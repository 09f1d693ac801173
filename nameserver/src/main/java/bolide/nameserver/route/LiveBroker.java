package bolide.nameserver.route;

import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.route.DataVersion;
import bolide.remoting.Connection;
import java.util.Optional;

/// One process that has registered: the master or a slave of a broker name.
///
/// @param identity which broker it is and where
/// @param haAddress `host:port` where slaves fetch its log; empty: nowhere
/// @param actingMaster whether a slave of its name may stand in for the master
/// @param version which state of its topics it has last reported
/// @param connection the one it was last heard on; none for a broker in this process, whose death
///   would be ours too
/// @param expiryNanos how long it may stay silent
/// @param seenNanos when it was last heard, by the monotonic clock
record LiveBroker(
        BrokerIdentity identity,
        String haAddress,
        boolean actingMaster,
        DataVersion version,
        Optional<Connection> connection,
        long expiryNanos,
        long seenNanos) {

    boolean isInProcess() {
        return connection.isEmpty();
    }

    LiveBroker seen(long nowNanos) {
        return new LiveBroker(
                identity, haAddress, actingMaster, version, connection, expiryNanos, nowNanos);
    }

    /// The connection counts from now on: the one before may close without meaning anything.
    LiveBroker heardOn(Connection latest, long nowNanos) {
        Optional<Connection> on = isInProcess() ? connection : Optional.of(latest);
        return new LiveBroker(
                identity, haAddress, actingMaster, version, on, expiryNanos, nowNanos);
    }

    boolean isExpired(long nowNanos) {
        return connection.isPresent() && nowNanos - seenNanos > expiryNanos;
    }

    /// @return whether its silence proves nothing, because it is this side that does not read
    boolean isUnheard() {
        return connection.isPresent() && connection.get().isOpen() && !connection.get().isReading();
    }

    boolean cameOn(Connection other) {
        return connection.isPresent() && connection.get() == other;
    }
}
