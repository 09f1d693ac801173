package bolide.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.app.config.ServerConfig.Role;
import bolide.nameserver.config.Switch;
import bolide.store.commitlog.FlushPolicy;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/// Configuration files of Apache's broker and name server as they are.
final class ApacheFileTest {
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    @TempDir private Path directory;

    @BeforeEach
    void listen() {
        log.start();
        logger().setLevel(Level.WARN); // tests are silent otherwise
        logger().addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger().detachAppender(log);
        logger().setLevel(null);
    }

    @Test
    void shouldTakeTheFileThatABrokerComesWith() throws IOException {
        // given
        Path file =
                file(
                        """
                        # a comment
                        brokerClusterName = DefaultCluster
                        brokerName = broker-a
                        brokerId = 0
                        deleteWhen = 04
                        fileReservedTime = 48
                        brokerRole = ASYNC_MASTER
                        flushDiskType = ASYNC_FLUSH
                        """);

        // when
        ServerConfig config = read(file);

        // then
        assertThat(config.cluster()).isEqualTo("DefaultCluster");
        assertThat(config.name()).isEqualTo("broker-a");
        assertThat(config.retention().hour()).hasValue(4);
        assertThat(config.retention().age()).hasHours(48);
        assertThat(config.flush()).isEqualTo(FlushPolicy.ASYNC);
        assertThat(config.roles()).containsExactlyInAnyOrder(Role.BROKER, Role.NAMESERVER);
        assertThat(config.port()).isEmpty();
        assertThat(lines()).isEmpty();
    }

    @Test
    void shouldTakeCommentsInAnyEncoding() throws IOException {
        // given
        Path file = directory.resolve("broker.conf");
        Files.write(file, "# 集群\nbrokerName = broker-a\n".getBytes(Charset.forName("GBK")));

        // when / then
        assertThat(read(file).name()).isEqualTo("broker-a");
    }

    @Test
    void shouldRefuseABrokerThatWaitsForReplicas() throws IOException {
        // given
        Path file = file("brokerRole=SYNC_MASTER");

        // when / then
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("SYNC_MASTER")
                .hasMessageContaining("replicas are not there yet");
    }

    @Test
    void shouldTakeEachSettingThatThereIsHere() throws IOException {
        // given
        Path file =
                file(
                        """
                        listenPort=20911
                        bindAddress=127.0.0.2
                        brokerIP1=10.0.0.7
                        namesrvAddr=ns1:9876;ns2:9876
                        storePathRootDir=/srv/store
                        flushDiskType=sync_flush
                        flushIntervalCommitLog=250
                        diskMaxUsedSpaceRatio=70
                        autoCreateTopicEnable=false
                        autoCreateSubscriptionGroup=false
                        defaultTopicQueueNums=4
                        brokerPermission=4
                        mappedFileSizeCommitLog=1048576
                        """);

        // when
        ServerConfig config = read(file);

        // then
        assertThat(config.port()).contains(20911);
        assertThat(config.bind()).isEqualTo("127.0.0.2");
        assertThat(config.advertiseHost()).contains("10.0.0.7");
        assertThat(config.nameserver())
                .containsExactly(new HostPort("ns1", 9876), new HostPort("ns2", 9876));
        assertThat(config.data()).isEqualTo(Path.of("/srv/store"));
        assertThat(config.flush()).isEqualTo(FlushPolicy.SYNC);
        assertThat(config.flushIntervalMillis()).isEqualTo(250);
        assertThat(config.retention().cleanPercent()).isEqualTo(70);
        assertThat(config.autoCreateTopics()).isFalse();
        assertThat(config.autoCreateGroups()).isFalse();
        assertThat(config.defaultTopicQueues()).isEqualTo(4);
        assertThat(config.permission()).isEqualTo(4);
        assertThat(config.segmentBytes()).isEqualTo(1 << 20);
        assertThat(lines()).isEmpty();
    }

    @Test
    void shouldBeABrokerWhereTheFileNamesNameServers() throws IOException {
        // when
        ServerConfig config = read(file("brokerName=b\nnamesrvAddr=ns:9876\n"));

        // then: where Apache's broker listens
        assertThat(config.roles()).containsExactly(Role.BROKER);
        assertThat(config.port()).contains(10911);
    }

    @Test
    void shouldBeANameServerWhereTheFileIsOnes() throws IOException {
        // when
        ServerConfig config =
                read(
                        file(
                                """
                                listenPort=9999
                                orderMessageEnable=true
                                returnOrderTopicConfigToBroker=false
                                enableAllTopicList=false
                                enableTopicList=false
                                notifyMinBrokerIdChanged=true
                                serverWorkerThreads=8
                                """));

        // then
        assertThat(config.roles()).containsExactly(Role.NAMESERVER);
        assertThat(config.port()).contains(9999);
        assertThat(config.nameServerConfig().isOn(Switch.ORDER_IN_ROUTES)).isTrue();
        assertThat(config.nameServerConfig().isOn(Switch.ORDER_TO_BROKERS)).isFalse();
        assertThat(config.nameServerConfig().isOn(Switch.ALL_TOPIC_LIST)).isFalse();
        assertThat(config.nameServerConfig().isOn(Switch.TOPIC_LIST)).isFalse();
        assertThat(config.nameServerConfig().isOn(Switch.MIN_BROKER_NOTICE)).isTrue();
        assertThat(lines())
                .containsExactly(
                        "line 7: \"serverWorkerThreads\" is ignored: Bolide has other threads and"
                                + " queues");
    }

    @Test
    void shouldPreferItsOwnKeysAndTheCommandLine() throws IOException {
        // given
        Path file = file("brokerName=theirs\nname=ours\nlistenPort=1\nroles=broker\n");

        // when
        ServerConfig config =
                new Settings().readFile(file).put("port", Optional.of(2)).toConfig("host");

        // then
        assertThat(config.name()).isEqualTo("ours");
        assertThat(config.port()).contains(2);
        assertThat(config.roles()).containsExactly(Role.BROKER);
        assertThat(lines())
                .containsExactly(
                        "line 1: \"brokerName\" is ignored: the file's name stands above it");
    }

    @Test
    void shouldListEachIgnoredSettingOnceWithItsReason() throws IOException {
        // given
        Path file =
                file(
                        """
                        brokerName=b
                        haListenPort=10912
                        storePathCommitLog=/srv/log
                        enablePropertyFilter=true
                        sendMessageThreadPoolNums=16
                        aPluginsKey=1
                        haListenPort=10913
                        maxMessageSize=65536
                        deleteWhen=04;16
                        diskMaxUsedSpaceRatio=88
                        enableControllerMode=false
                        """);

        // when
        read(file);

        // then
        assertThat(lines())
                .containsExactlyInAnyOrder(
                        "line 7: \"haListenPort\" is ignored: there is no replication yet",
                        "line 3: \"storePathCommitLog\" is ignored: everything lies in"
                                + " storePathRootDir",
                        "line 4: \"enablePropertyFilter\" is ignored: SQL filters are not there"
                                + " yet",
                        "line 5: \"sendMessageThreadPoolNums\" is ignored: Bolide has other threads"
                                + " and queues",
                        "line 6: \"aPluginsKey\" is ignored: Bolide has no such setting",
                        "line 8: \"maxMessageSize\" is ignored: a message's body may have 4194304"
                                + " bytes",
                        "line 9: \"deleteWhen\" is not kept as it is: messages go for their age in"
                                + " the first hour only",
                        "line 10: \"diskMaxUsedSpaceRatio\" is not kept as it is: it counts as 85,"
                                + " above which messages go whatever their age");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fileReservedTime=0|has to be a whole number from 1 to 87600",
                "fileReservedTime=two|has to be a whole number from 1 to 87600",
                "listenPort=65536|has to be a whole number from 0 to 65535",
                "defaultTopicQueueNums=1025|has to be a whole number from 1 to 1024",
                "mapedFileSizeCommitLog=1073741825|has to be a whole number from 65536 to"
                        + " 1073741824",
                "flushIntervalCommitLog=0|has to be a whole number from 1 to 10000",
                "diskMaxUsedSpaceRatio=0|has to be a whole number from 1 to 100",
                "brokerPermission=8|has to be a whole number from 0 to 7",
                "flushDiskType=NEVER|has to be SYNC_FLUSH or ASYNC_FLUSH",
                "deleteWhen=24|has to be an hour, 00 to 23",
                "deleteWhen=04;|has to be an hour, 00 to 23",
                "autoCreateTopicEnable=yes|has to be true or false",
                "brokerName=a b|has to be 1 to 120 of a-z A-Z 0-9 _ - and none of the system's own"
                        + " topics",
                "brokerIP1=a b|has to be a host's name or number, such as 192.0.2.7",
                "brokerId=1|replicas are not there yet; start this broker as a master, with the id"
                        + " 0",
                "brokerRole=SLAVE|replicas are not there yet; start this broker as a master, with"
                        + " brokerRole ASYNC_MASTER",
                "enableDLegerCommitLog=true|there is no replication yet",
                "aclEnable=true|there is no authentication yet; leave it out, and let only those"
                        + " reach the server who may do anything",
                "authenticationEnabled=true|there is no authentication yet; leave it out, and let"
                        + " only those reach the server who may do anything"
            })
    void shouldNameFileLineKeyValueAndLimitOfAWrongValue(String setting, String rule)
            throws IOException {
        // given
        Path file = file("# first \\\n\n! next\nbrokerClusterName=c\n" + setting + "\n");
        String key = setting.substring(0, setting.indexOf('='));
        String value = setting.substring(setting.indexOf('=') + 1);

        // when / then
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(ConfigException.class)
                .hasMessage("%s, line 5: %s is \"%s\", but %s", file, key, value, rule);
    }

    @Test
    void shouldRefuseAClusterWhoseTopicForRepliesHadTooLongAName() throws IOException {
        // given
        Path file = file("brokerName=b\nbrokerClusterName=" + "c".repeat(116) + "\n");

        // when / then
        assertThatThrownBy(() -> read(file))
                .hasMessageStartingWith(file + ", line 2: brokerClusterName is \"ccc")
                .hasMessageContaining("(116 characters), but has to be 1 to 115 characters: with");
    }

    @Test
    void shouldTakeTheLastOfAKeyThatIsGivenTwiceAndSaySo() throws IOException {
        // given: one of each kind; what is ignored counts nowhere
        Path file =
                file(
                        """
                        brokerName=a
                        brokerRole=SLAVE
                        haListenPort=1
                        brokerName=b
                        brokerRole=ASYNC_MASTER
                        haListenPort=2
                        """);

        // when
        ServerConfig config = read(file);

        // then
        assertThat(config.name()).isEqualTo("b");
        assertThat(lines())
                .containsExactly(
                        "line 4: \"brokerName\" counts as it is here, not as in line 1",
                        "line 5: \"brokerRole\" counts as it is here, not as in line 2",
                        "line 6: \"haListenPort\" is ignored: there is no replication yet");
    }

    @Test
    void shouldNameTheOneWrongNameServer() throws IOException {
        // given
        Path file = file("namesrvAddr=a:1;b\n");

        // when / then
        assertThatThrownBy(() -> read(file))
                .hasMessageStartingWith(
                        file + ", line 1: namesrvAddr is \"b\", but has to be HOST");
    }

    @ParameterizedTest
    @CsvSource({
        "flush-disk-type, flushDiskType",
        "flushdisktype, flushDiskType",
        "brokername, brokerName",
        "default-topic-queue, default-topic-queues"
    })
    void shouldKnowNoKeyThatIsNeitherOnesName(String key, String nearest) throws IOException {
        // given
        Path file = file("brokerName=b\n" + key + "=1\n");

        // when / then
        assertThatThrownBy(() -> read(file))
                .hasMessage(
                        "%s, line 2: the key \"%s\" is unknown; did you mean %s?",
                        file, key, nearest);
    }

    @Test
    void shouldCountContinuedLinesAsTheyStandInTheFile() throws IOException {
        // given
        Path file = file("brokerName=\\\n  broken \\\n  over\n! no \\\nlistenPort=x\n");

        // when / then
        assertThatThrownBy(() -> read(file)).hasMessageStartingWith(file + ", line 5: listenPort");
    }

    private static ServerConfig read(Path file) {
        return new Settings().readFile(file).toConfig("host");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("broker.conf"), content);
    }

    private List<String> lines() {
        return log.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .map(line -> line.substring(line.indexOf("line ")))
                .toList();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(Settings.class);
    }
}
