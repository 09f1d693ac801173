package bolide.broker.group;

import bolide.protocol.group.ClientConnection;
import bolide.protocol.group.ConsumerData;
import bolide.protocol.group.Heartbeat;
import bolide.protocol.group.Subscription;
import bolide.remoting.Caller;
import bolide.remoting.Connection;
import java.util.Optional;

/// One client as a member of one consumer group.
///
/// @param client who and where it is
/// @param connection where it is reached
/// @param data what it last said of itself
/// @param statement what of that all members should say alike
/// @param seenNanos when it said so, by a clock that nobody sets
record Member(
        ClientConnection client,
        Connection connection,
        ConsumerData data,
        Statement statement,
        long seenNanos) {
    /// @param before the same member as it was; empty when it is new
    static Member of(
            Heartbeat heartbeat,
            Caller caller,
            ConsumerData data,
            Optional<Member> before,
            long seenNanos) {
        return new Member(
                Clients.of(heartbeat, caller),
                caller.connection(),
                data,
                before.filter(member -> member.data.equals(data))
                        .map(Member::statement)
                        .orElseGet(() -> Statement.of(data)),
                seenNanos);
    }

    Optional<Subscription> subscription(String topic) {
        for (Subscription subscription : data.subscriptions()) {
            if (subscription.topic().equals(topic)) {
                return Optional.of(subscription);
            }
        }
        return Optional.empty();
    }

    boolean saysTheSameAs(Member other) {
        return client.clientId().equals(other.client.clientId()) && data.equals(other.data);
    }
}
