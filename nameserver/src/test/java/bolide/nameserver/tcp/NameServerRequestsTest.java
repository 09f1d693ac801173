package bolide.nameserver.tcp;

import static bolide.nameserver.Brokers.identity;
import static bolide.nameserver.Brokers.master;
import static bolide.nameserver.Brokers.registration;
import static bolide.nameserver.Brokers.slave;
import static org.assertj.core.api.Assertions.assertThat;

import bolide.nameserver.FakeConnection;
import bolide.nameserver.ManualTime;
import bolide.nameserver.config.LiveConfig;
import bolide.nameserver.config.NameServerConfig;
import bolide.nameserver.kv.KvConfig;
import bolide.nameserver.kv.MemoryKv;
import bolide.nameserver.route.RouteTable;
import bolide.protocol.body.JsonBody;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.Language;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.frame.Version;
import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.route.DataVersion;
import bolide.protocol.route.TopicRoute;
import bolide.remoting.RemotingServer;
import bolide.remoting.RequestTable;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class NameServerRequestsTest {
    private static final int BEFORE_QUOTED_KEYS = Version.V4_9_4 - 1;

    private final RemotingServer server =
            serverOf(new RouteTable(new ManualTime(), (addresses, change) -> {}));
    private final FakeConnection connection = new FakeConnection();

    @Test
    void shouldRegisterAndRoute() {
        // given
        Frame registered = ask(master("a", "10.0.0.1:10911", "Orders").encode());

        // when
        Frame route = ask(TopicRoute.request("Orders"));

        // then
        assertThat(registered.code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(text(route))
                .isEqualTo(
                        "{\"brokerDatas\":[{\"brokerAddrs\":{\"0\":\"10.0.0.1:10911\"},"
                                + "\"brokerName\":\"a\",\"cluster\":\"C1\","
                                + "\"enableActingMaster\":false}],\"filterServerTable\":{},"
                                + "\"queueDatas\":[{\"brokerName\":\"a\",\"perm\":6,"
                                + "\"readQueueNums\":4,\"topicSysFlag\":0,"
                                + "\"writeQueueNums\":4}]}");
    }

    @Test
    void shouldRegisterFromACompressedBody() throws Exception {
        // given
        Frame plain = registration(identity("a", 0, "10.0.0.1:10911"), 1).encode();
        byte[] version = "{\"counter\":1,\"timestamp\":1}".getBytes(StandardCharsets.UTF_8);
        byte[] topic = "Orders 8 4 6 SINGLE_TAG {}".getBytes(StandardCharsets.UTF_8);
        byte[] other = "Bills 8 4 6 SINGLE_TAG {}".getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = ByteBuffer.allocate(16 + version.length + topic.length + other.length);
        body.putInt(version.length).put(version);
        body.putInt(2).putInt(topic.length).put(topic).putInt(other.length).put(other);
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
            out.write(body.array());
        }

        // when: the header says "compressed=false", as Apache's brokers do, and has no checksum
        Fields fields =
                identity("a", 0, "10.0.0.1:10911").encode().put("compressed", false).build();
        Frame registered =
                ask(Frame.request(plain.code(), fields, ByteBuffer.wrap(deflated.toByteArray())));

        // then
        assertThat(registered.code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(text(ask(TopicRoute.request("Orders")))).contains("\"readQueueNums\":8");
    }

    @Test
    void shouldWriteKeysAsTheAskersVersionReadsThem() {
        // given
        ask(master("a", "10.0.0.1:10911", "Orders").encode());
        Fields topic = Fields.builder().put("topic", "Orders").build();
        Fields standard =
                Fields.builder().put("topic", "Orders").put("acceptStandardJsonOnly", true).build();

        // when / then
        assertThat(textFor(RequestCode.GET_ROUTEINFO_BY_TOPIC, topic, BEFORE_QUOTED_KEYS))
                .contains("{0:\"10.0.0.1:10911\"}");
        assertThat(textFor(RequestCode.GET_ROUTEINFO_BY_TOPIC, standard, BEFORE_QUOTED_KEYS))
                .contains("{\"0\":\"10.0.0.1:10911\"}");
        assertThat(textFor(RequestCode.GET_ROUTEINFO_BY_TOPIC, topic, Version.V4_9_4))
                .contains("{\"0\":\"10.0.0.1:10911\"}");
        assertThat(textFor(RequestCode.GET_BROKER_CLUSTER_INFO, Fields.NONE, BEFORE_QUOTED_KEYS))
                .contains("{0:\"10.0.0.1:10911\"}");
    }

    @Test
    void shouldAnswer17ForAnUnknownTopic() {
        // given / when
        Frame answer = ask(TopicRoute.request("Orders"));

        // then
        assertThat(answer.code()).isEqualTo(ResponseCode.TOPIC_NOT_EXIST);
        assertThat(answer.remark()).contains("\"Orders\"").contains("no broker has registered");
    }

    @Test
    void shouldAnswerASlaveWithItsMaster() {
        // given
        Frame ofMaster = ask(master("a", "10.0.0.1:10911").encode());

        // when
        Frame ofSlave = ask(slave("a", "10.0.0.2:10911").encode());

        // then
        assertThat(ofMaster.fields()).isEqualTo(Fields.NONE);
        assertThat(ofSlave.fields().text("masterAddr")).isEqualTo("10.0.0.1:10911");
        assertThat(ofSlave.fields().text("haServerAddr")).isEqualTo("10.0.0.1:10911/ha");
    }

    @Test
    void shouldRefuseARegistrationOfNobody() {
        // given / when
        Frame answer = ask(master("", "10.0.0.1:10911", "Orders").encode());

        // then
        assertThat(answer.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(answer.remark()).contains("names broker, cluster, address");
    }

    @Test
    void shouldQuoteOnlyTheBeginningOfWhatARefusedBrokerSays() {
        // given / when
        BrokerIdentity broker = new BrokerIdentity("c".repeat(1_000), "a", 0, "");
        Frame answer = ask(registration(broker, 1).encode());

        // then
        assertThat(answer.remark()).contains("(1000 characters)").hasSizeLessThan(400);
    }

    @Test
    void shouldSayThatAnOutdatedBrokerWasIgnored() {
        // given
        ask(registration(identity("a", 0, "10.0.0.1:10911"), new DataVersion(2, 1, 1)).encode());

        // when
        Frame answer =
                ask(
                        registration(identity("a", 0, "10.0.0.2:10911"), new DataVersion(1, 1, 1))
                                .encode());

        // then
        assertThat(answer.code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(answer.remark()).contains("ignored");
    }

    @Test
    void shouldForgetABrokerWithItsConnectionOrItsGoodBye() {
        // given
        ask(master("a", "10.0.0.1:10911", "Orders").encode());
        BrokerIdentity second = identity("b", 0, "10.0.0.2:10911");
        ask(registration(second, 1, "Bills").encode());

        // when
        ask(Frame.request(RequestCode.UNREGISTER_BROKER, second.encode().build()));
        int bills = ask(TopicRoute.request("Bills")).code();
        int orders = ask(TopicRoute.request("Orders")).code();
        server.closed(connection);

        // then
        assertThat(bills).isEqualTo(ResponseCode.TOPIC_NOT_EXIST);
        assertThat(orders).isEqualTo(ResponseCode.SUCCESS);
        assertThat(ask(TopicRoute.request("Orders")).code())
                .isEqualTo(ResponseCode.TOPIC_NOT_EXIST);
    }

    @Test
    void shouldCompareVersions() {
        // given
        BrokerIdentity broker = identity("a", 0, "10.0.0.1:10911");
        DataVersion known = new DataVersion(0, 5, 9);
        ask(registration(broker, known).encode());

        // when
        Frame same = askVersion(broker, known);
        Frame other = askVersion(broker, known.next(6));
        Frame stranger = askVersion(identity("x", 0, "10.0.0.7:10911"), known);

        // then
        assertThat(same.fields().text("changed")).isEqualTo("false");
        assertThat(text(same)).isEqualTo("{\"counter\":9,\"stateVersion\":0,\"timestamp\":5}");
        assertThat(other.fields().text("changed")).isEqualTo("true");
        assertThat(stranger.fields().text("changed")).isEqualTo("true");
        assertThat(stranger.body().hasRemaining()).isFalse();
    }

    @Test
    void shouldTakeAHeartbeatWithoutBrokerId() {
        // given
        ask(master("a", "10.0.0.1:10911", "Orders").encode());
        FakeConnection later = new FakeConnection();
        Fields fields =
                Fields.builder()
                        .put("clusterName", "C1")
                        .put("brokerName", "a")
                        .put("brokerAddr", "10.0.0.1:10911")
                        .build();

        // when: it has come on another connection, so the first may close
        server.received(later, Frame.request(RequestCode.BROKER_HEARTBEAT, fields));
        server.closed(connection);

        // then
        assertThat(later.taken().code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(ask(TopicRoute.request("Orders")).code()).isEqualTo(ResponseCode.SUCCESS);
    }

    @Test
    void shouldListTopics() {
        // given
        ask(master("b", "10.0.0.2:10911", "Orders", "TBW102").encode());
        ask(registration(new BrokerIdentity("C2", "c", 0, "10.0.0.3:10911"), 1, "Bills").encode());

        // when / then
        assertThat(textFor(RequestCode.GET_ALL_TOPIC_LIST_FROM_NAMESERVER, Fields.NONE, 513))
                .isEqualTo("{\"topicList\":[\"Bills\",\"Orders\",\"TBW102\"]}");
        assertThat(
                        textFor(
                                RequestCode.GET_TOPICS_BY_CLUSTER,
                                Fields.builder().put("cluster", "C2").build(),
                                513))
                .isEqualTo("{\"topicList\":[\"Bills\"]}");
        assertThat(textFor(RequestCode.GET_SYSTEM_TOPIC_LIST_FROM_NS, Fields.NONE, 513))
                .isEqualTo(
                        "{\"brokerAddr\":\"10.0.0.2:10911\","
                                + "\"topicList\":[\"C1\",\"C2\",\"b\",\"c\"]}");
        assertThat(textFor(RequestCode.GET_BROKER_CLUSTER_INFO, Fields.NONE, 513))
                .contains("\"clusterAddrTable\":{\"C1\":[\"b\"],\"C2\":[\"c\"]}");
    }

    private static RemotingServer serverOf(RouteTable routes) {
        RequestTable table = new RequestTable();
        LiveConfig config = new LiveConfig(NameServerConfig.DEFAULT, Map.of());
        new NameServerRequests(routes, new KvConfig(new MemoryKv()), config).addTo(table);
        new TopicRequests(routes, config).addTo(table);
        return new RemotingServer(table, Runnable::run);
    }

    private Frame askVersion(BrokerIdentity broker, DataVersion version) {
        return ask(
                Frame.request(
                        RequestCode.QUERY_DATA_VERSION,
                        broker.encode().build(),
                        JsonBody.write(version::write)));
    }

    private String textFor(int code, Fields fields, int version) {
        Frame request = Frame.request(code, fields);
        return text(
                ask(
                        new Frame(
                                request.format(),
                                code,
                                Language.JAVA,
                                version,
                                0,
                                0,
                                "",
                                fields,
                                request.body())));
    }

    private Frame ask(Frame request) {
        server.received(connection, request);
        return connection.taken();
    }

    private static String text(Frame answer) {
        assertThat(answer.code()).isEqualTo(ResponseCode.SUCCESS);
        return StandardCharsets.UTF_8.decode(answer.body().duplicate()).toString();
    }
}
