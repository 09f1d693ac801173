package bolide.protocol.route;

import bolide.protocol.body.JsonBody;
import bolide.protocol.json.JsonReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All brokers a name server knows: the answer to request 106.
 *
 * @param brokers every broker, each name once
 */
public record ClusterInfo(List<BrokerData> brokers) {

    /**
     * @param keys how broker ids are written
     */
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

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when the body is not that
     */
    public static ClusterInfo decode(ByteBuffer body) {
        return JsonBody.read(body, "a list of brokers", ClusterInfo::read);
    }

    private static ClusterInfo read(JsonReader json) {
        List<BrokerData> brokers = List.of();
        json.beginObject();
        while (json.hasNext()) {
            if (json.nextName().equals("brokerAddrTable")) {
                brokers = readBrokers(json);
            } else {
                json.skipValue(); // the clusters' brokers: each broker names its cluster
            }
        }
        json.endObject();
        return new ClusterInfo(brokers);
    }

    private static List<BrokerData> readBrokers(JsonReader json) {
        List<BrokerData> brokers = new ArrayList<>();
        if (json.nextIsNull()) {
            return brokers;
        }
        json.beginObject();
        while (json.hasNext()) {
            json.nextName();
            brokers.add(BrokerData.read(json));
        }
        json.endObject();
        return brokers;
    }
}
