package bolide.cli.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// Says at the beginning of a body when its message was meant to be sent, in microseconds since
/// 1970.
final class Stamp {
    static final int BYTES = 16;

    private static final long MARK =
            ByteBuffer.wrap("bolide.>".getBytes(StandardCharsets.US_ASCII)).getLong();
    private static final byte FILLING = 'x';

    private Stamp() {}

    /// @param size bytes of the body; below [#BYTES] it bears no stamp
    static byte[] body(int size, long micros) {
        byte[] body = new byte[size];
        Arrays.fill(body, FILLING);
        if (size >= BYTES) {
            ByteBuffer.wrap(body).putLong(MARK).putLong(micros);
        }
        return body;
    }

    static long micros(Instant instant) {
        return TimeUnit.SECONDS.toMicros(instant.getEpochSecond())
                + TimeUnit.NANOSECONDS.toMicros(instant.getNano());
    }

    /// @return what the body says; empty when it bears no stamp
    static OptionalLong micros(byte[] body) {
        if (body.length < BYTES) {
            return OptionalLong.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(body);
        return bytes.getLong() == MARK ? OptionalLong.of(bytes.getLong()) : OptionalLong.empty();
    }
}
