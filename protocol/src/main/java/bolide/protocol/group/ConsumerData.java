package bolide.protocol.group;

import bolide.protocol.body.JsonBody;
import bolide.protocol.json.JsonReader;
import bolide.protocol.json.JsonWriter;
import java.util.List;

/**
 * What a client says of one consumer group it is a member of.
 *
 * @param group the consumer group
 * @param consumeType CONSUME_ACTIVELY (pull), CONSUME_PASSIVELY (push) or CONSUME_POP
 * @param messageModel CLUSTERING or BROADCASTING
 * @param consumeFromWhere where a group without committed offset begins, see the constants
 * @param subscriptions one per topic
 */
public record ConsumerData(
        String group,
        String consumeType,
        String messageModel,
        String consumeFromWhere,
        List<Subscription> subscriptions) {
    /** The consume type of push consumers. */
    public static final String PUSH = "CONSUME_PASSIVELY";

    /** Each message goes to one member of the group. */
    public static final String CLUSTERING = "CLUSTERING";

    /** Each message goes to every member of the group. */
    public static final String BROADCASTING = "BROADCASTING";

    /** A new group begins with what is sent from now on. */
    public static final String FROM_LAST = "CONSUME_FROM_LAST_OFFSET";

    /** A new group begins with the oldest message. */
    public static final String FROM_FIRST = "CONSUME_FROM_FIRST_OFFSET";

    static ConsumerData read(JsonReader json) {
        String group = "";
        String type = PUSH;
        String model = CLUSTERING;
        String from = FROM_LAST;
        List<Subscription> subscriptions = List.of();
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "groupName" -> group = json.nextText("");
                case "consumeType" -> type = json.nextText(PUSH);
                case "messageModel" -> model = json.nextText(CLUSTERING);
                case "consumeFromWhere" -> from = json.nextText(FROM_LAST);
                case "subscriptionDataSet" ->
                        subscriptions = JsonBody.readList(json, Subscription::read);
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new ConsumerData(group, type, model, from, subscriptions);
    }

    void write(JsonWriter json) {
        json.beginObject();
        json.name("consumeFromWhere").value(consumeFromWhere);
        json.name("consumeType").value(consumeType);
        json.name("groupName").value(group);
        json.name("messageModel").value(messageModel);
        json.name("subscriptionDataSet").beginArray();
        subscriptions.forEach(subscription -> subscription.write(json));
        json.endArray();
        json.name("unitMode").value(false);
        json.endObject();
    }
}
