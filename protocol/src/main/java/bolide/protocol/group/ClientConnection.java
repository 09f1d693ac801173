package bolide.protocol.group;

import bolide.protocol.frame.Language;
import bolide.protocol.json.JsonWriter;

/**
 * A client that is connected to a broker.
 *
 * @param clientId names the client
 * @param address where it is: {@code host:port}
 * @param language its implementation language
 * @param version its version, see {@link bolide.protocol.frame.Version}
 */
public record ClientConnection(String clientId, String address, Language language, int version) {
    void write(JsonWriter json) {
        json.beginObject();
        json.name("clientAddr").value(address);
        json.name("clientId").value(clientId);
        json.name("language").value(language.name());
        json.name("version").value(version);
        json.endObject();
    }
}
