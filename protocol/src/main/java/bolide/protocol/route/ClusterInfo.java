package bolide.protocol.route;

import bolide.protocol.json.JsonBody;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All brokers a name server knows: the answer to request 106.
 *
 * @param brokers every broker
 */
public record ClusterInfo(List<BrokerData> brokers) {

    public ByteBuffer encode(MapKeys keys) {
        SortedMap<String, SortedSet<String>> clusters = new TreeMap<>();
        for (BrokerData broker : brokers) {
            clusters.computeIfAbsent(broker.cluster(), cluster -> new TreeSet<>())
                    .add(broker.brokerName());
        }
        return JsonBody.write(json -> {
            json.beginObject();
            json.name("brokerAddrTable").beginObject();
            for (BrokerData broker : brokers) {
                json.name(broker.brokerName());
                broker.write(json, keys);
            }
            json.endObject();
            json.name("clusterAddrTable").beginObject();
            clusters.forEach((cluster, names) -> {
                json.name(cluster);
                JsonBody.writeTexts(json, names);
            });
            json.endObject();
            json.endObject();
        });
    }
}
