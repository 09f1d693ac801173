package bolide.broker.registration;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.text.Excerpt;
import bolide.protocol.topic.CreateTopic;
import bolide.protocol.topic.Names;
import bolide.protocol.topic.TopicConfig;
import bolide.remoting.NetworkException;
import bolide.remoting.RemotingClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// The masters of the other brokers, over the network.
public final class RemoteMasters implements OtherMasters {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final RemotingClient client;

    public RemoteMasters(RemotingClient client) {
        this.client = client;
    }

    @Override
    public CompletableFuture<Void> create(String address, TopicConfig topic) {
        Frame request = new CreateTopic(topic, Names.AUTO_CREATE).encode();
        return client.request(address, request, TIMEOUT)
                .thenAccept(response -> {
                    if (response.code() != ResponseCode.SUCCESS) {
                        throw new NetworkException(
                                "it answered "
                                        + response.code()
                                        + ": "
                                        + Excerpt.of(response.remark()));
                    }
                });
    }
}
