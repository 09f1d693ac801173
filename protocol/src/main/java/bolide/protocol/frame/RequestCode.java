package bolide.protocol.frame;

/**
 * Numbers of the requests that Bolide knows by name. Each says who asks whom, and which record
 * reads and writes it; names and numbers are those of Apache RocketMQ.
 */
public final class RequestCode {
    /** Client to broker: store a message; {@code SendRequest} with long field names. */
    public static final int SEND_MESSAGE = 10;

    /** Client to broker: the next messages of a queue; {@code PullRequest}. */
    public static final int PULL_MESSAGE = 11;

    /** Tool to broker: messages by key; {@code MessageQuestion}. */
    public static final int QUERY_MESSAGE = 12;

    /** Client to broker: how far a group has come in a queue; {@code CommittedOffset}. */
    public static final int QUERY_CONSUMER_OFFSET = 14;

    /** Client to broker, mostly one-way: how far a group has come; {@code CommitOffset}. */
    public static final int UPDATE_CONSUMER_OFFSET = 15;

    /** Tool to broker: create or change a topic; {@code CreateTopic}. */
    public static final int UPDATE_AND_CREATE_TOPIC = 17;

    /** Tool to broker: create or change several topics; {@code CreateTopic}. */
    public static final int UPDATE_AND_CREATE_TOPIC_LIST = 18;

    /** Tool to broker: all its topics; {@code TopicTable}. */
    public static final int GET_ALL_TOPIC_CONFIG = 21;

    /** Tool to broker: change settings; the body is properties text. */
    public static final int UPDATE_BROKER_CONFIG = 25;

    /** Tool to broker: its settings; answered by properties text. */
    public static final int GET_BROKER_CONFIG = 26;

    /** Tool to broker: how it is doing; answered by a {@code KvTable}. */
    public static final int GET_BROKER_RUNTIME_INFO = 28;

    /** Client to broker: the offset of a point in time; {@code SearchOffset}. */
    public static final int SEARCH_OFFSET_BY_TIMESTAMP = 29;

    /** Client to broker: one past a queue's last offset; {@code QueueRequest}. */
    public static final int GET_MAX_OFFSET = 30;

    /** Client to broker: a queue's first offset; {@code QueueRequest}. */
    public static final int GET_MIN_OFFSET = 31;

    /** Tool to broker: when a queue's first message was stored; {@code QueueRequest}. */
    public static final int GET_EARLIEST_MSG_STORETIME = 32;

    /** Client to broker: the record at a position of the log. */
    public static final int VIEW_MESSAGE_BY_ID = 33;

    /** Client to broker: who it is and what it takes part in; {@code Heartbeat}. */
    public static final int HEART_BEAT = 34;

    /** Client to broker: farewell from a group; {@code UnregisterClient}. */
    public static final int UNREGISTER_CLIENT = 35;

    /** Client to broker: a group's members; {@code ConsumerIds}. */
    public static final int GET_CONSUMER_LIST_BY_GROUP = 38;

    /** Broker to client, one-way: a group's members have changed; {@code ConsumerIds}. */
    public static final int NOTIFY_CONSUMER_IDS_CHANGED = 40;

    /** Client to broker: queues for an orderly consumer alone; {@code LockRequest}. */
    public static final int LOCK_BATCH_MQ = 41;

    /** Client to broker, mostly one-way: such queues given back; {@code LockRequest}. */
    public static final int UNLOCK_BATCH_MQ = 42;

    /** Tool to name server: a value under a key; {@code KvEntry}. */
    public static final int PUT_KV_CONFIG = 100;

    /** Anybody to name server: the value under a key; {@code KvKey}. */
    public static final int GET_KV_CONFIG = 101;

    /** Tool to name server: forget a key; {@code KvKey}. */
    public static final int DELETE_KV_CONFIG = 102;

    /** Broker to name server: what it is and holds; {@code BrokerRegistration}. */
    public static final int REGISTER_BROKER = 103;

    /** Broker to name server: farewell; {@code BrokerIdentity}. */
    public static final int UNREGISTER_BROKER = 104;

    /** Client to name server: the brokers of a topic; {@code TopicRoute}. */
    public static final int GET_ROUTEINFO_BY_TOPIC = 105;

    /** Tool to name server: all brokers; answered by a {@code ClusterInfo}. */
    public static final int GET_BROKER_CLUSTER_INFO = 106;

    /** Tool to broker: create or change a consumer group; {@code GroupConfig}. */
    public static final int UPDATE_AND_CREATE_SUBSCRIPTIONGROUP = 200;

    /** Tool to broker: all its consumer groups; {@code GroupTable}. */
    public static final int GET_ALL_SUBSCRIPTIONGROUP_CONFIG = 201;

    /** Tool to broker: how far each queue of a topic reaches; {@code TopicStats}. */
    public static final int GET_TOPIC_STATS_INFO = 202;

    /** Tool to broker: who consumes for a group; {@code ConsumerConnections}. */
    public static final int GET_CONSUMER_CONNECTION_LIST = 203;

    /** Tool to broker: who produces for a group; {@code ProducerConnections}. */
    public static final int GET_PRODUCER_CONNECTION_LIST = 204;

    /** Tool to name server: nobody is to write to a broker any more; answered by a count. */
    public static final int WIPE_WRITE_PERM_OF_BROKER = 205;

    /** Tool to name server: all topics; answered by a {@code TopicList}. */
    public static final int GET_ALL_TOPIC_LIST_FROM_NAMESERVER = 206;

    /** Tool to broker: delete a consumer group; {@code DeleteGroups}. */
    public static final int DELETE_SUBSCRIPTIONGROUP = 207;

    /** Tool to broker: how far a group has come; {@code ConsumeStatsQuestion}. */
    public static final int GET_CONSUME_STATS = 208;

    /** Tool to broker: delete a topic. */
    public static final int DELETE_TOPIC_IN_BROKER = 215;

    /** Broker to client: how far it has come; {@code ConsumerStatus}. */
    public static final int GET_CONSUMER_STATUS_FROM_CLIENT = 221;

    /** Tool to broker: send a group elsewhere in a topic; {@code ResetOffset}. */
    public static final int INVOKE_BROKER_TO_RESET_OFFSET = 222;

    /** Tool to broker: how far a group's members say they are; {@code ConsumerStatus}. */
    public static final int INVOKE_BROKER_TO_GET_CONSUMER_STATUS = 223;

    /** Tool to name server: forget who holds a topic. */
    public static final int DELETE_TOPIC_IN_NAMESRV = 216;

    /** Tool to name server: brokers hold a topic; the body is a {@code TopicRoute}. */
    public static final int REGISTER_TOPIC_IN_NAMESRV = 217;

    /** Tool to name server: all keys of a namespace; answered by a {@code KvTable}. */
    public static final int GET_KVLIST_BY_NAMESPACE = 219;

    /** Tool to name server: the topics of a cluster; answered by a {@code TopicList}. */
    public static final int GET_TOPICS_BY_CLUSTER = 224;

    /** Tool to broker: create or change several consumer groups; {@code GroupConfig}. */
    public static final int UPDATE_AND_CREATE_SUBSCRIPTIONGROUP_LIST = 225;

    /** Tool to broker: the groups that consume a topic; {@code GroupTopic}. */
    public static final int QUERY_TOPIC_CONSUME_BY_WHO = 300;

    /** Tool to broker: of when a group's next messages are; {@code ConsumeTimeSpan}. */
    public static final int QUERY_CONSUME_TIME_SPAN = 303;

    /**
     * Tool to name server: the names of clusters and brokers, which are topics too; answered by a
     * {@code TopicList}.
     */
    public static final int GET_SYSTEM_TOPIC_LIST_FROM_NS = 304;

    /** Tool to broker: its topics that the system keeps; answered by a {@code TopicList}. */
    public static final int GET_SYSTEM_TOPIC_LIST_FROM_BROKER = 305;

    /** Tool to broker: forget queues whose messages are gone. */
    public static final int CLEAN_EXPIRED_CONSUMEQUEUE = 306;

    /** Tool to broker, and broker to client: what a consumer is at. */
    public static final int GET_CONSUMER_RUNNING_INFO = 307;

    /** Tool to broker, and broker to client: consume this message now. */
    public static final int CONSUME_MESSAGE_DIRECTLY = 309;

    /** Client to broker: store a message; {@code SendRequest} with short field names. */
    public static final int SEND_MESSAGE_V2 = 310;

    /** Tool to broker: let a group begin where another is; {@code CloneOffsets}. */
    public static final int CLONE_GROUP_OFFSET = 314;

    /** Tool to broker: the course of a figure; {@code StatisticsQuestion}. */
    public static final int VIEW_BROKER_STATS_DATA = 315;

    /** Tool to broker: forget queues of topics that are gone. */
    public static final int CLEAN_UNUSED_TOPIC = 316;

    /** Tool to broker: how far every group has come; {@code BrokerConsumeStats}. */
    public static final int GET_BROKER_CONSUME_STATS = 317;

    /** Tool to name server: topics of a unit; answered by a {@code TopicList}. */
    public static final int GET_UNIT_TOPIC_LIST = 311;

    /** Tool to name server: topics that units subscribe to; answered by a {@code TopicList}. */
    public static final int GET_HAS_UNIT_SUB_TOPIC_LIST = 312;

    /** Tool to name server: those of them that are not of a unit; answered likewise. */
    public static final int GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST = 313;

    /** Tool to name server: change settings; the body is properties text. */
    public static final int UPDATE_NAMESRV_CONFIG = 318;

    /** Tool to name server: its settings; answered by properties text. */
    public static final int GET_NAMESRV_CONFIG = 319;

    /** Client to broker: store several messages of a topic; {@code SendRequest}. */
    public static final int SEND_BATCH_MESSAGE = 320;

    /** Client to broker: hand a reply to who waits for it; {@code SendRequest}. */
    public static final int SEND_REPLY_MESSAGE = 324;

    /** The same with short field names. */
    public static final int SEND_REPLY_MESSAGE_V2 = 325;

    /** Broker to client: a reply that was waited for; {@code PushedReply}. */
    public static final int PUSH_REPLY_MESSAGE_TO_CLIENT = 326;

    /** Tool to broker: what a consume queue holds; {@code QueueDumpQuestion}. */
    public static final int QUERY_CONSUME_QUEUE = 321;

    /** Broker to name server: is its knowledge of me current; {@code BrokerIdentity}. */
    public static final int QUERY_DATA_VERSION = 322;

    /** Tool to name server: write to a broker again; answered by a count. */
    public static final int ADD_WRITE_PERM_OF_BROKER = 327;

    /** Tool to broker: all producers; {@code ProducerTable}. */
    public static final int GET_ALL_PRODUCER_INFO = 328;

    /** Tool to broker: let go of messages whose time has passed. */
    public static final int DELETE_EXPIRED_COMMITLOG = 329;

    /** Tool to broker: the topics that a group consumes; answered by a {@code TopicList}. */
    public static final int QUERY_TOPICS_BY_CONSUMER = 343;

    /** Tool to broker: what a group wants of a topic; {@code GroupTopic}. */
    public static final int QUERY_SUBSCRIPTION_BY_CONSUMER = 345;

    /** Tool to broker: how a topic is laid out; answered by a {@code TopicConfig}. */
    public static final int GET_TOPIC_CONFIG = 351;

    /** Tool to broker: a consumer group's settings; answered by a {@code GroupConfig}. */
    public static final int GET_SUBSCRIPTIONGROUP_CONFIG = 352;

    /** Tool to broker: may a group read a topic, or shall it; {@code GroupForbidden}. */
    public static final int UPDATE_AND_GET_GROUP_FORBIDDEN = 353;

    /** Client to broker: like 11, of the pull consumers of 5.x; {@code PullRequest}. */
    public static final int LITE_PULL_MESSAGE = 361;

    /** Broker to name server: who bears a broker's name; answered by {@code BrokerMembers}. */
    public static final int GET_BROKER_MEMBER_GROUP = 901;

    /** Broker to name server: still alive; {@code BrokerIdentity}. */
    public static final int BROKER_HEARTBEAT = 904;

    /** Name server to broker, one-way: who leads a name now; {@code MinBrokerChange}. */
    public static final int NOTIFY_MIN_BROKER_ID_CHANGE = 905;

    /** Tool to broker: delete several topics. */
    public static final int DELETE_TOPIC_IN_BROKER_LIST = 5002;

    /** Tool to broker: delete several consumer groups; {@code DeleteGroups}. */
    public static final int DELETE_SUBSCRIPTION_GROUP_LIST = 5003;

    private RequestCode() {}
}
