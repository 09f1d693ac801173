package bolide.benchmarks.store;

import bolide.protocol.message.NewRecord;
import bolide.protocol.message.RecordHost;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Makes the messages that are measured with.
public final class Records {
    public static final int BODY_BYTES = 1024;

    private static final RecordHost HOST =
            RecordHost.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911));

    private Records() {}

    /// @return a message of 1 KiB
    public static NewRecord of(String topic, int queueId, String key) {
        String properties = "UNIQ_KEY\1" + key + "\2WAIT\1true\2";
        return new NewRecord(
                topic.getBytes(StandardCharsets.UTF_8),
                queueId,
                0,
                0,
                0,
                HOST,
                HOST,
                0,
                0,
                ByteBuffer.wrap(new byte[BODY_BYTES]),
                properties.getBytes(StandardCharsets.UTF_8));
    }
}
