package bolide.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.app.config.ServerConfig.Role;
import bolide.nameserver.config.NameServerConfig;
import bolide.protocol.topic.Names;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.retention.RetentionConfig;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// Every key: what it is when nobody says, its bounds at both ends, and what is said beyond them.
final class SettingsTest {
    private static final String LONGEST_NAME = "n".repeat(120);

    private static final RetentionConfig USUAL_RETENTION =
            new RetentionConfig(
                    Duration.ofHours(72),
                    Long.MAX_VALUE,
                    OptionalInt.empty(),
                    ZoneId.systemDefault(),
                    75,
                    85,
                    90);

    private static final Set<String> RETENTION_KEYS =
            Set.of(
                    "retention-hours",
                    "retention-bytes",
                    "retention-hour-of-day",
                    "disk-clean-percent",
                    "disk-force-percent",
                    "disk-refuse-percent");

    private static final Set<String> NAME_SERVER_KEYS =
            Set.of(
                    "order-in-routes",
                    "order-to-brokers",
                    "all-topic-list",
                    "topic-list",
                    "min-broker-notice");

    @TempDir private Path directory;

    @Test
    void shouldHaveAKeyForEachComponentAndNoOther() {
        // when
        Set<String> components =
                Stream.of(ServerConfig.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
        components.remove("retention");
        components.addAll(RETENTION_KEYS);
        components.remove("name-server-config");
        components.addAll(NAME_SERVER_KEYS);

        // then
        assertThat(Settings.KEYS).isEqualTo(components);
    }

    @Test
    void shouldNeedNoSetting() {
        // when
        ServerConfig config = new Settings().toConfig("host");

        // then
        assertThat(config)
                .isEqualTo(
                        new ServerConfig(
                                Optional.empty(),
                                "127.0.0.1",
                                Optional.empty(),
                                Optional.empty(),
                                Path.of("bolide-data"),
                                "host",
                                "DefaultCluster",
                                Set.of(Role.NAMESERVER, Role.BROKER),
                                List.of(),
                                FlushPolicy.SYNC,
                                500,
                                1 << 30,
                                USUAL_RETENTION,
                                true,
                                8,
                                true,
                                6,
                                NameServerConfig.DEFAULT,
                                false));
        assertThat(config.wantsClassicPort()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "port, 0",
        "port, 65535",
        "flush-interval-millis, 1",
        "flush-interval-millis, 10000",
        "retention-hours, 1",
        "retention-hours, 87600",
        "retention-bytes, 65536",
        "retention-hour-of-day, 0",
        "retention-hour-of-day, 23",
        "disk-clean-percent, 1",
        "disk-refuse-percent, 100",
        "segment-bytes, 65536",
        "segment-bytes, 1073741824",
        "default-topic-queues, 1",
        "default-topic-queues, 1024",
        "permission, 0",
        "permission, 7"
    })
    void shouldTakeNumbersAtTheirBounds(String key, long number) {
        // when
        ServerConfig config = of(key, Long.toString(number));

        // then
        long taken =
                switch (key) {
                    case "port" -> config.port().orElseThrow();
                    case "flush-interval-millis" -> config.flushIntervalMillis();
                    case "segment-bytes" -> config.segmentBytes();
                    case "retention-hours" -> config.retention().age().toHours();
                    case "retention-bytes" -> config.retention().bytes();
                    case "retention-hour-of-day" -> config.retention().hour().orElseThrow();
                    case "disk-clean-percent" -> config.retention().cleanPercent();
                    case "disk-refuse-percent" -> config.retention().refusePercent();
                    case "permission" -> config.permission();
                    default -> config.defaultTopicQueues();
                };
        assertThat(taken).isEqualTo(number);
        assertThat(config.store().retention()).isEqualTo(config.retention());
        assertThat(config.store().segmentBytes()).isEqualTo(config.segmentBytes());
        assertThat(config.store().flushInterval()).hasMillis(config.flushIntervalMillis());
    }

    @ParameterizedTest
    @CsvSource({
        "port, -1, 0 to 65535",
        "port, 65536, 0 to 65535",
        "flush-interval-millis, 0, 1 to 10000",
        "flush-interval-millis, 10001, 1 to 10000",
        "segment-bytes, 65535, 65536 to 1073741824",
        "segment-bytes, 1073741825, 65536 to 1073741824",
        "retention-hours, 0, 1 to 87600",
        "retention-hours, 87601, 1 to 87600",
        "retention-bytes, 65535, 65536 to 9223372036854775807",
        "retention-hour-of-day, 24, 0 to 23",
        "disk-clean-percent, 0, 1 to 100",
        "disk-force-percent, 101, 1 to 100",
        "disk-refuse-percent, 101, 1 to 100",
        "default-topic-queues, 0, 1 to 1024",
        "default-topic-queues, 1025, 1 to 1024",
        "permission, -1, 0 to 7",
        "permission, 8, 0 to 7"
    })
    void shouldRefuseNumbersBeyondTheirBounds(String key, String number, String bounds) {
        assertRefused(
                key,
                number,
                key + " is \"" + number + "\", but has to be a whole number from " + bounds);
    }

    @Test
    void shouldRefuseMarksOfTheDiskThatDoNotRise() {
        assertRefused(
                "disk-force-percent",
                "60",
                "disk-force-percent is \"60\", but has to lie between disk-clean-percent, 75, and"
                        + " disk-refuse-percent, 90");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1.5", "1e3", "0x10", "9223372036854775808", "1 2", "--1"})
    void shouldRefuseWhatIsNoNumber(String text) {
        for (String key :
                List.of("port", "flush-interval-millis", "segment-bytes", "default-topic-queues")) {
            assertRefused(key, text, key + " is \"" + text + "\", but has to be a whole number");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "Z9_-", "-", "DefaultCluster"})
    void shouldTakeNamesOfBrokersAndClusters(String name) {
        assertThat(of("name", name).name()).isEqualTo(name);
        assertThat(of("cluster", name).cluster()).isEqualTo(name);
        assertThat(of("name", LONGEST_NAME).name()).isEqualTo(LONGEST_NAME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "..",
                "a/b",
                "a b",
                "a%b",
                "a|b",
                "a@b",
                "ä",
                "a\0",
                "a\nb",
                "TBW102",
                "rmq_sys_bolide_state"
            })
    void shouldRefuseOtherNames(String name) {
        for (String key : List.of("name", "cluster")) {
            String longest = key.equals("name") ? "120" : "115";
            assertRefused(
                    key,
                    name,
                    "has to be 1 to "
                            + longest
                            + " of a-z A-Z 0-9 _ - and none of the system's own topics");
        }
        assertRefused("name", LONGEST_NAME + "n", "... (121 characters), but has to be 1 to 120");
    }

    @Test
    void shouldRefuseAClusterWhoseTopicForRepliesHadTooLongAName() {
        // given
        String longest = "c".repeat(115);

        // then
        assertThat(of("cluster", longest).cluster()).isEqualTo(longest);
        assertThat(Names.topicProblem(Names.replyTopic(longest))).isEmpty();
        assertRefused(
                "cluster",
                longest + "c",
                "... (116 characters), but has to be 1 to 115 characters: with _REPLY_TOPIC behind"
                        + " it is a topic, too, of at most 127; choose a shorter name");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false", "TRUE, true", "False, false"})
    void shouldTakeTrueAndFalse(String text, boolean meant) {
        assertThat(of("insecure", text).insecure()).isEqualTo(meant);
        assertThat(of("auto-create-topics", text).autoCreateTopics()).isEqualTo(meant);
        assertThat(of("auto-create-groups", text).autoCreateGroups()).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "1", "truee"})
    void shouldRefuseOtherTruths(String text) {
        assertRefused("insecure", text, "but has to be true or false");
        assertRefused("auto-create-topics", text, "but has to be true or false");
    }

    @Test
    void shouldTakeBothFlushPolicies() {
        assertThat(of("flush", "sync").flush()).isEqualTo(FlushPolicy.SYNC);
        assertThat(of("flush", "ASYNC").flush()).isEqualTo(FlushPolicy.ASYNC);
        assertThat(of("flush", "async").store().flush()).isEqualTo(FlushPolicy.ASYNC);
        assertRefused("flush", "never", "flush is \"never\", but has to be sync or async");
        assertRefused("flush", "", "flush is \"\", but has to be sync or async");
    }

    @Test
    void shouldTakeRoles() {
        assertThat(of("roles", "nameserver").roles()).containsExactly(Role.NAMESERVER);
        assertThat(of("roles", "Broker").roles()).containsExactly(Role.BROKER);
        assertThat(of("roles", " broker , nameserver ").roles())
                .containsExactlyInAnyOrder(Role.NAMESERVER, Role.BROKER);
        assertThat(of("roles", "nameserver").wantsClassicPort()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "broker,", "proxy", "broker;nameserver", "brokernameserver"})
    void shouldRefuseOtherRoles(String text) {
        assertRefused("roles", text, "has to be nameserver, broker, or both with a comma");
    }

    @Test
    void shouldTakeNameServersWithEitherSeparator() {
        assertThat(of("nameserver", "").nameserver()).isEmpty();
        assertThat(of("nameserver", "a:1").nameserver()).containsExactly(new HostPort("a", 1));
        assertThat(of("nameserver", "a:1; 10.0.0.2:65535,[::1]:3;").nameserver())
                .containsExactly(
                        new HostPort("a", 1),
                        new HostPort("10.0.0.2", 65535),
                        new HostPort("::1", 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nameserver", "advertise"})
    void shouldRefuseWhatIsNoAddress(String key) {
        for (String text : HostPortTest.WRONG) {
            if (!text.isEmpty()) {
                assertRefused(key, text, "has to be HOST:PORT with a port from 1 to 65535");
            }
        }
    }

    @Test
    void shouldNameTheOneWrongNameServer() {
        assertRefused("nameserver", "a:1;b", "nameserver is \"b\", but has to be HOST:PORT");
    }

    @Test
    void shouldTakeAnAddressToAdvertise() {
        assertThat(of("advertise", "broker.example.org:80").advertise())
                .contains(new HostPort("broker.example.org", 80));
    }

    @Test
    void shouldTakeAHostToAdvertise() {
        assertThat(of("advertise-host", "broker.example.org").advertiseHost())
                .contains("broker.example.org");
        assertThat(of("advertise-host", "fe80::1").advertiseHost()).contains("fe80::1");
        assertRefused(
                "advertise-host",
                "a:1;b",
                "advertise-host is \"a:1;b\", but has to be a host's name or number");
    }

    @Test
    void shouldTakeWhatANameServerDoes() {
        for (String key : NAME_SERVER_KEYS) {
            NameServerConfig on = of(key, "true").nameServerConfig();
            NameServerConfig off = of(key, "false").nameServerConfig();
            assertThat(on).as(key).isNotEqualTo(off);
            assertThat(Set.of(on, off)).as(key).contains(NameServerConfig.DEFAULT);
            assertRefused(key, "on", "but has to be true or false");
        }
    }

    @Test
    void shouldTakeAnyNamedDirectoryAndAddress() {
        assertThat(of("data", "/srv/böö lide").data()).isEqualTo(Path.of("/srv/böö lide"));
        assertThat(of("bind", "::1").bind()).isEqualTo("::1");
        assertRefused("data", "", "data is \"\", but something has to be named");
        assertRefused("data", "a\0b", "data is \"a?b\", but has to be the path of a directory");
        assertRefused("bind", "", "bind is \"\", but something has to be named");
    }

    @Test
    void shouldReadAFile() throws IOException {
        // given
        Path file = file("# a comment\nport = 1234\ncluster=Öst \n name: left\n");

        // when
        Settings settings = new Settings().readFile(file);

        // then
        assertThatThrownBy(() -> settings.toConfig("host"))
                .hasMessageStartingWith(file + ", line 3: cluster is \"Öst\", but has to be");
        ServerConfig config = settings.put("cluster", Optional.of("east")).toConfig("host");
        assertThat(config.port()).contains(1234);
        assertThat(config.name()).isEqualTo("left");
        assertThat(config.cluster()).isEqualTo("east");
    }

    @Test
    void shouldPreferTheCommandLineToTheFile() throws IOException {
        // given
        Path file = file("port=1\nflush=async\ninsecure=true\n");

        // when
        ServerConfig config =
                new Settings()
                        .readFile(file)
                        .put("port", Optional.of("2"))
                        .put("flush", Optional.empty())
                        .put("insecure", Optional.empty())
                        .toConfig("host");

        // then
        assertThat(config.port()).contains(2);
        assertThat(config.flush()).isEqualTo(FlushPolicy.ASYNC);
        assertThat(config.insecure()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "prot, port",
        "flushIntervalMillis, flush-interval-millis",
        "segment-size, segment-bytes",
        "auto.create.topics, auto-create-topics",
        "INSECURE, insecure"
    })
    void shouldSuggestTheNearestNameForAnUnknownKey(String key, String nearest) throws IOException {
        // given
        Path file = file("port=1\n" + key + "=1\n");

        // then
        assertThatThrownBy(() -> new Settings().readFile(file))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "%s, line 2: the key \"%s\" is unknown; did you mean %s?",
                        file, key, nearest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo-bar", "x", "timeout"})
    void shouldSuggestNothingForAnUnknownKeyThatIsNearToNone(String key) throws IOException {
        // given
        Path file = file("# a comment\n\n" + key + "=1\n");

        // then
        assertThatThrownBy(() -> new Settings().readFile(file))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "%s, line 3: the key \"%s\" is unknown; docs/configuration.md lists those"
                                + " that there are",
                        file, key);
    }

    @Test
    void shouldTakeTheLastOfAKeyThatIsGivenTwiceAndSaySo() throws IOException {
        // given
        Path file = file("port=0\nname=n\nport=1\n# port=2\n  port : 3\ncluster=c\n");
        Logger logger = (Logger) LoggerFactory.getLogger(Settings.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.setLevel(Level.WARN); // tests are silent otherwise
        logger.addAppender(log);

        // when
        ServerConfig config = new Settings().readFile(file).toConfig("host");
        logger.detachAppender(log);
        logger.setLevel(null);

        // then
        assertThat(config.port()).contains(3);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        file + ", line 5: \"port\" counts as it is here, not as in lines 1, 3");
    }

    @Test
    void shouldKeepAKeyOfAnyLengthInOneSentence() throws IOException {
        // given
        Path file = file("k\\n".repeat(10_000) + "=1");

        // then
        assertThatThrownBy(() -> new Settings().readFile(file))
                .isInstanceOf(ConfigException.class)
                .satisfies(failure -> assertThat(failure.getMessage().length()).isLessThan(400))
                .satisfies(failure -> assertThat(failure.getMessage()).hasLineCount(1));
    }

    @Test
    void shouldSayWhyAFileCannotBeRead() throws IOException {
        // given
        Path absent = directory.resolve("absent");
        Path noText = directory.resolve("no-text");
        Files.write(noText, new byte[] {'a', '=', (byte) 0xFF});
        Path malformed = file("port=\\u00zz");

        // then
        assertUnreadable(absent, "does not exist; name one that does, or leave --config out");
        assertUnreadable(directory, "cannot be read: Is a directory; it has to be lines of");
        assertUnreadable(
                noText, "cannot be read: it is not UTF-8 text, and line 1 is no comment; it has");
        assertUnreadable(malformed, "cannot be read: line 1: Malformed \\uxxxx encoding.; it has");
    }

    @Test
    void shouldHoldItsBoundsHoweverItIsMade() {
        // given
        Function<Integer, ServerConfig> make =
                port ->
                        new ServerConfig(
                                Optional.of(port),
                                "127.0.0.1",
                                Optional.empty(),
                                Optional.empty(),
                                directory,
                                "n",
                                "c",
                                Set.of(Role.BROKER),
                                List.of(),
                                FlushPolicy.SYNC,
                                500,
                                65_536,
                                USUAL_RETENTION,
                                true,
                                8,
                                true,
                                6,
                                NameServerConfig.DEFAULT,
                                false);

        // then
        assertThat(make.apply(65_535).port()).contains(65_535);
        assertThatThrownBy(() -> make.apply(65_536))
                .isInstanceOf(ConfigException.class)
                .hasMessage("port is \"65536\", but has to be a whole number from 0 to 65535");
    }

    private void assertRefused(String key, String value, String message) {
        assertThatThrownBy(() -> of(key, value))
                .as("%s=%s", key, value)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message)
                .satisfies(failure -> assertThat(failure.getMessage()).startsWith(key + " is "))
                .satisfies(failure -> assertThat(failure.getMessage()).hasLineCount(1));
    }

    private static void assertUnreadable(Path file, String message) {
        assertThatThrownBy(() -> new Settings().readFile(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("configuration file " + file + " " + message);
    }

    private static ServerConfig of(String key, String value) {
        return new Settings().put(key, Optional.of(value)).toConfig("host");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("bolide.properties"), content);
    }
}
