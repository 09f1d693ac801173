package bolide.client.producer;

import java.time.Duration;

/**
 * How a producer sends.
 *
 * @param timeout for a send with all its tries
 * @param retries tries after the first
 * @param maxInFlight messages that may be on their way before a send has to wait
 * @param maxInFlightBytes bytes of them
 * @param maxMessageBytes largest body of a message, and of a batch with all in it
 */
public record ProducerSettings(
        Duration timeout, int retries, int maxInFlight, int maxInFlightBytes, int maxMessageBytes) {
    private static final int MIB = 1024 * 1024;

    public static final ProducerSettings DEFAULT =
            new ProducerSettings(Duration.ofSeconds(3), 2, 4096, 64 * MIB, 4 * MIB);

    public ProducerSettings {
        if (timeout.toMillis() < 1
                || retries < 0
                || maxInFlight < 1
                || maxInFlightBytes < 1
                || maxMessageBytes < 1) {
            throw new IllegalArgumentException(
                    "timeout, limits and sizes start at 1, retries at 0: "
                            + timeout
                            + ", "
                            + maxInFlight
                            + ", "
                            + maxInFlightBytes
                            + ", "
                            + maxMessageBytes
                            + ", "
                            + retries);
        }
    }

    public ProducerSettings withTimeout(Duration other) {
        return new ProducerSettings(other, retries, maxInFlight, maxInFlightBytes, maxMessageBytes);
    }

    public ProducerSettings withRetries(int other) {
        return new ProducerSettings(timeout, other, maxInFlight, maxInFlightBytes, maxMessageBytes);
    }

    public ProducerSettings withMaxInFlight(int messages, int bytes) {
        return new ProducerSettings(timeout, retries, messages, bytes, maxMessageBytes);
    }
}
