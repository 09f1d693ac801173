package bolide.nameserver.route;

import bolide.remoting.Timers;

/// Looks every five seconds for brokers that have been silent for too long.
public final class ExpiryScan implements AutoCloseable {
    private static final long PERIOD_MILLIS = 5_000;

    private final RouteTable routes;
    private final Timers timers;
    private Timers.Timer next; // guarded by this, like closed
    private boolean closed;

    public ExpiryScan(RouteTable routes, Timers timers) {
        this.routes = routes;
        this.timers = timers;
        this.next = timers.after(PERIOD_MILLIS, this::scan);
    }

    private void scan() {
        routes.expire();
        synchronized (this) {
            if (!closed) {
                next = timers.after(PERIOD_MILLIS, this::scan);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        next.cancel();
    }
}
