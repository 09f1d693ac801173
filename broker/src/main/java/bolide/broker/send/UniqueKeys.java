package bolide.broker.send;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/// Unique keys for messages whose producer gave them none: 32 hex digits, as clients make them.
final class UniqueKeys {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final InstantSource clock;
    private final byte[] prefix;
    private final AtomicInteger counter = new AtomicInteger();

    /// @param prefix tells this process from others; 10 bytes
    UniqueKeys(InstantSource clock, byte[] prefix) {
        this.clock = clock;
        this.prefix = prefix.clone();
    }

    String next() {
        ByteBuffer key = ByteBuffer.allocate(16);
        key.put(prefix, 0, 10);
        key.putInt((int) (clock.millis() / 1000));
        key.putShort((short) counter.getAndIncrement());
        return HEX.formatHex(key.array());
    }
}
