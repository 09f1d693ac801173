package bolide.protocol;

import bolide.protocol.config.KvTable;
import bolide.protocol.config.PropertiesText;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.group.ConsumerIds;
import bolide.protocol.group.DeleteGroups;
import bolide.protocol.group.GroupConfig;
import bolide.protocol.group.GroupNames;
import bolide.protocol.group.GroupTable;
import bolide.protocol.group.Heartbeat;
import bolide.protocol.lock.LockRequest;
import bolide.protocol.offset.ConsumerStatus;
import bolide.protocol.offset.QueueOffsets;
import bolide.protocol.offset.TopicStats;
import bolide.protocol.query.QueueDump;
import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.route.BrokerRegistration;
import bolide.protocol.route.ClusterInfo;
import bolide.protocol.route.TopicList;
import bolide.protocol.route.TopicRoute;
import bolide.protocol.route.TopicTable;
import bolide.protocol.statistics.BrokerConsumeStats;
import bolide.protocol.statistics.ConsumeTimeSpan;
import bolide.protocol.statistics.StatisticsData;
import bolide.protocol.topic.CreateTopic;
import bolide.protocol.topic.TopicConfig;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Any body gives a value or an {@link InvalidRequestException}. */
class BodyTotalityTest {
    private static final int MEMORY_FACTOR = 64;
    private static final String QUEUE =
            "{\"brokerName\":\"bk\",\"queueId\":1,\"topic\":\"Orders\"}";

    static final List<Broken> BODIES =
            List.of(
                    broken(
                            body -> BrokerRegistration.decode(registration(body)),
                            "{\"topicConfigSerializeWrapper\":{\"dataVersion\":{\"counter\":3},"
                                    + "\"topicConfigTable\":{\"T\":{\"attributes\":{\"a\":\"b\"},"
                                    + "\"perm\":6}}}}",
                            Golden.text("route/registration.json"),
                            Golden.text("route/registration-old.json")),
                    broken(
                            body -> Heartbeat.decode(Frame.request(34, Fields.NONE, body)),
                            "{\"clientID\":\"c\",\"consumerDataSet\":[{\"groupName\":\"G\","
                                    + "\"subscriptionDataSet\":[{\"tagsSet\":[\"a\"]}]}],"
                                    + "\"producerDataSet\":[{\"groupName\":\"P\"}]}",
                            Golden.text("group/heartbeat.json")),
                    broken(
                            body -> LockRequest.decode(Frame.request(41, Fields.NONE, body)),
                            Golden.text("lock/lock-request.json")),
                    broken(LockRequest::decodeLocked, Golden.text("lock/lock-answer.json")),
                    broken(ConsumerIds::decode, Golden.text("group/consumer-ids.json")),
                    broken(
                            TopicRoute::decode,
                            "{\"brokerDatas\":[{\"brokerAddrs\":{0:\"a\"}}],\"queueDatas\":[{\"perm\":6}]}",
                            Golden.text("route/topic-route-full.json"),
                            Golden.text("route/topic-route-quoted.json")),
                    broken(ClusterInfo::decode, Golden.text("route/cluster-info-bare.json")),
                    broken(KvTable::decode, "{\"table\":{\"k\":\"v\",\"l\":null},\"x\":[1]}"),
                    broken(PropertiesText::decode, "# c\na=1\n b : \\u00e4\nlong=x\\\n  y\nempty"),
                    broken(TopicList::decode, Golden.text("route/topic-list.json")),
                    broken(KvTable::decode, "{\"table\":{\"putTps\":\"1.0 2.0 3.0\"}}"),
                    broken(PropertiesText::decode, "brokerName=b\nlistenPort=1\\u0041\n"),
                    broken(
                            StatisticsData::decode,
                            "{\"statsDay\":{\"avgpt\":1.5,\"sum\":3,\"tps\":0.5},"
                                    + "\"statsHour\":{},\"statsMinute\":{}}"),
                    broken(
                            BrokerConsumeStats::decode,
                            "{\"brokerAddr\":\"h:1\",\"consumeStatsList\":[{\"G\":[{\"offsetTable\":{"
                                    + QUEUE
                                    + ":{\"brokerOffset\":9}},\"consumeTps\":1.0}]}]}"),
                    broken(
                            ConsumeTimeSpan::decode,
                            "{\"consumeTimeSpanSet\":[{\"delayTime\":1,\"messageQueue\":"
                                    + QUEUE
                                    + "}]}"),
                    broken(QueueOffsets::decode, "{\"offsetTable\":{" + QUEUE + ":120}}"),
                    broken(
                            ConsumerStatus::decodeMember,
                            "{\"messageQueueTable\":{" + QUEUE + ":4}}"),
                    broken(
                            ConsumerStatus::decode,
                            "{\"consumerTable\":{\"cid\":{" + QUEUE + ":4}}}"),
                    broken(
                            QueueDump::decode,
                            "{\"maxQueueIndex\":9,\"queueData\":[{\"eval\":true,\"physicSize\":1}],"
                                    + "\"subscriptionData\":{\"topic\":\"T\"}}"),
                    broken(
                            TopicTable::decode,
                            "{\"dataVersion\":{\"counter\":3},\"topicConfigTable\":{\"T\":"
                                    + "{\"attributes\":{\"a\":\"b\"},\"perm\":6}}}"),
                    broken(
                            body -> CreateTopic.decodeList(Frame.request(18, Fields.NONE, body)),
                            "{\"topicConfigList\":[{\"attributes\":{\"-a\":\"b\"},\"perm\":6}]}"),
                    broken(TopicStats::decode, Golden.text("offset/topic-stats.json")),
                    broken(
                            GroupConfig::decode,
                            "{\"groupName\":\"G\",\"groupRetryPolicy\":{\"type\":\"EXPONENTIAL\","
                                    + "\"customizedRetryPolicy\":{\"next\":[1]}},"
                                    + "\"subscriptionDataSet\":[{\"version\":7}]}",
                            Golden.text("group/group-config.json"),
                            Golden.text("group/group-config-full.json")),
                    broken(
                            GroupTable::decode,
                            "{\"forbiddenTable\":{\"G\":{\"T\":4}},\"subscriptionGroupTable\":"
                                    + "{\"G\":{\"brokerId\":2}}}",
                            Golden.text("group/group-table.json")),
                    broken(
                            body -> GroupConfig.decodeList(Frame.request(225, Fields.NONE, body)),
                            "{\"groupConfigList\":[{\"groupName\":\"G\"}]}"),
                    broken(
                            body -> DeleteGroups.decodeList(Frame.request(5003, Fields.NONE, body)),
                            "{\"cleanOffset\":true,\"groupNameList\":[\"G\"]}"),
                    broken(GroupNames::decode, "{\"groupList\":[\"G\"]}"),
                    new Broken(
                            List.of(
                                    "Orders 8 8 6 SINGLE_TAG {\"message.type\":\"FIFO\"}"
                                            .getBytes(),
                                    "T 1 1 6 MULTI_TAG".getBytes()),
                            InvalidRequestException.class,
                            MEMORY_FACTOR,
                            line -> TopicConfig.ofLine(Golden.text(line))));

    private static Frame registration(ByteBuffer body) {
        Fields fields = new BrokerIdentity("C1", "bk", 0, "10.1.1.1:10911").encode().build();
        return Frame.request(103, fields, body);
    }

    private static Broken broken(Consumer<ByteBuffer> decoder, String... samples) {
        return new Broken(
                Stream.of(samples).map(text -> Golden.utf8(text).array()).toList(),
                InvalidRequestException.class,
                MEMORY_FACTOR,
                decoder);
    }

    @ParameterizedTest
    @FieldSource("BODIES")
    void shouldSurviveTruncation(Broken bodies) {
        // given, when, then
        bodies.truncate();
    }

    @ParameterizedTest
    @FieldSource("BODIES")
    void shouldSurviveEveryChangeOfOneByte(Broken bodies) {
        // given, when, then
        bodies.mutateEveryByte();
    }

    @ParameterizedTest
    @FieldSource("BODIES")
    void shouldSurviveSeededChanges(Broken bodies) {
        // given, when, then
        bodies.mutateBySeed();
    }
}
