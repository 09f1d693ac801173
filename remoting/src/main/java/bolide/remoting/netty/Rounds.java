package bolide.remoting.netty;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at all connections of an event loop at one time, again and again: thousands that are idle
 * would else wake the loop one by one. Owner: that loop.
 */
final class Rounds {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private final EventLoop loop;
    private final Set<Vigil> vigils = new LinkedHashSet<>();

    /** May be called on any thread. */
    Rounds(EventLoop loop, long everyNanos) {
        this.loop = loop;
        loop.scheduleWithFixedDelay(this::look, everyNanos, everyNanos, TimeUnit.NANOSECONDS);
    }

    /**
     * @return the time by the clock that the rounds go by, in nanoseconds
     */
    long now() {
        return loop.ticker().nanoTime();
    }

    void add(Vigil vigil) {
        vigils.add(vigil);
    }

    void remove(Vigil vigil) {
        vigils.remove(vigil);
    }

    private void look() {
        long now = now();
        for (Vigil vigil : new ArrayList<>(vigils)) {
            try {
                vigil.look(now);
            } catch (RuntimeException bug) { // the rounds would end for all
                LOG.error("looking at a connection failed", bug);
            }
        }
    }
}
