package bolide.app.config;

import bolide.app.config.ServerConfig.Role;
import bolide.cli.NearestName;
import bolide.protocol.text.Excerpt;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.retention.RetentionConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/// Settings by key, as text: those of a file, and above them those of the command line.
public final class Settings {
    static final Set<String> KEYS =
            Set.of(
                    "port",
                    "bind",
                    "advertise",
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
                    "permission",
                    "insecure");

    private final Map<String, String> values = new LinkedHashMap<>();

    /// Takes the settings of a properties file; later ones replace earlier ones of the same key.
    ///
    /// @throws ConfigException when it cannot be read or has a key that does not exist
    public Settings readFile(Path file) {
        Properties properties = load(file);
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            if (!KEYS.contains(key)) {
                throw new ConfigException(
                        "configuration file "
                                + file
                                + " has the unknown key "
                                + Excerpt.of(key)
                                + "; did you mean "
                                + NearestName.to(key, KEYS)
                                + "?");
            }
            values.put(key, properties.getProperty(key).strip());
        }
        return this;
    }

    private static Properties load(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return properties;
        } catch (NoSuchFileException absent) {
            throw new ConfigException(
                    "configuration file "
                            + file
                            + " does not exist; name one that does, or leave --config out");
        } catch (CharacterCodingException otherEncoding) {
            throw unreadable(file, "it is not UTF-8 text");
        } catch (IOException | IllegalArgumentException failure) {
            throw unreadable(file, failure.getMessage());
        }
    }

    private static ConfigException unreadable(Path file, String reason) {
        return new ConfigException(
                "configuration file "
                        + file
                        + " cannot be read: "
                        + reason
                        + "; it has to be lines of key=value");
    }

    /// Takes one setting; nothing when there is no value.
    public Settings put(String key, Optional<?> value) {
        assert KEYS.contains(key) : key;
        value.ifPresent(present -> values.put(key, present.toString()));
        return this;
    }

    /// @param defaultName what the broker is called when nobody says
    /// @throws ConfigException when a value cannot be used
    public ServerConfig toConfig(String defaultName) {
        return new ServerConfig(
                optional("port").map(text -> (int) ServerConfig.PORTS.parse(text)),
                notEmpty("bind", text("bind", "127.0.0.1")),
                optional("advertise").map(text -> HostPort.parse("advertise", text)),
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
                (int) ServerConfig.PERMISSIONS.parse(text("permission", "6")),
                truth("insecure", text("insecure", "false")));
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
