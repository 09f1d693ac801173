package bolide.broker.group;

import bolide.protocol.group.ConsumerData;
import bolide.protocol.group.Subscription;
import bolide.remoting.Connection;
import java.util.Optional;

/// One client as a member of one consumer group.
///
/// @param clientId names the client
/// @param connection where it is reached
/// @param data what it last said of itself
/// @param seenNanos when that was, by a clock that nobody sets
record Member(String clientId, Connection connection, ConsumerData data, long seenNanos) {
    Optional<Subscription> subscription(String topic) {
        for (Subscription subscription : data.subscriptions()) {
            if (subscription.topic().equals(topic)) {
                return Optional.of(subscription);
            }
        }
        return Optional.empty();
    }

    boolean saysTheSameAs(Member other) {
        return clientId.equals(other.clientId) && data.equals(other.data);
    }
}
