package bolide.nameserver;

import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.route.BrokerRegistration;
import bolide.protocol.route.DataVersion;
import bolide.protocol.topic.TopicConfig;
import java.util.List;
import java.util.stream.Stream;

/// Registrations for tests to start from.
public final class Brokers {
    private Brokers() {}

    public static BrokerIdentity identity(String name, long id, String address) {
        return new BrokerIdentity("C1", name, id, address);
    }

    /// A master in version 1 of its topics, each with four queues.
    public static BrokerRegistration master(String name, String address, String... topics) {
        return registration(identity(name, 0, address), 1, topics);
    }

    public static BrokerRegistration slave(String name, String address, String... topics) {
        return registration(identity(name, 1, address), 1, topics);
    }

    public static BrokerRegistration registration(
            BrokerIdentity broker, long counter, String... topics) {
        return registration(broker, new DataVersion(0, 1, counter), topics);
    }

    public static BrokerRegistration registration(
            BrokerIdentity broker, DataVersion version, String... topics) {
        return registration(
                broker,
                0,
                version,
                Stream.of(topics).map(topic -> TopicConfig.of(topic, 4)).toList());
    }

    public static BrokerRegistration registration(
            BrokerIdentity broker,
            long expiryMillis,
            DataVersion version,
            List<TopicConfig> topics) {
        return new BrokerRegistration(
                broker, broker.address() + "/ha", expiryMillis, version, topics);
    }
}
