package bolide.protocol.group;

import bolide.protocol.body.JsonBody;
import bolide.protocol.json.JsonWriter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SortedMap;

/**
 * All producers of a broker by their groups: the answer to request 328.
 *
 * @param producers by group who produces for it
 */
public record ProducerTable(SortedMap<String, List<Producer>> producers) {
    /**
     * One client as a producer of one group.
     *
     * @param client who and where it is
     * @param seenMillis when it was last heard of
     */
    public record Producer(ClientConnection client, long seenMillis) {
        private void write(JsonWriter json) {
            json.beginObject();
            json.name("clientId").value(client.clientId());
            json.name("language").value(client.language().name());
            json.name("lastUpdateTimestamp").value(seenMillis);
            json.name("remoteIP").value(client.address());
            json.name("version").value(client.version());
            json.endObject();
        }
    }

    public ByteBuffer encode() {
        return JsonBody.write(json -> {
            json.beginObject().name("data").beginObject();
            producers.forEach((group, ofGroup) -> {
                json.name(group).beginArray();
                ofGroup.forEach(producer -> producer.write(json));
                json.endArray();
            });
            json.endObject().endObject();
        });
    }
}
