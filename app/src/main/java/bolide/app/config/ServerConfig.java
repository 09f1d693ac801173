package bolide.app.config;

import bolide.store.StoreConfig;
import bolide.store.commitlog.FlushPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What `serve` is told, by its options and its configuration file; each component is a key of that
/// file, written with hyphens, and every one may be left out.
///
/// @param port where the server listens, 0 to 65535; 0 takes a free one. Not given: 9876, and the
///   classic broker port 10911 beside it when that is free
/// @param bind the address to listen on; other than loopback only with `insecure`
/// @param advertise `host:port` that clients are given; not given: the address listened on
/// @param data the directory that holds everything
/// @param name the broker's name, 1 to 120 of a-z A-Z 0-9 _ -
/// @param cluster the cluster's name, likewise
/// @param roles what this process is: `nameserver`, `broker`, or both
/// @param nameserver name servers elsewhere, `host:port` each, to register the broker with
/// @param flush `sync` answers when a message is on disk, `async` when it is written
/// @param flushIntervalMillis under `async`, milliseconds between two syncs: 1 to 10000
/// @param segmentBytes length of a new log segment, bytes: 65536 to 1073741824
/// @param autoCreateTopics whether a topic comes into being when it is first used
/// @param defaultTopicQueues how many queues such a topic has at most: 1 to 1024
/// @param insecure whether anybody who reaches the address may do anything
public record ServerConfig(
        Optional<Integer> port,
        String bind,
        Optional<HostPort> advertise,
        Path data,
        String name,
        String cluster,
        Set<Role> roles,
        List<HostPort> nameserver,
        FlushPolicy flush,
        int flushIntervalMillis,
        long segmentBytes,
        boolean autoCreateTopics,
        int defaultTopicQueues,
        boolean insecure) {
    /// What a process can be.
    public enum Role {
        NAMESERVER,
        BROKER
    }

    public static final int CLASSIC_NAMESERVER_PORT = 9876;
    public static final int CLASSIC_BROKER_PORT = 10911;

    public StoreConfig store() {
        return new StoreConfig(flush, Duration.ofMillis(flushIntervalMillis), segmentBytes);
    }
}
