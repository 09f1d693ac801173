package bolide.client.admin;

import bolide.protocol.json.JsonBody;
import bolide.protocol.json.JsonReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads what a name server says of all its brokers, as far as it is needed here. */
final class Clusters {
    private static final String MASTER = "0";

    /**
     * A broker's master.
     *
     * @param cluster the broker's cluster
     * @param address {@code host:port}
     */
    private record Master(String cluster, String address) {}

    private final List<Master> masters;

    private Clusters(List<Master> masters) {
        this.masters = masters;
    }

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when the body is not that
     */
    static Clusters decode(ByteBuffer body) {
        return new Clusters(JsonBody.read(body, "a list of clusters", Clusters::read));
    }

    /** @return the cluster's masters, {@code host:port}, sorted */
    SortedSet<String> mastersOf(String cluster) {
        SortedSet<String> addresses = new TreeSet<>();
        for (Master master : masters) {
            if (master.cluster().equals(cluster)) {
                addresses.add(master.address());
            }
        }
        return addresses;
    }

    /** @return the names of all clusters, sorted */
    SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        masters.forEach(master -> names.add(master.cluster()));
        return names;
    }

    private static List<Master> read(JsonReader json) {
        List<Master> masters = new ArrayList<>();
        json.beginObject();
        while (json.hasNext()) {
            if (json.nextName().equals("brokerAddrTable") && json.nextIsObject()) {
                json.beginObject();
                while (json.hasNext()) {
                    json.nextName();
                    readMaster(json).ifPresent(masters::add);
                }
                json.endObject();
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        return masters;
    }

    private static Optional<Master> readMaster(JsonReader json) {
        String cluster = "";
        Optional<String> address = Optional.empty();
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (name.equals("cluster")) {
                cluster = json.nextText("");
            } else if (name.equals("brokerAddrs") && json.nextIsObject()) {
                json.beginObject();
                while (json.hasNext()) {
                    boolean isMaster = json.nextName().equals(MASTER);
                    String text = json.nextText("");
                    address = isMaster ? Optional.of(text) : address;
                }
                json.endObject();
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        String of = cluster;
        return address.map(master -> new Master(of, master));
    }
}
