package bolide.nameserver.tcp;

import static bolide.nameserver.Brokers.identity;
import static bolide.nameserver.Brokers.master;
import static bolide.nameserver.Brokers.registration;
import static bolide.nameserver.tcp.Asking.text;
import static bolide.protocol.frame.RequestCode.ADD_WRITE_PERM_OF_BROKER;
import static bolide.protocol.frame.RequestCode.DELETE_TOPIC_IN_NAMESRV;
import static bolide.protocol.frame.RequestCode.GET_ALL_TOPIC_LIST_FROM_NAMESERVER;
import static bolide.protocol.frame.RequestCode.GET_BROKER_MEMBER_GROUP;
import static bolide.protocol.frame.RequestCode.GET_HAS_UNIT_SUB_TOPIC_LIST;
import static bolide.protocol.frame.RequestCode.GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST;
import static bolide.protocol.frame.RequestCode.GET_ROUTEINFO_BY_TOPIC;
import static bolide.protocol.frame.RequestCode.GET_UNIT_TOPIC_LIST;
import static bolide.protocol.frame.RequestCode.REGISTER_TOPIC_IN_NAMESRV;
import static bolide.protocol.frame.RequestCode.WIPE_WRITE_PERM_OF_BROKER;
import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.route.DataVersion;
import bolide.protocol.route.QueueData;
import bolide.protocol.route.TopicRoute;
import bolide.protocol.topic.TopicConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Expected are the answers of Apache's name server 5.5.0, but for a topic registered for brokers
/// that are unknown.
class TopicRequestsTest {
    private final Asking asking = new Asking();

    @Test
    void shouldWipeAndAddWritePermissionOfABroker() {
        // given
        asking.register(master("a", "10.0.0.1:10911", "Orders", "Bills"));
        asking.register(master("b", "10.0.0.2:10911", "Orders"));

        // when
        Frame wiped = asking.ask(WIPE_WRITE_PERM_OF_BROKER, "brokerName", "a");

        // then
        assertThat(wiped.fields().text("wipeTopicCount")).isEqualTo("2");
        assertThat(permissions("Orders")).containsExactly(4, 6);
        assertThat(permissions("Bills")).containsExactly(4);

        // when: the same topics again change nothing, other topics do
        asking.register(master("a", "10.0.0.1:10911", "Orders", "Bills"));

        // then
        assertThat(permissions("Bills")).containsExactly(4);

        // when
        Frame added = asking.ask(ADD_WRITE_PERM_OF_BROKER, "brokerName", "a");

        // then
        assertThat(added.fields().text("addTopicCount")).isEqualTo("2");
        assertThat(permissions("Orders")).containsExactly(6, 6);

        // when
        asking.ask(WIPE_WRITE_PERM_OF_BROKER, "brokerName", "a");
        asking.register(registration(identity("a", 0, "10.0.0.1:10911"), 2, "Orders"));

        // then
        assertThat(permissions("Orders")).containsExactly(6, 6);
    }

    @Test
    void shouldCountNoTopicOfAnUnknownBroker() {
        // when / then
        assertThat(
                        asking.ask(WIPE_WRITE_PERM_OF_BROKER, "brokerName", "x")
                                .fields()
                                .text("wipeTopicCount"))
                .isEqualTo("0");
        assertThat(
                        asking.ask(ADD_WRITE_PERM_OF_BROKER, "brokerName", "x")
                                .fields()
                                .text("addTopicCount"))
                .isEqualTo("0");
    }

    @Test
    void shouldForgetATopicHereOrInAClusterOnly() {
        // given
        asking.register(master("a", "10.0.0.1:10911", "Orders"));
        asking.register(registration(new BrokerIdentity("C2", "b", 0, "10.0.0.2:1"), 1, "Orders"));

        // when / then
        assertThat(forget("Orders", "C9")).isEqualTo(ResponseCode.SUCCESS);
        assertThat(holders("Orders")).containsExactly("a", "b");
        assertThat(forget("Orders", "C2")).isEqualTo(ResponseCode.SUCCESS);
        assertThat(holders("Orders")).containsExactly("a");
        assertThat(asking.ask(DELETE_TOPIC_IN_NAMESRV, "topic", "Orders").code())
                .isEqualTo(ResponseCode.SUCCESS);
        assertThat(asking.ask(GET_ROUTEINFO_BY_TOPIC, "topic", "Orders").code())
                .isEqualTo(ResponseCode.TOPIC_NOT_EXIST);
        assertThat(text(asking.ask(GET_ALL_TOPIC_LIST_FROM_NAMESERVER)))
                .isEqualTo("{\"topicList\":[]}");
        assertThat(asking.ask(DELETE_TOPIC_IN_NAMESRV, "topic", "never").code())
                .isEqualTo(ResponseCode.SUCCESS);

        // when: a broker that has it still registers with a new version
        asking.register(registration(identity("a", 0, "10.0.0.1:10911"), 2, "Orders"));

        // then
        assertThat(holders("Orders")).containsExactly("a");
    }

    @Test
    void shouldTakeInWhoHoldsATopic() {
        // given
        asking.register(master("a", "10.0.0.1:10911", "Other"));

        // when
        Frame taken = hold("Orders", "a");

        // then
        assertThat(taken.code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(route("Orders").queues()).containsExactly(new QueueData("a", 2, 3, 6, 0));
        assertThat(
                        asking.ask(WIPE_WRITE_PERM_OF_BROKER, "brokerName", "a")
                                .fields()
                                .text("wipeTopicCount"))
                .isEqualTo("2");

        // when
        asking.register(registration(identity("a", 0, "10.0.0.1:10911"), 2, "Other"));

        // then
        assertThat(asking.ask(GET_ROUTEINFO_BY_TOPIC, "topic", "Orders").code())
                .isEqualTo(ResponseCode.TOPIC_NOT_EXIST);
    }

    @Test
    void shouldTakeInNothingOfABrokerThatIsUnknown() {
        // given
        asking.register(master("a", "10.0.0.1:10911", "Other"));

        // when
        Frame unknown = hold("Orders", "a", "x");
        Frame unnamed = hold("a b", "a");
        Frame own = hold("rmq_sys_bolide_state", "a");

        // then
        assertThat(unknown.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(unknown.remark()).contains("broker \"x\" is unknown here");
        assertThat(unnamed.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(own.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(text(asking.ask(GET_ALL_TOPIC_LIST_FROM_NAMESERVER)))
                .isEqualTo("{\"topicList\":[\"Other\"]}");
    }

    @Test
    void shouldListTheTopicsOfUnits() {
        // given
        asking.register(
                registration(
                        identity("a", 0, "10.0.0.1:10911"),
                        0,
                        new DataVersion(0, 1, 1),
                        List.of(unit("None", 0), unit("Of", 1), unit("Sub", 2), unit("Both", 3))));

        // when / then
        assertThat(text(asking.ask(GET_UNIT_TOPIC_LIST)))
                .isEqualTo("{\"topicList\":[\"Both\",\"Of\"]}");
        assertThat(text(asking.ask(GET_HAS_UNIT_SUB_TOPIC_LIST)))
                .isEqualTo("{\"topicList\":[\"Both\",\"Sub\"]}");
        assertThat(text(asking.ask(GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST)))
                .isEqualTo("{\"topicList\":[\"Sub\"]}");
    }

    @Test
    void shouldTellWhoBearsAName() {
        // given
        asking.register(master("a", "10.0.0.1:10911", "Orders"));
        asking.register(registration(identity("a", 1, "10.0.0.2:10911"), 1));

        // when / then
        assertThat(
                        text(
                                asking.ask(
                                        GET_BROKER_MEMBER_GROUP,
                                        "clusterName",
                                        "C9",
                                        "brokerName",
                                        "a")))
                .isEqualTo(
                        "{\"brokerMemberGroup\":{\"brokerAddrs\":{\"0\":\"10.0.0.1:10911\","
                                + "\"1\":\"10.0.0.2:10911\"},\"brokerName\":\"a\","
                                + "\"cluster\":\"C9\"}}");
        assertThat(
                        text(
                                asking.ask(
                                        GET_BROKER_MEMBER_GROUP,
                                        "clusterName",
                                        "C1",
                                        "brokerName",
                                        "x")))
                .isEqualTo(
                        "{\"brokerMemberGroup\":{\"brokerAddrs\":{},\"brokerName\":\"x\","
                                + "\"cluster\":\"C1\"}}");
    }

    private static TopicConfig unit(String name, int sysFlag) {
        return new TopicConfig(name, 1, 1, 6, TopicConfig.SINGLE_TAG, sysFlag, false, Map.of());
    }

    private int forget(String topic, String cluster) {
        return asking.ask(DELETE_TOPIC_IN_NAMESRV, "topic", topic, "clusterName", cluster).code();
    }

    private Frame hold(String topic, String... brokers) {
        String queues =
                List.of(brokers).stream()
                        .map(name ->
                                "{\"brokerName\":\"%s\",\"perm\":6,\"readQueueNums\":2,\"writeQueueNums\":3}"
                                        .formatted(name))
                        .toList()
                        .toString();
        return asking.askWith(
                "{\"queueDatas\":" + queues + "}", REGISTER_TOPIC_IN_NAMESRV, "topic", topic);
    }

    private TopicRoute route(String topic) {
        Frame answer = asking.ask(TopicRoute.request(topic));
        assertThat(answer.code()).as(answer.remark()).isEqualTo(ResponseCode.SUCCESS);
        return TopicRoute.decode(answer.body());
    }

    private List<String> holders(String topic) {
        return route(topic).queues().stream().map(QueueData::brokerName).toList();
    }

    private List<Integer> permissions(String topic) {
        return route(topic).queues().stream().map(QueueData::perm).toList();
    }
}
