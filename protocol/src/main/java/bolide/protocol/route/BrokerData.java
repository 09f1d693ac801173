package bolide.protocol.route;

import bolide.protocol.json.JsonException;
import bolide.protocol.json.JsonReader;
import bolide.protocol.json.JsonWriter;
import bolide.protocol.text.Excerpt;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The addresses under which a broker is reached.
 *
 * @param cluster the broker's cluster
 * @param brokerName the broker
 * @param addresses {@code host:port} by broker id; 0 is the master
 * @param actingMaster whether a slave may stand in for the master
 */
public record BrokerData(
        String cluster,
        String brokerName,
        SortedMap<Long, String> addresses,
        boolean actingMaster) {
    /** The id of the broker that producers write to; all others are its slaves. */
    public static final long MASTER = 0;

    public BrokerData {
        addresses =
                addresses.isEmpty()
                        ? Collections.emptySortedMap()
                        : Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
    }

    /** A broker whose slaves do not stand in for it. */
    public BrokerData(String cluster, String brokerName, SortedMap<Long, String> addresses) {
        this(cluster, brokerName, addresses, false);
    }

    static BrokerData read(JsonReader json) {
        String cluster = "";
        String brokerName = "";
        SortedMap<Long, String> addresses = Collections.emptySortedMap();
        boolean actingMaster = false;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "cluster" -> cluster = json.nextText("");
                case "brokerName" -> brokerName = json.nextText("");
                case "brokerAddrs" -> addresses = readAddresses(json);
                case "enableActingMaster" -> actingMaster = json.nextBoolean(false);
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new BrokerData(cluster, brokerName, addresses, actingMaster);
    }

    static SortedMap<Long, String> readAddresses(JsonReader json) {
        SortedMap<Long, String> addresses = new TreeMap<>();
        if (json.nextIsNull()) {
            return addresses;
        }
        json.beginObject();
        while (json.hasNext()) {
            String id = json.nextName();
            try {
                addresses.put(Long.parseLong(id), json.nextText(""));
            } catch (NumberFormatException notANumber) {
                throw new JsonException("a broker id is a number; this is " + Excerpt.of(id));
            }
        }
        json.endObject();
        return addresses;
    }

    void write(JsonWriter json, MapKeys keys) {
        json.beginObject();
        json.name("brokerAddrs");
        writeAddresses(json, keys, addresses);
        json.name("brokerName").value(brokerName);
        json.name("cluster").value(cluster);
        json.name("enableActingMaster").value(actingMaster);
        json.endObject();
    }

    static void writeAddresses(JsonWriter json, MapKeys keys, SortedMap<Long, String> addresses) {
        json.beginObject();
        addresses.forEach((id, address) -> {
            keys.write(json, id);
            json.value(address);
        });
        json.endObject();
    }
}
