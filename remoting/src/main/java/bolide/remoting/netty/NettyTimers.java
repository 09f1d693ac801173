package bolide.remoting.netty;

import bolide.remoting.Timers;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Timers that run on the event loops: one that an event loop sets runs there, since setting it and
 * cancelling it on another would wake that; those of other threads take turns.
 */
final class NettyTimers implements Timers {
    private static final Logger LOG = LoggerFactory.getLogger(NettyTimers.class);
    private static final Timer NEVER = () -> {};

    private final EventLoopGroup loops;
    private final List<EventLoop> each = new ArrayList<>();

    NettyTimers(EventLoopGroup loops) {
        this.loops = loops;
        loops.forEach(loop -> each.add((EventLoop) loop));
    }

    @Override
    public Timer after(long delayMillis, Runnable task) {
        EventLoop loop = own();
        try {
            ScheduledFuture<?> later =
                    loop.schedule(() -> run(task), Math.max(0, delayMillis), TimeUnit.MILLISECONDS);
            return () -> later.cancel(false);
        } catch (RejectedExecutionException ended) {
            LOG.debug("a timer was dropped; the network is closed");
            return NEVER;
        }
    }

    private EventLoop own() {
        for (EventLoop loop : each) {
            if (loop.inEventLoop()) {
                return loop;
            }
        }
        return loops.next();
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error bug) { // the loop would swallow it
            LOG.error("a timer's task failed", bug);
        }
    }
}
