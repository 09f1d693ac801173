package bolide.app.hostile;

import bolide.app.server.Ask;
import bolide.protocol.config.KvEntry;
import bolide.protocol.config.KvKey;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import java.util.List;

/// One valid frame for every request to a name server that tools make.
final class NameServerExamples {
    private static final KvKey KEY = new KvKey("namespace", "key");
    private static final Fields BROKER =
            Fields.builder().put("clusterName", "DefaultCluster").put("brokerName", "gone").build();
    private static final Fields TOPIC = Fields.builder().put("topic", "held").build();

    private NameServerExamples() {}

    static List<Frame> all() {
        return List.of(
                new KvEntry(KEY, "value").encode(),
                Frame.request(RequestCode.GET_KV_CONFIG, KEY.encode().build()),
                Frame.request(RequestCode.DELETE_KV_CONFIG, KEY.encode().build()),
                Frame.request(RequestCode.GET_KVLIST_BY_NAMESPACE, KEY.encode().build()),
                Frame.request(RequestCode.WIPE_WRITE_PERM_OF_BROKER, BROKER),
                Frame.request(RequestCode.ADD_WRITE_PERM_OF_BROKER, BROKER),
                Frame.request(RequestCode.GET_BROKER_MEMBER_GROUP, BROKER),
                Frame.request(RequestCode.DELETE_TOPIC_IN_NAMESRV, TOPIC),
                Frame.request(
                        RequestCode.REGISTER_TOPIC_IN_NAMESRV,
                        TOPIC,
                        Ask.bytes(
                                "{\"queueDatas\":[{\"brokerName\":\"here\",\"perm\":6,"
                                        + "\"readQueueNums\":1,\"writeQueueNums\":1}]}")),
                Frame.request(RequestCode.GET_UNIT_TOPIC_LIST, Fields.NONE),
                Frame.request(RequestCode.GET_HAS_UNIT_SUB_TOPIC_LIST, Fields.NONE),
                Frame.request(RequestCode.GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST, Fields.NONE),
                Frame.request(RequestCode.GET_NAMESRV_CONFIG, Fields.NONE),
                Frame.request(
                        RequestCode.UPDATE_NAMESRV_CONFIG,
                        Fields.NONE,
                        Ask.bytes("enableTopicList=true\n")));
    }
}
