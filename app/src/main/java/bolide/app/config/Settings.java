package bolide.app.config;

import bolide.app.config.PropertiesFile.Entry;
import bolide.app.config.ServerConfig.Role;
import bolide.cli.NearestName;
import bolide.nameserver.config.NameServerConfig;
import bolide.nameserver.config.Switch;
import bolide.protocol.text.Excerpt;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.retention.RetentionConfig;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Settings by key, as text: those of a file, and above them those of the command line.
public final class Settings {
    static final Set<String> KEYS =
            Set.of(
                    "port",
                    "bind",
                    "advertise",
                    "advertise-host",
                    "data",
                    "name",
                    "cluster",
                    "roles",
                    "nameserver",
                    "flush",
                    "flush-interval-millis",
                    "segment-bytes",
                    "retention-hours",
                    "retention-bytes",
                    "retention-hour-of-day",
                    "disk-clean-percent",
                    "disk-force-percent",
                    "disk-refuse-percent",
                    "auto-create-topics",
                    "default-topic-queues",
                    "auto-create-groups",
                    "permission",
                    "order-in-routes",
                    "order-to-brokers",
                    "all-topic-list",
                    "topic-list",
                    "min-broker-notice",
                    "insecure");

    private static final Map<String, Switch> SWITCHES =
            Map.of(
                    "order-in-routes", Switch.ORDER_IN_ROUTES,
                    "order-to-brokers", Switch.ORDER_TO_BROKERS,
                    "all-topic-list", Switch.ALL_TOPIC_LIST,
                    "topic-list", Switch.TOPIC_LIST,
                    "min-broker-notice", Switch.MIN_BROKER_NOTICE);
    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Entry> origins = new HashMap<>(); // of the values of files

    /// Takes the settings of a properties file; of a key that is given more than once the last,
    /// which is told in the log. The file may be one of Apache's: what its names mean here is
    /// taken, the rest is listed in the log.
    ///
    /// @throws ConfigException when it cannot be read, has a key that does not exist, or one of
    ///   Apache's whose value cannot be used
    public Settings readFile(Path file) {
        List<Entry> entries = PropertiesFile.read(file);
        List<Entry> apaches = new ArrayList<>();
        boolean isApaches =
                entries.stream().anyMatch(entry -> ApacheKeys.find(entry.key()).isPresent());
        for (Entry entry : entries) {
            if (KEYS.contains(entry.key())) {
                put(entry.key(), entry.value(), entry);
            } else if (isApaches && isNamedLikeApaches(entry.key())) {
                apaches.add(entry);
            } else {
                throw unknown(entry, isApaches);
            }
        }
        Set<String> ours = Set.copyOf(values.keySet());
        apaches.forEach(entry -> take(entry, ours));
        deduceRoles(apaches);
        return this;
    }

    private static boolean isNamedLikeApaches(String key) {
        return key.indexOf('-') < 0 && !key.equals(key.toLowerCase(Locale.ROOT));
    }

    private static ConfigException unknown(Entry entry, boolean isApaches) {
        Set<String> known = new HashSet<>(KEYS);
        if (isApaches) {
            known.addAll(ApacheKeys.names());
        }
        return new ConfigException(
                entry.file()
                        + ", line "
                        + entry.line()
                        + ": the key "
                        + Excerpt.of(entry.key())
                        + " is unknown; "
                        + NearestName.near(entry.key(), known)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("docs/configuration.md lists those that there are"));
    }

    private static void tellOfEarlier(Entry entry) {
        if (!entry.earlier().isEmpty()) {
            tell(
                    entry,
                    "counts as it is here, not as in "
                            + (entry.earlier().size() == 1 ? "line " : "lines ")
                            + entry.earlier().stream()
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(", ")));
        }
    }

    /// @param above keys of ours that do not give way
    private void take(Entry entry, Set<String> above) {
        switch (ApacheKeys.of(entry.key())) {
            case ApacheKey.Mapped mapped when above.contains(mapped.key()) ->
                    tell(entry, "is ignored: the file's " + mapped.key() + " stands above it");
            case ApacheKey.Mapped mapped -> {
                put(mapped.key(), mapped(entry, mapped), entry);
                String loss = mapped.loss().apply(entry.value());
                if (!loss.isEmpty()) {
                    tell(entry, "is not kept as it is: " + loss);
                }
            }
            case ApacheKey.Ignored ignored -> {
                if (!ignored.isSame(entry.value())) {
                    tell(entry, "is ignored: " + ignored.reason());
                }
            }
            case ApacheKey.Demanding demanding -> {
                if (!demanding.isHarmless(entry.value())) {
                    throw entry.refused(demanding.rule());
                }
                tellOfEarlier(entry);
            }
        }
    }

    private static String mapped(Entry entry, ApacheKey.Mapped mapped) {
        try {
            return mapped.value().apply(entry.value());
        } catch (ApacheKey.Unusable unusable) {
            throw entry.refused(unusable.getMessage());
        }
    }

    private static void tell(Entry entry, String what) {
        LOG.warn("{}, line {}: {} {}", entry.file(), entry.line(), Excerpt.of(entry.key()), what);
    }

    /// A process of Apache's is either, and its file does not say which: a broker's names its name
    /// servers, a name server's has settings that no broker has.
    private void deduceRoles(List<Entry> apaches) {
        if (values.containsKey("roles")) {
            return;
        }
        if (apaches.stream().anyMatch(Settings::namesNameServers)) {
            values.put("roles", "broker");
            values.putIfAbsent("port", ApacheKeys.BROKER_PORT);
        } else if (apaches.stream().map(Entry::key).anyMatch(ApacheKeys::isOfNameServer)
                && apaches.stream().map(Entry::key).noneMatch(ApacheKeys::isOfBroker)) {
            values.put("roles", "nameserver");
        }
    }

    private static boolean namesNameServers(Entry entry) {
        return entry.key().equals(ApacheKeys.NAME_SERVERS) && !entry.value().isEmpty();
    }

    private void put(String key, String value, Entry origin) {
        values.put(key, value);
        origins.put(key, origin);
        tellOfEarlier(origin);
    }

    /// @return what was found to be wrong with a setting, with the place in the file that says so
    public ConfigException placed(ConfigException unusable) {
        Entry origin = origins.get(unusable.key());
        return origin == null ? unusable : origin.placed(unusable);
    }

    /// Takes one setting; nothing when there is no value.
    public Settings put(String key, Optional<?> value) {
        assert KEYS.contains(key) : key;
        value.ifPresent(present -> {
            values.put(key, present.toString());
            origins.remove(key);
        });
        return this;
    }

    /// @param defaultName what the broker is called when nobody says
    /// @throws ConfigException when a value cannot be used
    public ServerConfig toConfig(String defaultName) {
        try {
            return config(defaultName);
        } catch (ConfigException unusable) {
            throw placed(unusable);
        }
    }

    private ServerConfig config(String defaultName) {
        return new ServerConfig(
                optional("port").map(text -> (int) ServerConfig.PORTS.parse(text)),
                notEmpty("bind", text("bind", "127.0.0.1")),
                optional("advertise").map(text -> HostPort.parse("advertise", text)),
                optional("advertise-host").map(text -> HostPort.host("advertise-host", text)),
                directory(text("data", "bolide-data")),
                text("name", defaultName),
                text("cluster", "DefaultCluster"),
                roles(text("roles", "nameserver,broker")),
                addresses(text("nameserver", "")),
                flush(text("flush", "sync")),
                (int) ServerConfig.FLUSH_INTERVALS.parse(text("flush-interval-millis", "500")),
                ServerConfig.SEGMENTS.parse(text("segment-bytes", "1073741824")),
                retention(),
                truth("auto-create-topics", text("auto-create-topics", "true")),
                (int) ServerConfig.DEFAULT_QUEUES.parse(text("default-topic-queues", "8")),
                truth("auto-create-groups", true),
                (int) ServerConfig.PERMISSIONS.parse(text("permission", "6")),
                nameServerConfig(),
                truth("insecure", text("insecure", "false")));
    }

    private NameServerConfig nameServerConfig() {
        NameServerConfig config = NameServerConfig.DEFAULT;
        for (Map.Entry<String, Switch> each : SWITCHES.entrySet()) {
            Switch which = each.getValue();
            config = config.with(which, truth(each.getKey(), config.isOn(which)));
        }
        return config;
    }

    private boolean truth(String key, boolean fallback) {
        return truth(key, text(key, Boolean.toString(fallback)));
    }

    private RetentionConfig retention() {
        RetentionConfig usual = RetentionConfig.DEFAULT;
        int clean = percent(ServerConfig.DISK_CLEAN, usual.cleanPercent());
        int force = percent(ServerConfig.DISK_FORCE, usual.forcePercent());
        int refuse = percent(ServerConfig.DISK_REFUSE, usual.refusePercent());
        if (clean > force || force > refuse) {
            throw ConfigException.of(
                    "disk-force-percent",
                    Integer.toString(force),
                    "has to lie between disk-clean-percent, "
                            + clean
                            + ", and disk-refuse-percent, "
                            + refuse);
        }
        Optional<String> hour = optional("retention-hour-of-day");
        return new RetentionConfig(
                Duration.ofHours(
                        ServerConfig.RETENTION_HOURS.parse(
                                text("retention-hours", "" + usual.age().toHours()))),
                ServerConfig.RETENTION_BYTES.parse(text("retention-bytes", "" + usual.bytes())),
                hour.isEmpty()
                        ? OptionalInt.empty()
                        : OptionalInt.of((int) ServerConfig.RETENTION_HOUR.parse(hour.get())),
                ZoneId.systemDefault(),
                clean,
                force,
                refuse);
    }

    private int percent(Range range, int fallback) {
        return (int) range.parse(text(range.key(), "" + fallback));
    }

    private Optional<String> optional(String key) {
        return Optional.ofNullable(values.get(key));
    }

    private String text(String key, String fallback) {
        return values.getOrDefault(key, fallback);
    }

    private static String notEmpty(String key, String text) {
        if (text.isEmpty()) {
            throw ConfigException.of(key, text, "something has to be named; or leave it out");
        }
        return text;
    }

    private static Path directory(String text) {
        try {
            return Path.of(notEmpty("data", text));
        } catch (InvalidPathException impossible) {
            throw ConfigException.of("data", text, "has to be the path of a directory");
        }
    }

    private static boolean truth(String key, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ConfigException.of(key, text, "has to be true or false");
        };
    }

    private static Set<Role> roles(String text) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String word : text.split(",", -1)) {
            switch (word.strip().toLowerCase(Locale.ROOT)) {
                case "nameserver" -> roles.add(Role.NAMESERVER);
                case "broker" -> roles.add(Role.BROKER);
                default ->
                        throw ConfigException.of(
                                "roles",
                                text,
                                "has to be nameserver, broker, or both with a comma between them");
            }
        }
        return roles;
    }

    private static List<HostPort> addresses(String text) {
        List<HostPort> addresses = new ArrayList<>();
        for (String word : text.split("[;,]")) {
            if (!word.isBlank()) {
                addresses.add(HostPort.parse("nameserver", word.strip()));
            }
        }
        return addresses;
    }

    private static FlushPolicy flush(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "sync" -> FlushPolicy.SYNC;
            case "async" -> FlushPolicy.ASYNC;
            default -> throw ConfigException.of("flush", text, "has to be sync or async");
        };
    }
}
