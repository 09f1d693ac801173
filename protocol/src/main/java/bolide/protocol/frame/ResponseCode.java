package bolide.protocol.frame;

/**
 * Numbers of the answers; remarks beside them are free text. Names and numbers are those of Apache
 * RocketMQ. After 1, 2, 14, 16 and 17 a synchronous producer tries another broker by itself.
 */
public final class ResponseCode {
    /** Done; to a pull: here are messages. */
    public static final int SUCCESS = 0;

    /** Something failed on the answering side that no other number describes. */
    public static final int SYSTEM_ERROR = 1;

    /** Too much to do; try again later or elsewhere. */
    public static final int SYSTEM_BUSY = 2;

    /** The request's number is not known here. */
    public static final int REQUEST_CODE_NOT_SUPPORTED = 3;

    /** The message is stored but was not on disk in time; clients count it as accepted. */
    public static final int FLUSH_DISK_TIMEOUT = 10;

    /** The message's size or properties are not acceptable. */
    public static final int MESSAGE_ILLEGAL = 13;

    /** Nothing can be written here now: closing, disk full, or a slave. */
    public static final int SERVICE_NOT_AVAILABLE = 14;

    /** The asker may not do this, or nobody may with this topic. */
    public static final int NO_PERMISSION = 16;

    /** There is no such topic; producers then look for the pattern of new topics. */
    public static final int TOPIC_NOT_EXIST = 17;

    /** To a pull: nothing there yet. */
    public static final int PULL_NOT_FOUND = 19;

    /** To a pull: all was filtered out, go on at the next offset. */
    public static final int PULL_RETRY_IMMEDIATELY = 20;

    /** To a pull: no such offset, go on at the one that is told. */
    public static final int PULL_OFFSET_MOVED = 21;

    /** What was asked for does not exist; of an offset: none is committed. */
    public static final int QUERY_NOT_FOUND = 22;

    /** A filter expression cannot be understood. */
    public static final int SUBSCRIPTION_PARSE_FAILED = 23;

    /** No member has told the broker what the group subscribes to. */
    public static final int SUBSCRIPTION_NOT_EXIST = 24;

    /** The broker knows an older subscription than the asker works with. */
    public static final int SUBSCRIPTION_NOT_LATEST = 25;

    /** There is no such consumer group. */
    public static final int SUBSCRIPTION_GROUP_NOT_EXIST = 26;

    /** A field's value is not acceptable; peers up to 5.3.1 answer 1 instead. */
    public static final int INVALID_PARAMETER = 29;

    /** No consumer of the group is connected. */
    public static final int CONSUMER_NOT_ONLINE = 206;

    /** A consumer did not answer in time. */
    public static final int CONSUME_MSG_TIMEOUT = 207;

    private ResponseCode() {}
}
