package bolide.protocol.route;

import bolide.protocol.body.JsonBody;
import bolide.protocol.json.JsonReader;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;

/**
 * Names of topics: the answer to requests 206, 224 and 304.
 *
 * @param topics the names
 * @param brokerAddress {@code host:port} of a broker to ask further; empty: none
 */
public record TopicList(Collection<String> topics, String brokerAddress) {
    public ByteBuffer encode() {
        return JsonBody.write(json -> {
            json.beginObject();
            if (!brokerAddress.isEmpty()) {
                json.name("brokerAddr").value(brokerAddress);
            }
            json.name("topicList");
            JsonBody.writeTexts(json, topics);
            json.endObject();
        });
    }

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when the body is not that
     */
    public static TopicList decode(ByteBuffer body) {
        return JsonBody.read(body, "a list of topics", TopicList::read);
    }

    private static TopicList read(JsonReader json) {
        List<String> topics = List.of();
        String brokerAddress = "";
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "topicList" -> topics = JsonBody.readTexts(json);
                case "brokerAddr" -> brokerAddress = json.nextText("");
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new TopicList(topics, brokerAddress);
    }
}
