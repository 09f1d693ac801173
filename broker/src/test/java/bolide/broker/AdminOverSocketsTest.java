package bolide.broker;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.HeaderFormat;
import bolide.protocol.frame.Language;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.group.GroupConfig;
import bolide.protocol.group.Subscription;
import bolide.protocol.offset.TopicStats;
import bolide.protocol.route.TopicTable;
import bolide.protocol.topic.CreateTopic;
import bolide.protocol.topic.TopicConfig;
import bolide.remoting.Network;
import bolide.remoting.netty.NettyNetwork;
import bolide.store.commitlog.FlushPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Tools and clients on connections of their own, in both formats of headers.
final class AdminOverSocketsTest {
    private static final int OFFLINE = 206;

    @TempDir Path data;
    private BrokerHarness broker;
    private NettyNetwork network;
    private SocketClient tool;
    private SocketClient member;

    @BeforeEach
    void open() {
        broker = new BrokerHarness(data, FlushPolicy.SYNC);
        network = new NettyNetwork(1, Thread.ofPlatform().daemon(true).factory());
        Network.Listener listener = broker.listen(network);
        tool = new SocketClient(listener.address());
        member = new SocketClient(listener.address());
    }

    @AfterEach
    void close() {
        tool.close();
        member.close();
        network.close();
        broker.close();
    }

    private static Frame in(HeaderFormat format, Frame request) {
        return new Frame(
                format,
                request.code(),
                Language.GO,
                401,
                7,
                request.flag(),
                request.remark(),
                request.fields(),
                request.body());
    }

    private static Frame request(int code, String... fields) {
        return Frame.request(code, FakeClient.fields(fields));
    }

    @ParameterizedTest
    @EnumSource(HeaderFormat.class)
    void shouldServeTools(HeaderFormat format) {
        // given
        TopicConfig topic = TopicConfig.of("T", 2);
        Frame creation = CreateTopic.encodeList(List.of(topic));
        assertThat(tool.ask(in(format, creation)).code()).isZero();
        Frame group = GroupConfig.encodeList(List.of(GroupConfig.of("G")));
        assertThat(tool.ask(in(format, group)).code()).isZero();

        // when
        Frame topics = tool.ask(in(format, request(RequestCode.GET_ALL_TOPIC_CONFIG)));
        Frame stats = tool.ask(in(format, request(RequestCode.GET_TOPIC_STATS_INFO, "topic", "T")));
        Frame settings =
                tool.ask(
                        in(
                                format,
                                request(RequestCode.GET_SUBSCRIPTIONGROUP_CONFIG, "group", "G")));
        Frame deletion =
                tool.ask(
                        in(
                                format,
                                Frame.request(
                                        RequestCode.DELETE_TOPIC_IN_BROKER_LIST,
                                        Fields.NONE,
                                        BrokerHarness.bytes("{\"topicList\":[\"T\"]}"))));

        // then
        assertThat(topics.format()).isEqualTo(format);
        assertThat(topics.fields().number("totalTopicNum")).isEqualTo(5);
        assertThat(TopicTable.decode(topics.body()).topics()).contains(topic);
        assertThat(TopicStats.decode(stats.body()).queues()).hasSize(2);
        assertThat(GroupConfig.decode(settings.body())).isEqualTo(GroupConfig.of("G"));
        assertThat(deletion.code()).isZero();
    }

    @Test
    void shouldShowWhoIsConnectedFromWhereUntilItLeaves() {
        // given
        Frame heartbeat = BrokerHarness.heartbeat("cid", "G", Subscription.ofTags("T", "*", 1));
        assertThat(member.ask(in(HeaderFormat.JSON, heartbeat)).code()).isZero();

        // when
        Frame online = connections();

        // then
        assertThat(StandardCharsets.UTF_8.decode(online.body()).toString())
                .contains(
                        "{\"clientAddr\":\"127.0.0.1:"
                                + member.address().getPort()
                                + "\",\"clientId\":\"cid\",\"language\":\"GO\",\"version\":401}");

        // when
        member.close();

        // then
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        Frame offline = connections();
        while (offline.code() != OFFLINE && System.nanoTime() < deadline) {
            Thread.onSpinWait();
            offline = connections();
        }
        assertThat(offline.code()).isEqualTo(OFFLINE);
    }

    private Frame connections() {
        return tool.ask(
                in(
                        HeaderFormat.JSON,
                        request(RequestCode.GET_CONSUMER_CONNECTION_LIST, "consumerGroup", "G")));
    }
}
