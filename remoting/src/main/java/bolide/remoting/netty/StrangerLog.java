package bolide.remoting.netty;

import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Log lines that a stranger can cause at will: only some of them each second. For all threads. */
final class StrangerLog {
    private static final Logger LOG = LoggerFactory.getLogger(StrangerLog.class);
    private static final int LINES_PER_SECOND = 20;

    private final Ticker ticker;
    private long secondBegan;
    private int lines;
    private long unsaid;

    StrangerLog(Ticker ticker) {
        this.ticker = ticker;
        this.secondBegan = ticker.nanoTime();
    }

    /**
     * Says that a connection is closed, unless too much has been said already.
     *
     * @param reason a sentence in which nothing of the stranger's stands unescaped
     */
    void closing(InetSocketAddress peer, String reason) {
        if (maySpeak()) {
            LOG.info("closing the connection of {}: {}", peer, reason);
        }
    }

    /** Says that a peer came when there were so many already, unless too much has been said. */
    void turnedAway(InetSocketAddress peer, int most) {
        if (maySpeak()) {
            LOG.warn(
                    "turning {} away: {} connections are open, and there is no room for more; what"
                        + " a process may have open is set by ulimit -n, or LimitNOFILE of systemd",
                    peer,
                    most);
        }
    }

    private boolean maySpeak() {
        long missed;
        synchronized (this) {
            long now = ticker.nanoTime();
            if (now - secondBegan >= TimeUnit.SECONDS.toNanos(1)) {
                secondBegan = now;
                lines = 0;
            }
            if (lines == LINES_PER_SECOND) {
                unsaid++;
                return false;
            }
            lines++;
            missed = unsaid;
            unsaid = 0;
        }
        if (missed > 0) {
            LOG.info("{} more connections were closed; too many to name each", missed);
        }
        return true;
    }
}
