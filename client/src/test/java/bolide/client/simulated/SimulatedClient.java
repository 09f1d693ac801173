package bolide.client.simulated;

import bolide.client.consumer.Consumers;
import bolide.client.group.Heartbeats;
import bolide.client.offset.QueueOffsets;
import bolide.client.producer.Producers;
import bolide.client.producer.UniqueIds;
import bolide.client.route.BrokerCalls;
import bolide.client.route.NameServers;
import bolide.client.route.RouteCache;
import bolide.remoting.Network;
import bolide.remoting.RemotingClient;
import bolide.remoting.RequestTable;
import java.time.ZoneOffset;

/** The parts of a client, wired as the real one is, on a test's network and time. */
public final class SimulatedClient {
    public final String clientId;
    public final RemotingClient remoting;
    public final NameServers nameServers;
    public final RouteCache routes;
    public final BrokerCalls brokers;
    public final QueueOffsets offsets;
    public final Heartbeats heartbeats;
    public final Producers producers;
    public final Consumers consumers;

    public SimulatedClient(
            String clientId, String nameServerAddresses, Network network, ManualTime time) {
        this.clientId = clientId;
        RequestTable table = new RequestTable();
        remoting = new RemotingClient(network, time, table);
        nameServers = new NameServers(NameServers.parse(nameServerAddresses), 0, remoting);
        routes = new RouteCache(nameServers, time, time);
        brokers = new BrokerCalls(remoting);
        offsets = new QueueOffsets(brokers, routes);
        heartbeats = new Heartbeats(clientId, brokers, routes, time);
        heartbeats.addTo(table);
        UniqueIds ids = new UniqueIds(new byte[] {10, 0, 0, 1}, 77, 5, time, ZoneOffset.UTC);
        producers = new Producers(remoting, routes, heartbeats, ids, time, time, time);
        consumers =
                new Consumers(
                        clientId,
                        remoting,
                        routes,
                        heartbeats,
                        brokers,
                        offsets,
                        time,
                        time,
                        time,
                        (group, threads) -> new StepPool(time));
    }

    /** The process is gone, without a word. */
    public void vanish() {
        heartbeats.close();
        routes.close();
        remoting.close();
    }
}
