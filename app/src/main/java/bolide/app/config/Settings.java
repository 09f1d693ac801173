package bolide.app.config;

import bolide.store.commitlog.FlushPolicy;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/// Settings by key, as text: those of a file, and above them those of the command line.
public final class Settings {
    private static final Set<String> KEYS =
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
                    "auto-create-topics",
                    "default-topic-queues",
                    "insecure");
    private static final int LONGEST_NAME = 120;
    private static final String DEFAULT_BIND = "127.0.0.1";
    private static final int MOST_DEFAULT_QUEUES = 1024;

    private final Map<String, String> values = new LinkedHashMap<>();

    /// Takes the settings of a properties file; later ones replace earlier ones of the same key.
    ///
    /// @throws ConfigException when it cannot be read or has a key that does not exist
    public Settings readFile(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException absent) {
            throw new ConfigException("configuration file " + file + " does not exist");
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new ConfigException(
                    "configuration file " + file + " cannot be read: " + unreadable.getMessage());
        }
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            if (!KEYS.contains(key)) {
                throw new ConfigException(
                        "configuration file "
                                + file
                                + " has the unknown key '"
                                + key
                                + "'; did you mean '"
                                + NearestName.to(key, KEYS)
                                + "'?");
            }
            values.put(key, properties.getProperty(key).strip());
        }
        return this;
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
                optional("port").map(text -> (int) number("port", text, 0, 65_535)),
                text("bind", DEFAULT_BIND),
                optional("advertise").map(text -> HostPort.parse("advertise", text)),
                Path.of(text("data", "bolide-data")),
                name("name", text("name", defaultName)),
                name("cluster", text("cluster", "DefaultCluster")),
                roles(text("roles", "nameserver,broker")),
                addresses(text("nameserver", "")),
                flush(text("flush", "sync")),
                (int)
                        number(
                                "flush-interval-millis",
                                text("flush-interval-millis", "500"),
                                1,
                                10_000),
                number("segment-bytes", text("segment-bytes", "1073741824"), 65_536, 1_073_741_824),
                truth("auto-create-topics", text("auto-create-topics", "true")),
                (int)
                        number(
                                "default-topic-queues",
                                text("default-topic-queues", "8"),
                                1,
                                MOST_DEFAULT_QUEUES),
                truth("insecure", text("insecure", "false")));
    }

    private Optional<String> optional(String key) {
        return Optional.ofNullable(values.get(key));
    }

    private String text(String key, String fallback) {
        return values.getOrDefault(key, fallback);
    }

    private static long number(String key, String text, long lowest, long highest) {
        try {
            long number = Long.parseLong(text);
            if (number >= lowest && number <= highest) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw outOfRange(key, text, lowest, highest);
        }
        throw outOfRange(key, text, lowest, highest);
    }

    private static ConfigException outOfRange(String key, String text, long lowest, long highest) {
        return new ConfigException(
                key
                        + " is '"
                        + text
                        + "', but has to be a number from "
                        + lowest
                        + " to "
                        + highest);
    }

    private static boolean truth(String key, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw new ConfigException(
                            key + " is '" + text + "', but has to be true or false");
        };
    }

    private static String name(String key, String text) {
        if (text.isEmpty()
                || text.length() > LONGEST_NAME
                || !text.chars().allMatch(Settings::isNameCharacter)) {
            throw new ConfigException(
                    key
                            + " is '"
                            + text
                            + "', but has to be 1 to "
                            + LONGEST_NAME
                            + " characters of a-z A-Z 0-9 _ -");
        }
        return text;
    }

    private static boolean isNameCharacter(int c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '_'
                || c == '-';
    }

    private static Set<ServerConfig.Role> roles(String text) {
        Set<ServerConfig.Role> roles = EnumSet.noneOf(ServerConfig.Role.class);
        for (String word : text.split(",")) {
            switch (word.strip().toLowerCase(Locale.ROOT)) {
                case "nameserver" -> roles.add(ServerConfig.Role.NAMESERVER);
                case "broker" -> roles.add(ServerConfig.Role.BROKER);
                default ->
                        throw new ConfigException(
                                "roles is '"
                                        + text
                                        + "', but has to be nameserver, broker, or both with a"
                                        + " comma");
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
            default ->
                    throw new ConfigException(
                            "flush is '" + text + "', but has to be sync or async");
        };
    }
}
