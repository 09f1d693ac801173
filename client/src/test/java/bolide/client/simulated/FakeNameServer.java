package bolide.client.simulated;

import bolide.protocol.frame.RequestCode;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.route.BrokerData;
import bolide.protocol.route.ClusterInfo;
import bolide.protocol.route.MapKeys;
import bolide.protocol.route.QueueData;
import bolide.protocol.route.TopicRoute;
import bolide.remoting.Answer;
import bolide.remoting.Network;
import bolide.remoting.RemotingServer;
import bolide.remoting.Reply;
import bolide.remoting.RequestTable;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A name server that knows the brokers that a test gives it. For any thread. */
public final class FakeNameServer {
    private final List<FakeBroker> brokers = new ArrayList<>();
    private int questions;

    public synchronized FakeNameServer with(FakeBroker broker) {
        brokers.add(broker);
        return this;
    }

    public synchronized void forget(FakeBroker broker) {
        brokers.remove(broker);
    }

    /**
     * @return how often somebody has asked for a route
     */
    public synchronized int questions() {
        return questions;
    }

    public Network.Listener listen(Network network, String address) {
        return listen(network, MemoryNetwork.parse(address));
    }

    public Network.Listener listen(Network network, InetSocketAddress address) {
        RequestTable table = new RequestTable();
        table.inline(
                        RequestCode.GET_ROUTEINFO_BY_TOPIC,
                        TopicRoute::topicOf,
                        this::route,
                        Function.<Answer>identity())
                .inline(
                        RequestCode.GET_BROKER_CLUSTER_INFO,
                        frame -> "",
                        (String nothing, Reply<Answer> reply) -> reply.send(clusters()),
                        Function.identity());
        return network.listen(address, new RemotingServer(table, Runnable::run));
    }

    private synchronized void route(String topic, Reply<Answer> reply) {
        questions++;
        List<QueueData> queues = new ArrayList<>();
        List<BrokerData> holders = new ArrayList<>();
        for (FakeBroker broker : brokers) {
            broker.config(topic)
                    .ifPresent(config -> {
                        queues.add(QueueData.of(broker.name(), config));
                        holders.add(data(broker));
                    });
        }
        reply.send(
                queues.isEmpty()
                        ? Answer.refused(
                                ResponseCode.TOPIC_NOT_EXIST, "topic " + topic + " is unknown")
                        : Answer.ok(new TopicRoute(queues, holders).encode(MapKeys.QUOTED)));
    }

    private synchronized Answer clusters() {
        return Answer.ok(
                new ClusterInfo(brokers.stream().map(FakeNameServer::data).toList())
                        .encode(MapKeys.BARE));
    }

    private static BrokerData data(FakeBroker broker) {
        return new BrokerData(
                "C1", broker.name(), new TreeMap<>(Map.of(BrokerData.MASTER, broker.address())));
    }
}
