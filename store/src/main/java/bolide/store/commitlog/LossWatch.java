package bolide.store.commitlog;

import bolide.agent.Agent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says so when what the policy ASYNC has acknowledged does not come to stable storage in time. The
/// flusher cannot: it waits for the disk then.
public final class LossWatch implements Agent {
    private static final Logger LOG = LoggerFactory.getLogger(LossWatch.class);
    private static final Duration SHORTEST_LIMIT = Duration.ofSeconds(5);
    private static final int INTERVALS = 10;
    private static final long EACH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final CommitLog log;
    private final long limitNanos;
    private final LongSupplier nanoClock;
    private long flushed = -1; // when last looked
    private long since;
    private boolean isWide;

    /// @param flushInterval between two syncs; ten of them are too long, if that is above 5 s
    public LossWatch(CommitLog log, Duration flushInterval, LongSupplier nanoClock) {
        this.log = log;
        this.limitNanos =
                Math.max(SHORTEST_LIMIT.toNanos(), flushInterval.multipliedBy(INTERVALS).toNanos());
        this.nanoClock = nanoClock;
    }

    @Override
    public String name() {
        return "loss-watch";
    }

    @Override
    public boolean step() {
        long now = nanoClock.getAsLong();
        long position = log.flushed().get();
        long bytes = log.lossWindow().bytes();
        if (position != flushed || bytes == 0) {
            flushed = position;
            since = now;
            if (isWide) {
                LOG.info("the disk has caught up with what was acknowledged");
            }
            isWide = false;
        } else if (!isWide && now - since >= limitNanos) {
            isWide = true;
            LOG.warn(
                    "a power cut would take {} acknowledged bytes: the disk has synced nothing for"
                            + " {} s",
                    bytes,
                    TimeUnit.NANOSECONDS.toSeconds(now - since));
        }
        return false;
    }

    @Override
    public long restNanos() {
        return EACH_NANOS;
    }

    /// @return whether a sync takes too long, as of the last step
    boolean isWide() {
        return isWide;
    }
}
