package bolide.app.config;

import bolide.nameserver.config.NameServerConfig;
import bolide.protocol.topic.Names;
import bolide.store.StoreConfig;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.index.Generation;
import bolide.store.retention.RetentionConfig;
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
/// @param advertiseHost the host that clients are given, with the port listened on; `advertise`
///   stands above it
/// @param data the directory that holds everything
/// @param name the broker's name, 1 to 120 of a-z A-Z 0-9 _ -, and none that the system keeps
/// @param cluster the cluster's name, likewise, but of 1 to 115
/// @param roles what this process is: `nameserver`, `broker`, or both
/// @param nameserver name servers elsewhere, `host:port` each, to register the broker with
/// @param flush `sync` answers when a message is on disk, `async` when it is written
/// @param flushIntervalMillis under `async`, milliseconds between two syncs: 1 to 10000
/// @param segmentBytes length of a new log segment, bytes: 65536 to 1073741824
/// @param retention how long messages stay
/// @param autoCreateTopics whether a topic comes into being when it is first used
/// @param defaultTopicQueues how many queues such a topic has at most: 1 to 1024
/// @param autoCreateGroups whether a consumer group comes into being when it is first used
/// @param permission what may be done with topics here: 6 read and write, 4 read, 2 write, 0
///   nothing
/// @param nameServerConfig what the name server does beside answering for routes
/// @param insecure whether anybody who reaches the address may do anything
public record ServerConfig(
        Optional<Integer> port,
        String bind,
        Optional<HostPort> advertise,
        Optional<String> advertiseHost,
        Path data,
        String name,
        String cluster,
        Set<Role> roles,
        List<HostPort> nameserver,
        FlushPolicy flush,
        int flushIntervalMillis,
        long segmentBytes,
        RetentionConfig retention,
        boolean autoCreateTopics,
        int defaultTopicQueues,
        boolean autoCreateGroups,
        int permission,
        NameServerConfig nameServerConfig,
        boolean insecure) {
    /// What a process can be.
    public enum Role {
        NAMESERVER,
        BROKER
    }

    public static final int CLASSIC_NAMESERVER_PORT = 9876;
    public static final int CLASSIC_BROKER_PORT = 10911;

    static final Range PORTS = new Range("port", 0, 65_535);
    static final Range FLUSH_INTERVALS =
            new Range(
                    "flush-interval-millis",
                    StoreConfig.SHORTEST_INTERVAL.toMillis(),
                    StoreConfig.LONGEST_INTERVAL.toMillis());
    static final Range SEGMENTS =
            new Range(
                    "segment-bytes",
                    StoreConfig.SMALLEST_SEGMENT_BYTES,
                    StoreConfig.LARGEST_SEGMENT_BYTES);
    static final Range RETENTION_HOURS = new Range("retention-hours", 1, 87_600);
    static final Range RETENTION_BYTES =
            new Range("retention-bytes", RetentionConfig.FEWEST_BYTES, Long.MAX_VALUE);
    static final Range RETENTION_HOUR = new Range("retention-hour-of-day", 0, 23);
    static final Range DISK_CLEAN = new Range("disk-clean-percent", 1, 100);
    static final Range DISK_FORCE = new Range("disk-force-percent", 1, 100);
    static final Range DISK_REFUSE = new Range("disk-refuse-percent", 1, 100);
    static final Range PERMISSIONS = new Range("permission", 0, 7);
    static final Range DEFAULT_QUEUES = new Range("default-topic-queues", 1, 1024);

    private static final int LONGEST_NAME = 120;

    /// @throws ConfigException when a value is outside of its bounds
    public ServerConfig {
        port.ifPresent(PORTS::check);
        checkName("name", name, LONGEST_NAME);
        if (cluster.length() > Names.LONGEST_CLUSTER) {
            throw ConfigException.of(
                    "cluster",
                    cluster,
                    "has to be 1 to "
                            + Names.LONGEST_CLUSTER
                            + " characters: with "
                            + Names.REPLY_SUFFIX
                            + " behind it is a topic, too, of at most "
                            + Names.LONGEST_TOPIC
                            + "; choose a shorter name");
        }
        checkName("cluster", cluster, Names.LONGEST_CLUSTER);
        if (roles.isEmpty()) {
            throw ConfigException.of("roles", "", "a server is nameserver, broker, or both");
        }
        FLUSH_INTERVALS.check(flushIntervalMillis);
        SEGMENTS.check(segmentBytes);
        DEFAULT_QUEUES.check(defaultTopicQueues);
        PERMISSIONS.check(permission);
        roles = Set.copyOf(roles);
        nameserver = List.copyOf(nameserver);
    }

    private static void checkName(String key, String name, int longest) {
        if (!isName(name)) {
            throw ConfigException.of(
                    key,
                    name,
                    "has to be 1 to "
                            + longest
                            + " of a-z A-Z 0-9 _ - and none of the system's own topics");
        }
    }

    /// @return whether a broker may be called so, and a cluster of a shorter name; both are topics,
    ///   too
    public static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_NAME
                && text.chars().allMatch(ServerConfig::isNameCharacter)
                && !Names.isSystem(text);
    }

    private static boolean isNameCharacter(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '_'
                || c == '-';
    }

    /// @return whether the classic broker port is to be had, too
    public boolean wantsClassicPort() {
        return port.isEmpty() && roles.contains(Role.BROKER);
    }

    public StoreConfig store() {
        return new StoreConfig(
                flush,
                Duration.ofMillis(flushIntervalMillis),
                segmentBytes,
                Generation.Limits.DEFAULT,
                retention);
    }
}
