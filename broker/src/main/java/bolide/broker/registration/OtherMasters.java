package bolide.broker.registration;

import bolide.protocol.topic.TopicConfig;
import java.util.concurrent.CompletableFuture;

/// The masters of the other brokers, of whatever make.
public interface OtherMasters {
    /// @param address `host:port` of one of them
    /// @return completed when it has the topic; failed when it could not be told, or refused
    CompletableFuture<Void> create(String address, TopicConfig topic);
}
