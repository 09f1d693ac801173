package bolide.nameserver.route;

import bolide.protocol.route.BrokerData;
import java.util.SortedMap;
import java.util.TreeMap;

/// The master and the slaves of one broker name. Owner: the route table's lock.
final class BrokerSet {
    private final String name;
    private final SortedMap<Long, LiveBroker> members = new TreeMap<>();
    private String cluster = "";

    BrokerSet(String name) {
        this.name = name;
    }

    SortedMap<Long, LiveBroker> members() {
        return members;
    }

    /// The master says which cluster the name belongs to; a slave only while there is no master.
    void put(LiveBroker broker) {
        long id = broker.identity().brokerId();
        members.put(id, broker);
        if (id == BrokerData.MASTER || !members.containsKey(BrokerData.MASTER)) {
            cluster = broker.identity().cluster();
        }
    }

    String cluster() {
        return cluster;
    }

    BrokerData data() {
        SortedMap<Long, String> addresses = new TreeMap<>();
        members.forEach((id, broker) -> addresses.put(id, broker.identity().address()));
        return new BrokerData(cluster, name, addresses);
    }
}
