package bolide.store.retention;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalInt;

/// How long messages stay. Whole segments go, the oldest first, never the last one.
///
/// @param age of a segment's newest message before the segment goes; at least 1 minute
/// @param bytes of all segments above which the oldest goes; at least 64 KiB
/// @param hour of the day, 0 to 23, in which segments go for their age; empty: at any time
/// @param zone of that hour
/// @param cleanPercent of the disk in use above which they go for their age at any hour
/// @param forcePercent of the disk in use above which they go whatever their age
/// @param refusePercent of the disk in use from which on no message is taken, until use has fallen
///   to `forcePercent`
public record RetentionConfig(
        Duration age,
        long bytes,
        OptionalInt hour,
        ZoneId zone,
        int cleanPercent,
        int forcePercent,
        int refusePercent) {
    public static final Duration SHORTEST_AGE = Duration.ofMinutes(1);
    public static final Duration LONGEST_AGE = Duration.ofDays(3650);
    public static final long FEWEST_BYTES = 64 * 1024;

    /// Three days, at any hour; marks of the disk at 75, 85 and 90 %.
    public static final RetentionConfig DEFAULT =
            new RetentionConfig(
                    Duration.ofHours(72),
                    Long.MAX_VALUE,
                    OptionalInt.empty(),
                    ZoneOffset.UTC,
                    75,
                    85,
                    90);

    public RetentionConfig {
        if (age.compareTo(SHORTEST_AGE) < 0 || age.compareTo(LONGEST_AGE) > 0) {
            throw new IllegalArgumentException(
                    "retention of " + age + "; choose " + SHORTEST_AGE + " to " + LONGEST_AGE);
        }
        if (bytes < FEWEST_BYTES) {
            throw new IllegalArgumentException(
                    "retention of " + bytes + " bytes; choose at least " + FEWEST_BYTES);
        }
        if (hour.isPresent() && (hour.getAsInt() < 0 || hour.getAsInt() > 23)) {
            throw new IllegalArgumentException(
                    "retention at hour " + hour.getAsInt() + "; choose 0 to 23");
        }
        if (cleanPercent < 1
                || cleanPercent > forcePercent
                || forcePercent > refusePercent
                || refusePercent > 100) {
            throw new IllegalArgumentException(
                    "marks of the disk at "
                            + cleanPercent
                            + ", "
                            + forcePercent
                            + " and "
                            + refusePercent
                            + " %; choose rising ones from 1 to 100");
        }
    }

    /// @return the same with other limits
    public RetentionConfig of(Duration otherAge, long otherBytes) {
        return new RetentionConfig(
                otherAge, otherBytes, hour, zone, cleanPercent, forcePercent, refusePercent);
    }
}
