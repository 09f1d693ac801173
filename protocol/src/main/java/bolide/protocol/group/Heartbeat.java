package bolide.protocol.group;

import bolide.protocol.body.JsonBody;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.json.JsonReader;
import java.util.List;

/**
 * A client's sign of life, with all it takes part in: request 34.
 *
 * @param clientId names the client among all clients
 * @param producerGroups its producer groups
 * @param consumers its consumer groups
 * @param fingerprint a number that stands for the subscriptions; 0: none is kept
 * @param withoutSubscriptions whether the subscriptions are left out because the broker knows them
 *     by the fingerprint
 */
public record Heartbeat(
        String clientId,
        List<String> producerGroups,
        List<ConsumerData> consumers,
        int fingerprint,
        boolean withoutSubscriptions) {
    /**
     * @throws bolide.protocol.frame.InvalidRequestException when the body is not that
     */
    public static Heartbeat decode(Frame frame) {
        return JsonBody.read(frame.body(), "a heartbeat", Heartbeat::read);
    }

    /**
     * @return the same, but of these consumer groups only
     */
    public Heartbeat withConsumers(List<ConsumerData> others) {
        return new Heartbeat(clientId, producerGroups, others, fingerprint, withoutSubscriptions);
    }

    private static Heartbeat read(JsonReader json) {
        String clientId = "";
        List<String> producers = List.of();
        List<ConsumerData> consumers = List.of();
        int fingerprint = 0;
        boolean withoutSubscriptions = false;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "clientID" -> clientId = json.nextText("");
                case "producerDataSet" ->
                        producers = JsonBody.readList(json, Heartbeat::readProducer);
                case "consumerDataSet" -> consumers = JsonBody.readList(json, ConsumerData::read);
                case "heartbeatFingerprint" -> fingerprint = json.nextInt(0);
                case "withoutSub" -> withoutSubscriptions = json.nextBoolean(false);
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new Heartbeat(clientId, producers, consumers, fingerprint, withoutSubscriptions);
    }

    private static String readProducer(JsonReader json) {
        String group = "";
        json.beginObject();
        while (json.hasNext()) {
            if (json.nextName().equals("groupName")) {
                group = json.nextText("");
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        return group;
    }

    public Frame encode() {
        return Frame.request(
                RequestCode.HEART_BEAT,
                Fields.NONE,
                JsonBody.write(json -> {
                    json.beginObject();
                    json.name("clientID").value(clientId);
                    json.name("consumerDataSet").beginArray();
                    consumers.forEach(consumer -> consumer.write(json));
                    json.endArray();
                    json.name("heartbeatFingerprint").value(fingerprint);
                    json.name("producerDataSet").beginArray();
                    producerGroups.forEach(
                            group -> json.beginObject().name("groupName").value(group).endObject());
                    json.endArray();
                    json.name("withoutSub").value(withoutSubscriptions);
                    json.endObject();
                }));
    }
}
