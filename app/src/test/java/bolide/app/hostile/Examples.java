package bolide.app.hostile;

import bolide.app.server.Ask;
import bolide.protocol.body.JsonBody;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.group.ConsumerData;
import bolide.protocol.group.ConsumerIds;
import bolide.protocol.group.Heartbeat;
import bolide.protocol.group.Subscription;
import bolide.protocol.group.UnregisterClient;
import bolide.protocol.message.BatchBody;
import bolide.protocol.message.MessageProperties;
import bolide.protocol.offset.CommitOffset;
import bolide.protocol.offset.CommittedOffset;
import bolide.protocol.offset.QueueRequest;
import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.route.BrokerRegistration;
import bolide.protocol.route.DataVersion;
import bolide.protocol.route.MessageQueue;
import bolide.protocol.send.SendRequest;
import bolide.protocol.topic.Names;
import bolide.protocol.topic.TopicConfig;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// One valid frame for every request that a server answers: what attacks are made from.
final class Examples {
    static final String TOPIC = "attacked";
    static final String GROUP = "attackers";
    static final String CLIENT = "client-1";

    private static final DataVersion VERSION = new DataVersion(0, 1_700_000_000_000L, 1);
    private static final String REPLY =
            MessageProperties.encode(Map.of("REPLY_TO_CLIENT", "nobody"));

    private Examples() {}

    static SortedMap<Integer, Frame> all() {
        SortedMap<Integer, Frame> all = new TreeMap<>();
        for (Frame frame :
                List.of(
                        longSend(),
                        Ask.send(TOPIC, 0, "hello"),
                        batch(),
                        with(
                                withCode(RequestCode.SEND_REPLY_MESSAGE, longSend()),
                                "properties",
                                REPLY),
                        with(
                                withCode(
                                        RequestCode.SEND_REPLY_MESSAGE_V2,
                                        Ask.send(TOPIC, 0, "hello")),
                                "i",
                                REPLY),
                        Ask.pull(GROUP, TOPIC, 0, 0, 0),
                        withCode(RequestCode.LITE_PULL_MESSAGE, Ask.pull(GROUP, TOPIC, 0, 0, 0)),
                        new CommittedOffset(GROUP, TOPIC, 0, true).encode(),
                        new CommitOffset(GROUP, TOPIC, 0, 1).encode(),
                        Ask.createTopic("made", 2),
                        Frame.request(
                                RequestCode.DELETE_TOPIC_IN_BROKER,
                                Fields.builder().put("topic", "made").build()),
                        searchOffset(),
                        new QueueRequest(TOPIC, 0).encode(RequestCode.GET_MAX_OFFSET),
                        new QueueRequest(TOPIC, 0).encode(RequestCode.GET_MIN_OFFSET),
                        new QueueRequest(TOPIC, 0).encode(RequestCode.GET_EARLIEST_MSG_STORETIME),
                        Frame.request(
                                RequestCode.VIEW_MESSAGE_BY_ID,
                                Fields.builder().put("offset", 0).build()),
                        heartbeat(CLIENT, GROUP, TOPIC).encode(),
                        new UnregisterClient(CLIENT, "producers", GROUP).encode(),
                        ConsumerIds.request(GROUP),
                        lock(RequestCode.LOCK_BATCH_MQ, GROUP, CLIENT, TOPIC),
                        lock(RequestCode.UNLOCK_BATCH_MQ, GROUP, CLIENT, TOPIC),
                        registration(broker(), TopicConfig.of("theirs", 4)).encode(),
                        Frame.request(RequestCode.UNREGISTER_BROKER, broker().encode().build()),
                        Frame.request(
                                RequestCode.QUERY_DATA_VERSION,
                                broker().encode().build(),
                                JsonBody.write(VERSION::write)),
                        Frame.request(RequestCode.BROKER_HEARTBEAT, broker().encode().build()),
                        Ask.route(TOPIC),
                        Frame.request(RequestCode.GET_BROKER_CLUSTER_INFO, Fields.NONE),
                        Frame.request(RequestCode.GET_ALL_TOPIC_LIST_FROM_NAMESERVER, Fields.NONE),
                        Frame.request(
                                RequestCode.GET_TOPICS_BY_CLUSTER,
                                Fields.builder().put("cluster", "DefaultCluster").build()),
                        Frame.request(RequestCode.GET_SYSTEM_TOPIC_LIST_FROM_NS, Fields.NONE))) {
            all.put(frame.code(), frame);
        }
        BrokerExamples.all().forEach(frame -> all.put(frame.code(), frame));
        NameServerExamples.all().forEach(frame -> all.put(frame.code(), frame));
        return all;
    }

    /// @return the frame as another request
    static Frame withCode(int code, Frame frame) {
        return Frame.request(code, frame.fields(), frame.body());
    }

    /// @return the frame with one field more, or other than before
    static Frame with(Frame frame, String field, String value) {
        Fields.Builder fields = Fields.builder();
        frame.fields().forEach(fields::put);
        return Frame.request(frame.code(), fields.put(field, value).build(), frame.body());
    }

    static Heartbeat heartbeat(String clientId, String group, String... topics) {
        List<Subscription> subscriptions =
                List.of(topics).stream().map(topic -> Subscription.ofTags(topic, "*", 1)).toList();
        return new Heartbeat(
                clientId,
                List.of("producers"),
                List.of(
                        new ConsumerData(
                                group,
                                ConsumerData.PUSH,
                                ConsumerData.CLUSTERING,
                                ConsumerData.FROM_FIRST,
                                subscriptions)),
                0,
                false);
    }

    static Frame lock(int code, String group, String clientId, String topic) {
        MessageQueue queue = new MessageQueue(topic, "here", 0);
        ByteBuffer body =
                JsonBody.write(json -> {
                    json.beginObject();
                    json.name("consumerGroup").value(group);
                    json.name("clientId").value(clientId);
                    json.name("mqSet").beginArray();
                    queue.write(json);
                    json.endArray().endObject();
                });
        return Frame.request(code, Fields.NONE, body);
    }

    static BrokerIdentity broker() {
        return new BrokerIdentity("DefaultCluster", "elsewhere", 0, "127.0.0.1:1");
    }

    static BrokerRegistration registration(BrokerIdentity broker, TopicConfig... topics) {
        return new BrokerRegistration(broker, "", 0, VERSION, List.of(topics));
    }

    private static Frame longSend() {
        Fields fields =
                Fields.builder()
                        .put("producerGroup", "producers")
                        .put("topic", TOPIC)
                        .put("defaultTopic", Names.AUTO_CREATE)
                        .put("defaultTopicQueueNums", 4)
                        .put("queueId", 0)
                        .put("sysFlag", 0)
                        .put("bornTimestamp", 1_700_000_000_000L)
                        .put("flag", 0)
                        .put("properties", MessageProperties.encode(Map.of("KEYS", "k")))
                        .put("reconsumeTimes", 0)
                        .put("unitMode", false)
                        .put("batch", false)
                        .build();
        return Frame.request(RequestCode.SEND_MESSAGE, fields, Ask.bytes("hello"));
    }

    private static Frame batch() {
        ByteBuffer body =
                BatchBody.encode(
                        List.of(
                                new BatchBody.Element(0, Ask.bytes("one"), ""),
                                new BatchBody.Element(0, Ask.bytes("two"), "")));
        return new SendRequest(
                        "producers",
                        TOPIC,
                        Names.AUTO_CREATE,
                        4,
                        0,
                        0,
                        1_700_000_000_000L,
                        0,
                        "",
                        0,
                        false,
                        -1,
                        true,
                        body)
                .encode();
    }

    private static Frame searchOffset() {
        Fields fields =
                Fields.builder()
                        .put("topic", TOPIC)
                        .put("queueId", 0)
                        .put("timestamp", 1_700_000_000_000L)
                        .build();
        return Frame.request(RequestCode.SEARCH_OFFSET_BY_TIMESTAMP, fields);
    }
}
