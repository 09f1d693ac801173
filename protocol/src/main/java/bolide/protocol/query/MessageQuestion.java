package bolide.protocol.query;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;

/**
 * Looks for messages of a topic by key: request 12.
 *
 * @param topic the topic
 * @param key what is looked for
 * @param kind which of a message's texts it is
 * @param most how many messages at most
 * @param begin the earliest store time, milliseconds
 * @param end the latest store time, milliseconds
 */
public record MessageQuestion(String topic, String key, Kind kind, int most, long begin, long end) {
    /** Which of a message's texts a key is. */
    public enum Kind {
        /** The one its producer's client made up. */
        UNIQUE,
        /** Any of those its application gave it. */
        KEY,
        /** Its tag. */
        TAG
    }

    private static final String UNIQUE_MARK = "_UNIQUE_KEY_QUERY";

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when a field is missing or no number
     */
    public static MessageQuestion decode(Frame frame) {
        Fields fields = frame.fields();
        return new MessageQuestion(
                fields.text("topic"),
                fields.text("key"),
                kind(fields),
                fields.integer("maxNum"),
                fields.number("beginTimestamp"),
                fields.number("endTimestamp"));
    }

    private static Kind kind(Fields fields) {
        if (fields.truth(UNIQUE_MARK, false)) {
            return Kind.UNIQUE;
        }
        return switch (fields.text("indexType", "K")) {
            case "U" -> Kind.UNIQUE;
            case "T" -> Kind.TAG;
            default -> Kind.KEY;
        };
    }

    public Frame encode() {
        Fields fields =
                Fields.builder()
                        .put("topic", topic)
                        .put("key", key)
                        .put("maxNum", most)
                        .put("beginTimestamp", begin)
                        .put("endTimestamp", end)
                        .put("indexType", kind.name().substring(0, 1))
                        .put(UNIQUE_MARK, kind == Kind.UNIQUE)
                        .build();
        return Frame.request(RequestCode.QUERY_MESSAGE, fields);
    }
}
