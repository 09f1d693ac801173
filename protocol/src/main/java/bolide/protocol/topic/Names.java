package bolide.protocol.topic;

import bolide.protocol.text.Excerpt;
import java.util.Set;

/** Which names topics and groups may have, and which of them the system keeps for itself. */
public final class Names {
    /** Before a group's name: the topic of its messages that are to be delivered again. */
    public static final String RETRY_PREFIX = "%RETRY%";

    /** Before a group's name: the topic of its messages that were given up. */
    public static final String DLQ_PREFIX = "%DLQ%";

    /** The topic whose layout stands for topics that are created on first use. */
    public static final String AUTO_CREATE = "TBW102";

    /** Topics of Bolide's own bookkeeping begin so. */
    public static final String OWN_PREFIX = "rmq_sys_bolide_";

    /** Longest name of an ordinary topic; all allowed characters take one byte. */
    public static final int LONGEST_TOPIC = 127;

    /** Longest name of a consumer or producer group. */
    public static final int LONGEST_GROUP = 120;

    /** Longest name of a retry or dead-letter topic, whose prefix comes on top of a group. */
    public static final int LONGEST_DERIVED_TOPIC = 255;

    /** Behind a cluster's name: the topic whose route tells clients where to send replies to. */
    public static final String REPLY_SUFFIX = "_REPLY_TOPIC";

    /** Longest name of a cluster, whose topic for replies is an ordinary one. */
    public static final int LONGEST_CLUSTER = LONGEST_TOPIC - REPLY_SUFFIX.length();

    private static final String SYSTEM_PREFIX = "rmq_sys_";
    private static final Set<String> SYSTEM_TOPICS =
            Set.of(
                    AUTO_CREATE,
                    "SCHEDULE_TOPIC_XXXX",
                    "BenchmarkTest",
                    "RMQ_SYS_TRANS_HALF_TOPIC",
                    "RMQ_SYS_TRACE_TOPIC",
                    "RMQ_SYS_TRANS_OP_HALF_TOPIC",
                    "TRANS_CHECK_MAX_TIME_TOPIC",
                    "SELF_TEST_TOPIC",
                    "OFFSET_MOVED_EVENT",
                    "CHECKPOINT_TOPIC");
    private static final Set<String> CLOSED_TO_PRODUCERS =
            Set.of(
                    "SCHEDULE_TOPIC_XXXX",
                    "RMQ_SYS_TRANS_HALF_TOPIC",
                    "RMQ_SYS_TRANS_OP_HALF_TOPIC",
                    "TRANS_CHECK_MAX_TIME_TOPIC",
                    "SELF_TEST_TOPIC",
                    "OFFSET_MOVED_EVENT");

    private Names() {}

    /**
     * @return why this cannot be a topic's name; empty when it can
     */
    public static String topicProblem(String topic) {
        int longest = isDerived(topic) ? LONGEST_DERIVED_TOPIC : LONGEST_TOPIC;
        return problem("topic", topic, longest);
    }

    /**
     * @return why this cannot be a group's name; empty when it can
     */
    public static String groupProblem(String group) {
        return problem("group", group, LONGEST_GROUP);
    }

    private static String problem(String kind, String name, int longest) {
        if (name.isEmpty()) {
            return kind + " name is empty; give it 1 to " + longest + " characters";
        }
        if (name.length() > longest) {
            return kind
                    + " name "
                    + Excerpt.of(name)
                    + " has "
                    + name.length()
                    + " characters; at most "
                    + longest
                    + " are allowed";
        }
        for (int i = 0; i < name.length(); i++) {
            if (!isAllowed(name.charAt(i))) {
                return kind
                        + " name "
                        + Excerpt.of(name)
                        + " has a character other than a-z A-Z 0-9 _ - % |; rename it";
            }
        }
        return "";
    }

    private static boolean isAllowed(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '_'
                || c == '-'
                || c == '%'
                || c == '|';
    }

    /**
     * @return the topic whose route tells clients where to send replies to
     */
    public static String replyTopic(String cluster) {
        return cluster + REPLY_SUFFIX;
    }

    /**
     * @return whether this is the retry topic of a group
     */
    public static boolean isRetry(String topic) {
        return topic.startsWith(RETRY_PREFIX);
    }

    /**
     * @return whether this is the retry or the dead-letter topic of a group
     */
    public static boolean isDerived(String topic) {
        return isRetry(topic) || topic.startsWith(DLQ_PREFIX);
    }

    /**
     * @return whether the system keeps this topic for itself, Bolide's own topics included
     */
    public static boolean isSystem(String topic) {
        return SYSTEM_TOPICS.contains(topic) || topic.startsWith(SYSTEM_PREFIX);
    }

    /**
     * @return whether no producer may write to it
     */
    public static boolean isClosedToProducers(String topic) {
        return CLOSED_TO_PRODUCERS.contains(topic) || isOwn(topic);
    }

    /**
     * @return whether this is a topic of Bolide's own bookkeeping
     */
    public static boolean isOwn(String topic) {
        return topic.startsWith(OWN_PREFIX);
    }
}
