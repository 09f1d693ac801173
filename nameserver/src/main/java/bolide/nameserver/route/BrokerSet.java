package bolide.nameserver.route;

import bolide.protocol.route.BrokerData;
import bolide.protocol.route.BrokerIdentity;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The master and the slaves of one broker name. Owner: the route table's lock.
final class BrokerSet {
    private final String name;
    private final SortedMap<Long, LiveBroker> members = new TreeMap<>();
    private String cluster = "";
    private boolean actingMaster; // as who came last says

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
        actingMaster = broker.actingMaster();
        if (id == BrokerData.MASTER || !members.containsKey(BrokerData.MASTER)) {
            cluster = broker.identity().cluster();
        }
    }

    /// @return who has the lowest id; nobody before the first has come
    Optional<LiveBroker> lowest() {
        return members.isEmpty() ? Optional.empty() : Optional.of(members.get(members.firstKey()));
    }

    boolean hasActingMaster() {
        return actingMaster;
    }

    /// @return where its brokers in other processes are, but for one
    List<String> addressesWithout(BrokerIdentity broker) {
        return members.values().stream()
                .filter(member -> !member.isInProcess())
                .map(member -> member.identity().address())
                .filter(address -> !address.equals(broker.address()))
                .toList();
    }

    String cluster() {
        return cluster;
    }

    BrokerData data() {
        SortedMap<Long, String> addresses = new TreeMap<>();
        members.forEach((id, broker) -> addresses.put(id, broker.identity().address()));
        return new BrokerData(cluster, name, addresses, actingMaster);
    }
}
