package bolide.protocol.route;

import bolide.protocol.body.JsonBody;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who bears a broker's name now, the master and its slaves: the answer to request 901.
 *
 * @param cluster the broker's cluster
 * @param brokerName the broker
 * @param addresses {@code host:port} by broker id; none when nobody bears the name
 */
public record BrokerMembers(String cluster, String brokerName, SortedMap<Long, String> addresses) {
    public BrokerMembers {
        addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
    }

    /**
     * @param keys how broker ids are written
     */
    public ByteBuffer encode(MapKeys keys) {
        return JsonBody.write(json -> {
            json.beginObject();
            json.name("brokerMemberGroup").beginObject();
            json.name("brokerAddrs");
            BrokerData.writeAddresses(json, keys, addresses);
            json.name("brokerName").value(brokerName);
            json.name("cluster").value(cluster);
            json.endObject();
            json.endObject();
        });
    }
}
