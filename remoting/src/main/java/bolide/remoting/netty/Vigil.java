package bolide.remoting.netty;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Watches a connection for a peer that keeps it waiting too long. Nothing on the way of a frame
 * looks at the clock: what happened is only noted, and found at the next look. Owner: the
 * connection's event loop.
 */
final class Vigil {
    private final ConnectionLimits limits;
    private final Rounds rounds;
    private final BooleanSupplier verified;
    private final LongSupplier takenBytes;
    private final Consumer<String> expired;
    private boolean heard;
    private boolean reading = true;
    private long lastTakenBytes;
    private long openedAt;
    private long activeAt;
    private long progressAt;

    /**
     * @param verified whether the peer has shown that it speaks the protocol
     * @param takenBytes how many bytes the peer's socket has taken
     * @param expired told what the peer failed to do
     */
    Vigil(
            ConnectionLimits limits,
            Rounds rounds,
            BooleanSupplier verified,
            LongSupplier takenBytes,
            Consumer<String> expired) {
        this.limits = limits;
        this.rounds = rounds;
        this.verified = verified;
        this.takenBytes = takenBytes;
        this.expired = expired;
    }

    void start() {
        openedAt = rounds.now();
        activeAt = openedAt;
        progressAt = openedAt;
        rounds.add(this);
    }

    void stop() {
        rounds.remove(this);
    }

    /** The peer has sent something. */
    void heard() {
        heard = true;
    }

    /** This side reads from now on, or does not. */
    void reading(boolean reads) {
        reading = reads;
        heard = true; // the time without reading counts for nobody's silence
    }

    void look(long now) {
        long taken = takenBytes.getAsLong();
        boolean progress = taken != lastTakenBytes;
        lastTakenBytes = taken;
        activeAt = heard || progress || !reading ? now : activeAt;
        progressAt = progress || reading ? now : progressAt;
        heard = false;
        if (past(progressAt, limits.stalled(), now)) {
            expired.accept("it has taken nothing for " + text(limits.stalled()));
        } else if (past(activeAt, limits.idle(), now)) {
            expired.accept("it has been idle for " + text(limits.idle()));
        } else if (!verified.getAsBoolean() && past(openedAt, limits.firstRequest(), now)) {
            expired.accept("it has sent no valid request within " + text(limits.firstRequest()));
        }
    }

    private static boolean past(long since, Duration limit, long now) {
        return now - since >= limit.toNanos();
    }

    private static String text(Duration limit) {
        return limit.toMillis() + " ms";
    }
}
