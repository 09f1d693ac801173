package bolide.protocol.group;

import bolide.protocol.body.JsonBody;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Who consumes for a group: the answer to request 203.
 *
 * @param clients its members
 * @param consumeType as the member says that spoke last, see {@link ConsumerData}
 * @param messageModel likewise
 * @param consumeFromWhere likewise
 * @param subscriptions for each topic what the member says that changed it last
 * @param differences a sentence for each thing that members say differently; Apache's tools pass
 *     over it
 */
public record ConsumerConnections(
        List<ClientConnection> clients,
        String consumeType,
        String messageModel,
        String consumeFromWhere,
        List<Subscription> subscriptions,
        List<String> differences) {
    public ByteBuffer encode() {
        return JsonBody.write(json -> {
            json.beginObject();
            json.name("connectionSet").beginArray();
            clients.forEach(client -> client.write(json));
            json.endArray();
            json.name("consumeFromWhere").value(consumeFromWhere);
            json.name("consumeType").value(consumeType);
            json.name("differences");
            JsonBody.writeTexts(json, differences);
            json.name("messageModel").value(messageModel);
            json.name("subscriptionTable").beginObject();
            subscriptions.forEach(wanted -> wanted.write(json.name(wanted.topic())));
            json.endObject();
            json.endObject();
        });
    }
}
