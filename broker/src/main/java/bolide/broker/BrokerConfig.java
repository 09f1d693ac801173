package bolide.broker;

import bolide.broker.topic.TopicDefaults;
import bolide.protocol.route.BrokerIdentity;
import java.net.InetSocketAddress;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

/// What a broker is called and how it behaves.
///
/// @param identity its names, and the address that clients are given
/// @param storeHost that address, resolved: part of every message id
/// @param topics topics that are there without being made
/// @param autoCreateGroups whether a consumer group comes into being when it is first used
/// @param permission what it permits at its start, see [bolide.protocol.topic.Permission]
/// @param hotBytes what lies within so many bytes of the log's end is taken to be in memory
/// @param settings what people are shown who ask for the broker's settings, by the names of
///   Apache's broker
/// @param zone where it is midnight when figures by day begin anew
public record BrokerConfig(
        BrokerIdentity identity,
        InetSocketAddress storeHost,
        TopicDefaults topics,
        boolean autoCreateGroups,
        int permission,
        long hotBytes,
        Map<String, String> settings,
        ZoneId zone) {
    /// With no settings to show, and midnight by UTC.
    public BrokerConfig(
            BrokerIdentity identity,
            InetSocketAddress storeHost,
            TopicDefaults topics,
            boolean autoCreateGroups,
            int permission,
            long hotBytes) {
        this(
                identity,
                storeHost,
                topics,
                autoCreateGroups,
                permission,
                hotBytes,
                Map.of(),
                ZoneOffset.UTC);
    }
}
