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

    /** Client to broker: how far a group has come in a queue; {@code CommittedOffset}. */
    public static final int QUERY_CONSUMER_OFFSET = 14;

    /** Client to broker, mostly one-way: how far a group has come; {@code CommitOffset}. */
    public static final int UPDATE_CONSUMER_OFFSET = 15;

    /** Tool to broker: create or change a topic; {@code CreateTopic}. */
    public static final int UPDATE_AND_CREATE_TOPIC = 17;

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

    /** Broker to name server: what it is and holds; {@code BrokerRegistration}. */
    public static final int REGISTER_BROKER = 103;

    /** Broker to name server: farewell; {@code BrokerIdentity}. */
    public static final int UNREGISTER_BROKER = 104;

    /** Client to name server: the brokers of a topic; {@code TopicRoute}. */
    public static final int GET_ROUTEINFO_BY_TOPIC = 105;

    /** Tool to name server: all brokers; answered by a {@code ClusterInfo}. */
    public static final int GET_BROKER_CLUSTER_INFO = 106;

    /** Tool to name server: all topics; answered by a {@code TopicList}. */
    public static final int GET_ALL_TOPIC_LIST_FROM_NAMESERVER = 206;

    /** Tool to broker: delete a topic. */
    public static final int DELETE_TOPIC_IN_BROKER = 215;

    /** Tool to name server: the topics of a cluster; answered by a {@code TopicList}. */
    public static final int GET_TOPICS_BY_CLUSTER = 224;

    /**
     * Tool to name server: the names of clusters and brokers, which are topics too; answered by a
     * {@code TopicList}.
     */
    public static final int GET_SYSTEM_TOPIC_LIST_FROM_NS = 304;

    /** Client to broker: store a message; {@code SendRequest} with short field names. */
    public static final int SEND_MESSAGE_V2 = 310;

    /** Client to broker: store several messages of a topic; {@code SendRequest}. */
    public static final int SEND_BATCH_MESSAGE = 320;

    /** Broker to name server: is its knowledge of me current; {@code BrokerIdentity}. */
    public static final int QUERY_DATA_VERSION = 322;

    /** Client to broker: like 11, of the pull consumers of 5.x; {@code PullRequest}. */
    public static final int LITE_PULL_MESSAGE = 361;

    /** Broker to name server: still alive; {@code BrokerIdentity}. */
    public static final int BROKER_HEARTBEAT = 904;

    private RequestCode() {}
}
