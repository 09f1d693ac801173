package bolide.client.producer;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the unique ids of messages: upper-case hex of
 *
 * <pre>
 * address 4 or 16 | process id 2 | instance 4 | milliseconds since the month began 4 | counter 2
 * </pre>
 *
 * For any thread.
 */
public final class UniqueIds {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /**
     * A month as milliseconds of the wall clock.
     *
     * @param beginMillis its first
     * @param endMillis the next one's first
     */
    private record Month(long beginMillis, long endMillis) {
        static Month at(Instant instant, ZoneId zone) {
            YearMonth month = YearMonth.from(instant.atZone(zone));
            return new Month(begin(month, zone), begin(month.plusMonths(1), zone));
        }

        private static long begin(YearMonth month, ZoneId zone) {
            return month.atDay(1).atStartOfDay(zone).toInstant().toEpochMilli();
        }

        boolean has(long millis) {
            return millis >= beginMillis && millis < endMillis;
        }
    }

    private final byte[] origin; // address, process, instance
    private final InstantSource clock;
    private final ZoneId zone;
    private final AtomicInteger counter = new AtomicInteger();
    private volatile Month month;

    /**
     * @param address this host's, 4 or 16 bytes
     * @param instance differs between the clients of one process
     * @param zone whose months count
     */
    public UniqueIds(
            byte[] address, long processId, int instance, InstantSource clock, ZoneId zone) {
        this.origin =
                ByteBuffer.allocate(address.length + 6)
                        .put(address)
                        .putShort((short) processId)
                        .putInt(instance)
                        .array();
        this.clock = clock;
        this.zone = zone;
        this.month = Month.at(clock.instant(), zone);
    }

    String next() {
        Instant instant = clock.instant();
        long now = instant.toEpochMilli();
        Month current = month;
        if (!current.has(now)) {
            current = Month.at(instant, zone);
            month = current;
        }
        ByteBuffer id = ByteBuffer.allocate(origin.length + 6);
        id.put(origin);
        id.putInt((int) (now - current.beginMillis()));
        id.putShort((short) counter.getAndIncrement());
        return HEX.formatHex(id.array());
    }
}
