package bolide.client.producer;

import bolide.protocol.frame.Frame;
import bolide.protocol.message.BatchBody;
import bolide.protocol.message.MessageProperties;
import bolide.protocol.message.PropertyNames;
import bolide.protocol.send.SendRequest;
import bolide.protocol.topic.Names;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A message, or several to go together, ready for the wire except for the queue.
 *
 * @param topic where to
 * @param orderingKey decides on the queue; empty: any
 * @param ids the unique id of each message
 * @param properties those of the message, or of the batch as a whole
 * @param body the message's, or all messages of the batch
 * @param isBatch which of the two
 */
record Outgoing(
        String topic,
        String orderingKey,
        List<String> ids,
        String properties,
        ByteBuffer body,
        boolean isBatch) {
    /** Queues per broker that are asked for when the topic is created on first use. */
    static final int NEW_TOPIC_QUEUES = 4;

    private static final String ORDERING_KEY = "__SHARDINGKEY";

    static Outgoing of(Message message, String id) {
        return new Outgoing(
                message.topic(),
                message.orderingKey(),
                List.of(id),
                properties(message, id),
                ByteBuffer.wrap(message.body()).asReadOnlyBuffer(),
                false);
    }

    /**
     * @param messages at least one
     * @throws IllegalArgumentException when they are not all to one topic and with one ordering key
     */
    static Outgoing ofAll(List<Message> messages, UniqueIds ids) {
        Message first = messages.get(0);
        List<String> given = new ArrayList<>(messages.size());
        List<BatchBody.Element> elements = new ArrayList<>(messages.size());
        for (Message message : messages) {
            if (!message.topic().equals(first.topic())
                    || !message.orderingKey().equals(first.orderingKey())) {
                throw new IllegalArgumentException(
                        "the messages of a batch have one topic and one ordering key; these have "
                                + first.topic()
                                + " and "
                                + message.topic()
                                + ", '"
                                + first.orderingKey()
                                + "' and '"
                                + message.orderingKey()
                                + "'");
            }
            String id = ids.next();
            given.add(id);
            elements.add(
                    new BatchBody.Element(
                            0, ByteBuffer.wrap(message.body()), properties(message, id)));
        }
        return new Outgoing(
                first.topic(),
                first.orderingKey(),
                given,
                MessageProperties.encode(Map.of(PropertyNames.WAIT, "true")),
                BatchBody.encode(elements),
                true);
    }

    private static String properties(Message message, String id) {
        Map<String, String> all = new LinkedHashMap<>(message.properties());
        if (!message.keys().isEmpty()) {
            all.put(PropertyNames.KEYS, String.join(" ", message.keys()));
        }
        all.put(PropertyNames.UNIQ_KEY, id);
        all.put(PropertyNames.WAIT, "true");
        if (!message.tag().isEmpty()) {
            all.put(PropertyNames.TAGS, message.tag());
        }
        if (!message.orderingKey().isEmpty()) {
            all.put(ORDERING_KEY, message.orderingKey());
        }
        String text = MessageProperties.encode(all);
        if (text.length() > MessageProperties.MAX_BYTES / 3) { // else fewer bytes than the limit
            checkSize(message.topic(), text.getBytes(StandardCharsets.UTF_8).length);
        }
        return text;
    }

    private static void checkSize(String topic, int bytes) {
        if (bytes > MessageProperties.MAX_BYTES) {
            throw SendException.illegal(
                    topic,
                    "properties of "
                            + bytes
                            + " bytes exceed the limit of "
                            + MessageProperties.MAX_BYTES
                            + "; move some into the body");
        }
    }

    /**
     * @return bytes that it takes in memory, roughly
     */
    int sizeBytes() {
        return body.remaining() + properties.length();
    }

    Frame encode(String group, int queueId, long bornTimestamp) {
        return new SendRequest(
                        group,
                        topic,
                        Names.AUTO_CREATE,
                        NEW_TOPIC_QUEUES,
                        queueId,
                        0,
                        bornTimestamp,
                        0,
                        properties,
                        0,
                        false,
                        -1,
                        isBatch,
                        body.duplicate())
                .encode();
    }
}
