package bolide.app.hostile;

import bolide.app.server.Ask;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.group.GroupConfig;
import java.nio.ByteBuffer;
import java.util.List;

/// One valid frame for every request to a broker that tools make.
final class BrokerExamples {
    private static final String MADE = "made-by-tools";

    private BrokerExamples() {}

    static List<Frame> all() {
        return List.of(
                Frame.request(
                        RequestCode.UPDATE_AND_CREATE_TOPIC_LIST,
                        Fields.NONE,
                        Ask.bytes(
                                "{\"topicConfigList\":[{\"topicName\":\"made-by-tools\",\"perm\":6,"
                                        + "\"readQueueNums\":1,\"writeQueueNums\":1}]}")),
                ask(RequestCode.GET_ALL_TOPIC_CONFIG),
                ask(RequestCode.GET_TOPIC_CONFIG, "topic", Examples.TOPIC),
                ask(RequestCode.GET_TOPIC_STATS_INFO, "topic", Examples.TOPIC),
                ask(RequestCode.GET_SYSTEM_TOPIC_LIST_FROM_BROKER),
                Frame.request(
                        RequestCode.DELETE_TOPIC_IN_BROKER_LIST,
                        Fields.NONE,
                        Ask.bytes("{\"topicList\":[\"made-by-tools\"]}")),
                Frame.request(
                        RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP, Fields.NONE, group(MADE)),
                Frame.request(
                        RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP_LIST,
                        Fields.NONE,
                        Ask.bytes("{\"groupConfigList\":[{\"groupName\":\"made-by-tools\"}]}")),
                ask(RequestCode.GET_ALL_SUBSCRIPTIONGROUP_CONFIG),
                ask(RequestCode.GET_SUBSCRIPTIONGROUP_CONFIG, "group", Examples.GROUP),
                ask(RequestCode.DELETE_SUBSCRIPTIONGROUP, "groupName", MADE),
                Frame.request(
                        RequestCode.DELETE_SUBSCRIPTION_GROUP_LIST,
                        Fields.NONE,
                        Ask.bytes("{\"cleanOffset\":true,\"groupNameList\":[\"made-by-tools\"]}")),
                ask(RequestCode.GET_CONSUMER_CONNECTION_LIST, "consumerGroup", Examples.GROUP),
                ask(RequestCode.GET_PRODUCER_CONNECTION_LIST, "producerGroup", "producers"),
                ask(RequestCode.GET_ALL_PRODUCER_INFO),
                ask(RequestCode.QUERY_TOPIC_CONSUME_BY_WHO, "topic", Examples.TOPIC),
                ask(RequestCode.QUERY_TOPICS_BY_CONSUMER, "group", Examples.GROUP),
                ofGroup(RequestCode.QUERY_SUBSCRIPTION_BY_CONSUMER),
                ofGroup(RequestCode.UPDATE_AND_GET_GROUP_FORBIDDEN),
                ask(RequestCode.GET_BROKER_RUNTIME_INFO),
                ask(
                        RequestCode.VIEW_BROKER_STATS_DATA,
                        "statsName",
                        "TOPIC_PUT_NUMS",
                        "statsKey",
                        Examples.TOPIC),
                ask(RequestCode.GET_CONSUME_STATS, "consumerGroup", Examples.GROUP),
                ask(RequestCode.GET_BROKER_CONSUME_STATS, "isOrder", "false"),
                ofGroup(RequestCode.QUERY_CONSUME_TIME_SPAN),
                ask(RequestCode.GET_BROKER_CONFIG),
                Frame.request(
                        RequestCode.UPDATE_BROKER_CONFIG,
                        Fields.NONE,
                        Ask.bytes("autoCreateTopicEnable=true\n")),
                ask(RequestCode.CLEAN_EXPIRED_CONSUMEQUEUE),
                ask(RequestCode.CLEAN_UNUSED_TOPIC),
                ask(RequestCode.DELETE_EXPIRED_COMMITLOG),
                Examples.with(
                        Examples.with(
                                ofGroup(RequestCode.INVOKE_BROKER_TO_RESET_OFFSET),
                                "timestamp",
                                "-1"),
                        "isForce",
                        "true"),
                ofGroup(RequestCode.INVOKE_BROKER_TO_GET_CONSUMER_STATUS),
                ask(
                        RequestCode.CLONE_GROUP_OFFSET,
                        "srcGroup",
                        Examples.GROUP,
                        "destGroup",
                        Examples.GROUP,
                        "topic",
                        Examples.TOPIC),
                ask(
                        RequestCode.QUERY_MESSAGE,
                        "topic",
                        Examples.TOPIC,
                        "key",
                        "k",
                        "maxNum",
                        "32",
                        "beginTimestamp",
                        "0",
                        "endTimestamp",
                        Long.toString(Long.MAX_VALUE)),
                ask(
                        RequestCode.QUERY_CONSUME_QUEUE,
                        "topic",
                        Examples.TOPIC,
                        "queueId",
                        "0",
                        "index",
                        "0",
                        "count",
                        "10"),
                ofClient(RequestCode.GET_CONSUMER_RUNNING_INFO),
                Examples.with(
                        ofClient(RequestCode.CONSUME_MESSAGE_DIRECTLY),
                        "msgId",
                        "7F00000100002A9F0000000000000000"));
    }

    private static Frame ask(int code, String... fields) {
        Fields.Builder built = Fields.builder();
        for (int i = 0; i < fields.length; i += 2) {
            built.put(fields[i], fields[i + 1]);
        }
        return Frame.request(code, built.build());
    }

    private static Frame ofGroup(int code) {
        return ask(code, "group", Examples.GROUP, "topic", Examples.TOPIC);
    }

    private static Frame ofClient(int code) {
        return ask(code, "consumerGroup", Examples.GROUP, "clientId", Examples.CLIENT);
    }

    private static ByteBuffer group(String name) {
        return GroupConfig.of(name).encode();
    }
}
