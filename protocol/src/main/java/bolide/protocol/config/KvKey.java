package bolide.protocol.config;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;

/**
 * Under what a name server keeps a value: requests 101 and 102.
 *
 * @param namespace what kind of value it is, for instance {@link #ORDER_TOPICS}
 * @param key the key in that namespace
 */
public record KvKey(String namespace, String key) {
    /** The namespace that holds, by topic, which brokers hold how many queues of it. */
    public static final String ORDER_TOPICS = "ORDER_TOPIC_CONFIG";

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when a field is missing
     */
    public static KvKey decode(Frame frame) {
        return new KvKey(namespaceOf(frame), frame.fields().text("key"));
    }

    /**
     * @return the namespace whose keys are asked for by request 219
     * @throws bolide.protocol.frame.InvalidRequestException when there is none
     */
    public static String namespaceOf(Frame frame) {
        return frame.fields().text("namespace");
    }

    /**
     * @return a builder that holds the two fields
     */
    public Fields.Builder encode() {
        return Fields.builder().put("namespace", namespace).put("key", key);
    }
}
