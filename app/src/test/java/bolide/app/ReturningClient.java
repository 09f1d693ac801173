package bolide.app;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.app.server.Ask;
import bolide.app.server.Peer;
import bolide.protocol.frame.Frame;
import bolide.protocol.group.ConsumerData;
import bolide.protocol.group.Heartbeat;
import bolide.protocol.group.Subscription;
import java.net.InetSocketAddress;
import java.util.List;

/// A consumer on a plain socket that comes back when it has lost its server.
final class ReturningClient implements AutoCloseable {
    private static final long SUSPEND_MILLIS = 60_000;

    private final String clientId;
    private final String group;
    private final String topic;
    private Peer peer;

    ReturningClient(String clientId, String group, String topic) {
        this.clientId = clientId;
        this.group = group;
        this.topic = topic;
    }

    /// Connects, says who it is, asks for the route, gets the first message of queue 0 and waits
    /// for the next.
    void come(InetSocketAddress server, String firstMessage) {
        peer = Peer.of(server);
        assertThat(peer.ask(heartbeat()).code()).as("heartbeat").isZero();
        Frame route = peer.ask(Ask.route(topic));
        assertThat(route.code()).as("route: %s", route.remark()).isZero();
        Frame pulled = peer.ask(Ask.pull(group, topic, 0, 0, 0));
        assertThat(pulled.code()).as("pull: %s", pulled.remark()).isZero();
        assertThat(Ask.bodies(pulled)).contains(firstMessage);
        peer.send(Ask.pull(group, topic, 0, Ask.bodies(pulled).size(), SUSPEND_MILLIS));
    }

    /// @return what the pull brings that it has waited with since it came
    List<String> awaitMessages() {
        Frame answer = peer.receive();
        while (!answer.isResponse()) { // news of its group
            answer = peer.receive();
        }
        return Ask.bodies(answer);
    }

    void awaitLoss() {
        assertThat(peer.isClosedByOther()).as("the lost server's connection is closed").isTrue();
        peer.close();
    }

    private Frame heartbeat() {
        ConsumerData consumer =
                new ConsumerData(
                        group,
                        ConsumerData.PUSH,
                        ConsumerData.CLUSTERING,
                        ConsumerData.FROM_FIRST,
                        List.of(Subscription.ofTags(topic, "*", 1)));
        return new Heartbeat(clientId, List.of("producers"), List.of(consumer), 0, false).encode();
    }

    @Override
    public void close() {
        if (peer != null) {
            peer.close();
        }
    }
}
