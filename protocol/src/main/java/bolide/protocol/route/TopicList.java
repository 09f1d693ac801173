package bolide.protocol.route;

import bolide.protocol.json.JsonBody;
import java.nio.ByteBuffer;
import java.util.Collection;

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
}
