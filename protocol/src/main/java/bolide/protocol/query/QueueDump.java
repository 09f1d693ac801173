package bolide.protocol.query;

import bolide.protocol.body.JsonBody;
import bolide.protocol.group.Subscription;
import bolide.protocol.json.JsonReader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * What a consume queue says of its messages: the answer to request 321.
 *
 * @param subscription the group's, when one is applied
 * @param minOffset the queue's first offset
 * @param maxOffset one past its last offset
 * @param rows in the order of offsets
 */
public record QueueDump(
        Optional<Subscription> subscription, long minOffset, long maxOffset, List<Row> rows) {
    /**
     * One message.
     *
     * @param position where its record lies in the log; -1 when it is lost
     * @param size bytes of the record
     * @param tagHash the hash of its tag
     * @param isWanted whether the subscription lets it through
     * @param note for people, empty for none
     */
    public record Row(long position, int size, long tagHash, boolean isWanted, String note) {
        private static Row read(JsonReader json) {
            long position = 0;
            int size = 0;
            long tagHash = 0;
            boolean isWanted = false;
            String note = "";
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "physicOffset" -> position = json.nextLong(0);
                    case "physicSize" -> size = json.nextInt(0);
                    case "tagsCode" -> tagHash = json.nextLong(0);
                    case "eval" -> isWanted = json.nextBoolean(false);
                    case "msg" -> note = json.nextText("");
                    default -> json.skipValue();
                }
            }
            json.endObject();
            return new Row(position, size, tagHash, isWanted, note);
        }
    }

    public ByteBuffer encode() {
        return JsonBody.write(json -> {
            json.beginObject();
            json.name("maxQueueIndex").value(maxOffset);
            json.name("minQueueIndex").value(minOffset);
            json.name("queueData").beginArray();
            for (Row row : rows) {
                json.beginObject();
                json.name("eval").value(row.isWanted());
                json.name("msg").value(row.note());
                json.name("physicOffset").value(row.position());
                json.name("physicSize").value(row.size());
                json.name("tagsCode").value(row.tagHash());
                json.endObject();
            }
            json.endArray();
            subscription.ifPresent(wanted -> wanted.write(json.name("subscriptionData")));
            json.endObject();
        });
    }

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when the body is not that
     */
    public static QueueDump decode(ByteBuffer body) {
        return JsonBody.read(body, "a consume queue", QueueDump::read);
    }

    private static QueueDump read(JsonReader json) {
        Optional<Subscription> subscription = Optional.empty();
        long min = 0;
        long max = 0;
        List<Row> rows = List.of();
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "minQueueIndex" -> min = json.nextLong(0);
                case "maxQueueIndex" -> max = json.nextLong(0);
                case "queueData" -> rows = JsonBody.readList(json, Row::read);
                case "subscriptionData" -> subscription = Optional.of(Subscription.read(json));
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new QueueDump(subscription, min, max, rows);
    }
}
