package bolide.store;

import bolide.store.commitlog.FlushPolicy;
import bolide.store.index.Generation;
import bolide.store.retention.RetentionConfig;
import java.time.Duration;

/// How a store keeps its log.
///
/// @param flush when a message is acknowledged
/// @param flushInterval between two syncs in the policy ASYNC: at most what a power cut can take; 1
///   ms to 10 s
/// @param segmentBytes length of a new segment: 64 KiB to 1 GiB
/// @param checkpoint how much is derived from the log before it is written down, and so how much is
///   read at a start after a crash
/// @param retention how long messages stay
public record StoreConfig(
        FlushPolicy flush,
        Duration flushInterval,
        long segmentBytes,
        Generation.Limits checkpoint,
        RetentionConfig retention) {
    public static final long SMALLEST_SEGMENT_BYTES = 64L * 1024;
    public static final long LARGEST_SEGMENT_BYTES = 1024L * 1024 * 1024;
    public static final Duration SHORTEST_INTERVAL = Duration.ofMillis(1);
    public static final Duration LONGEST_INTERVAL = Duration.ofSeconds(10);

    /// Synced before each answer, segments of 1 GiB.
    public static final StoreConfig DEFAULT =
            new StoreConfig(FlushPolicy.SYNC, Duration.ofMillis(500), LARGEST_SEGMENT_BYTES);

    public StoreConfig(FlushPolicy flush, Duration flushInterval, long segmentBytes) {
        this(flush, flushInterval, segmentBytes, Generation.Limits.DEFAULT);
    }

    public StoreConfig(
            FlushPolicy flush,
            Duration flushInterval,
            long segmentBytes,
            Generation.Limits checkpoint) {
        this(flush, flushInterval, segmentBytes, checkpoint, RetentionConfig.DEFAULT);
    }

    public StoreConfig {
        if (segmentBytes < SMALLEST_SEGMENT_BYTES || segmentBytes > LARGEST_SEGMENT_BYTES) {
            throw new IllegalArgumentException(
                    "segment of "
                            + segmentBytes
                            + " bytes; choose "
                            + SMALLEST_SEGMENT_BYTES
                            + " to "
                            + LARGEST_SEGMENT_BYTES);
        }
        if (flushInterval.compareTo(SHORTEST_INTERVAL) < 0
                || flushInterval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new IllegalArgumentException(
                    "flush interval of "
                            + flushInterval.toMillis()
                            + " ms; choose "
                            + SHORTEST_INTERVAL.toMillis()
                            + " to "
                            + LONGEST_INTERVAL.toMillis());
        }
    }
}
