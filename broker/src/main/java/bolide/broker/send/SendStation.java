package bolide.broker.send;

import bolide.broker.group.Groups;
import bolide.broker.statistics.Traffic;
import bolide.broker.topic.Topics;
import bolide.store.commitlog.Appender;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.function.IntUnaryOperator;

/// Puts together what takes messages in.
public final class SendStation {
    private static final int KEY_PREFIX_BYTES = 10;

    private final SendHandler handler;

    /// @param cluster the broker's cluster, which every message is told
    /// @param storeHost the broker's address as clients know it, resolved
    /// @param random a number from 0 to below its argument
    public SendStation(
            Topics topics,
            Groups groups,
            Appender appender,
            String cluster,
            InetSocketAddress storeHost,
            InstantSource clock,
            Traffic traffic,
            IntUnaryOperator random) {
        ByteBuffer prefix = ByteBuffer.allocate(KEY_PREFIX_BYTES);
        while (prefix.hasRemaining()) {
            prefix.put((byte) random.applyAsInt(256));
        }
        this.handler =
                new SendHandler(
                        topics,
                        groups,
                        appender,
                        new PropertyRules(cluster, new UniqueKeys(clock, prefix.array())),
                        storeHost,
                        traffic,
                        random);
    }

    public SendHandler handler() {
        return handler;
    }
}
