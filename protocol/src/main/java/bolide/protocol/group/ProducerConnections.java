package bolide.protocol.group;

import bolide.protocol.body.JsonBody;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Who produces for a group: the answer to request 204.
 *
 * @param clients the group's producers
 */
public record ProducerConnections(List<ClientConnection> clients) {
    public ByteBuffer encode() {
        return JsonBody.write(json -> {
            json.beginObject().name("connectionSet").beginArray();
            clients.forEach(client -> client.write(json));
            json.endArray().endObject();
        });
    }
}
