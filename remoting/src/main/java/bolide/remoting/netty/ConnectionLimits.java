package bolide.remoting.netty;

import java.time.Duration;

/**
 * How long a connection is waited for, and how much is kept for it.
 *
 * <p>The deadlines are looked at eight times within the shortest of them, so a connection may
 * outlive one by a quarter of that.
 *
 * <p>The marks: what lies between a socket and its peer is the kernel's buffer, some megabytes;
 * bytes that wait here add nothing to the throughput, only memory and a longer queue. With these
 * marks 500 peers that never read hold 250 MiB in all, and a peer that takes 1 GB/s still finds the
 * next 128 KiB waiting whenever reading resumes.
 *
 * @param idle closed after so long without a byte in either direction; time during which this side
 *     does not read does not count
 * @param firstRequest an accepted connection is closed when it has not sent one whole and valid
 *     request header so long after it was opened
 * @param stalled closed when the peer has taken nothing for so long while more than the high mark
 *     waits for it, or while its connection is to be closed
 * @param lowMarkBytes reading resumes when no more than this waits to be sent
 * @param highMarkBytes reading stops when more than this waits to be sent
 * @param mostAccepted so many peers may be connected to us; who comes then is turned away at once
 */
public record ConnectionLimits(
        Duration idle,
        Duration firstRequest,
        Duration stalled,
        int lowMarkBytes,
        int highMarkBytes,
        int mostAccepted) {
    private static final int KIB = 1024;

    public static final ConnectionLimits DEFAULT =
            new ConnectionLimits(
                    Duration.ofSeconds(120),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    128 * KIB,
                    512 * KIB);

    /** As many connections as there are. */
    public ConnectionLimits(
            Duration idle,
            Duration firstRequest,
            Duration stalled,
            int lowMarkBytes,
            int highMarkBytes) {
        this(idle, firstRequest, stalled, lowMarkBytes, highMarkBytes, Integer.MAX_VALUE);
    }

    public ConnectionLimits {
        if (idle.isNegative()
                || idle.isZero()
                || firstRequest.isNegative()
                || firstRequest.isZero()
                || stalled.isNegative()
                || stalled.isZero()) {
            throw new IllegalArgumentException("a deadline has to be longer than nothing");
        }
        if (lowMarkBytes < 0 || highMarkBytes < lowMarkBytes) {
            throw new IllegalArgumentException(
                    "marks have to be 0 <= low <= high: " + lowMarkBytes + ", " + highMarkBytes);
        }
        if (mostAccepted < 1) {
            throw new IllegalArgumentException("at least one connection has to be accepted");
        }
    }

    /**
     * @return the same, but for so many connections at most
     */
    public ConnectionLimits withMostAccepted(int most) {
        return new ConnectionLimits(idle, firstRequest, stalled, lowMarkBytes, highMarkBytes, most);
    }

    /**
     * @return how often the deadlines are looked at, in nanoseconds
     */
    long checkEveryNanos() {
        long shortest =
                Math.min(idle.toNanos(), Math.min(firstRequest.toNanos(), stalled.toNanos()));
        return Math.max(1, shortest / 8);
    }
}
