package bolide.client.producer;

import bolide.protocol.message.MessageProperties;
import bolide.protocol.message.PropertyNames;
import bolide.protocol.text.Excerpt;
import bolide.protocol.topic.Names;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A message to be sent. The body is not copied and must not change while it is being sent.
 *
 * @param topic where to
 * @param body the content
 * @param tag by which consumers choose; empty: none
 * @param keys by which the message can be found again, without spaces
 * @param properties further texts by name
 * @param orderingKey messages with the same one go to the same queue, in order; empty: any queue
 */
public record Message(
        String topic,
        byte[] body,
        String tag,
        List<String> keys,
        Map<String, String> properties,
        String orderingKey) {
    private static final Set<String> RESERVED =
            Set.of(
                    PropertyNames.KEYS,
                    PropertyNames.TAGS,
                    PropertyNames.WAIT,
                    PropertyNames.UNIQ_KEY,
                    PropertyNames.PGROUP,
                    PropertyNames.TRAN_MSG,
                    PropertyNames.REAL_TOPIC,
                    PropertyNames.REAL_QID,
                    PropertyNames.RETRY_TOPIC,
                    PropertyNames.POP_CK,
                    PropertyNames.RECORD_CRC);

    /**
     * @throws IllegalArgumentException when a part cannot be carried by any message
     */
    public Message {
        check(Names.topicProblem(topic));
        check(separatorProblem("tag", tag));
        for (String key : keys) {
            check(separatorProblem("key", key));
            check(
                    key.isEmpty() || key.indexOf(' ') >= 0
                            ? "key " + Excerpt.of(key) + " is empty or has a space"
                            : "");
        }
        properties.forEach((name, value) -> {
            check(name.isEmpty() ? "a property has no name" : "");
            check(separatorProblem("property", name));
            check(separatorProblem("property " + name, value));
            check(RESERVED.contains(name) ? "property " + name + " is reserved" : "");
        });
        check(separatorProblem("ordering key", orderingKey));
        keys = List.copyOf(keys);
        properties = Map.copyOf(properties);
    }

    public static Message of(String topic, byte[] body) {
        return new Message(topic, body, "", List.of(), Map.of(), "");
    }

    public Message withTag(String other) {
        return new Message(topic, body, other, keys, properties, orderingKey);
    }

    public Message withKeys(String... others) {
        return new Message(topic, body, tag, List.of(others), properties, orderingKey);
    }

    public Message withProperty(String name, String value) {
        Map<String, String> more = new TreeMap<>(properties);
        more.put(name, value);
        return new Message(topic, body, tag, keys, more, orderingKey);
    }

    public Message withOrderingKey(String key) {
        return new Message(topic, body, tag, keys, properties, key);
    }

    private static String separatorProblem(String what, String text) {
        return MessageProperties.isSeparatorFree(text)
                ? ""
                : what + " has a character 0x01 or 0x02: " + Excerpt.of(text);
    }

    private static void check(String problem) {
        if (!problem.isEmpty()) {
            throw new IllegalArgumentException(problem);
        }
    }
}
