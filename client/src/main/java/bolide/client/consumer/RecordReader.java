package bolide.client.consumer;

import bolide.protocol.frame.ProtocolException;
import bolide.protocol.group.Subscription;
import bolide.protocol.message.MessageRecord;
import bolide.protocol.message.OffsetMessageId;
import bolide.protocol.message.PropertyNames;
import bolide.protocol.message.RecordView;
import bolide.protocol.route.MessageQueue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Reads the records of a pull, checks them and leaves out those whose tag is not wanted. */
final class RecordReader {
    private final Inflation inflation;

    RecordReader(Inflation inflation) {
        this.inflation = inflation;
    }

    /**
     * @param records whole records, one behind the other; read to the limit
     * @throws ProtocolException when one of them is damaged or cannot be read
     */
    List<ReceivedMessage> read(ByteBuffer records, Subscription wanted, String brokerName) {
        List<ReceivedMessage> messages = new ArrayList<>();
        RecordView view = new RecordView();
        while (records.hasRemaining()) {
            verify(view, records);
            MessageRecord message = MessageRecord.decode(records);
            if (isWanted(message, wanted)) {
                messages.add(received(message, brokerName));
            }
        }
        return messages;
    }

    private static void verify(RecordView view, ByteBuffer records) {
        int at = records.position();
        if (view.look(records, at, records.limit()) != RecordView.Found.RECORD) {
            throw new ProtocolException("a pulled record is damaged: " + view.damage());
        }
        String problem = view.verify(view.position());
        if (!problem.isEmpty()) {
            throw new ProtocolException(
                    "pulled record at position " + view.position() + " is damaged: " + problem);
        }
    }

    /** Brokers filter by the hash of a tag, which others may share. */
    private static boolean isWanted(MessageRecord message, Subscription wanted) {
        return !wanted.isByTag()
                || wanted.tags().isEmpty()
                || wanted.tags().contains(tagOf(message.properties()));
    }

    private ReceivedMessage received(MessageRecord message, String brokerName) {
        Map<String, String> properties = message.properties();
        String offsetId = new OffsetMessageId(message.storeHost(), message.position()).encode();
        String keys = properties.getOrDefault(PropertyNames.KEYS, "").trim();
        return new ReceivedMessage(
                new MessageQueue(message.topic(), brokerName, message.queueId()),
                message.queueOffset(),
                properties.getOrDefault(PropertyNames.UNIQ_KEY, offsetId),
                offsetId,
                inflation.plain(message.body(), message.sysFlag()),
                tagOf(properties),
                keys.isEmpty() ? List.of() : List.of(keys.split(" +")),
                Collections.unmodifiableMap(properties),
                message.bornTimestamp(),
                message.storeTimestamp(),
                message.reconsumeTimes(),
                1);
    }

    private static String tagOf(Map<String, String> properties) {
        return properties.getOrDefault(PropertyNames.TAGS, "");
    }
}
