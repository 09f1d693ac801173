package bolide.store.dispatch;

import bolide.agent.Agent;
import bolide.agent.Position;
import bolide.protocol.message.RecordView;
import bolide.store.commitlog.CommitLog;
import bolide.store.commitlog.Segment;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.file.StorageException;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/// Follows the log up to `readable` and draws the consequences of each record. Owner of
/// `dispatched` and of everything derived.
public final class Dispatcher implements Agent {
    private static final int RECORDS_PER_STEP = 512;

    private record Waiter(long position, CompletableFuture<Void> done) {}

    private final CommitLog log;
    private final Derived derived;
    private final ArrivalListener arrivals;
    private final RecordView view = new RecordView();
    private final Set<ConsumeQueue> touched = new LinkedHashSet<>();
    private final Consumer<ConsumeQueue> touch = touched::add;
    private final Checkpoints checkpoints;
    private final Position dispatched;
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();

    /// @param checkpoints given each generation that is to become a file
    /// @param end the end of the log up to which everything has been derived already
    public Dispatcher(
            CommitLog log,
            Derived derived,
            ArrivalListener arrivals,
            Checkpoints checkpoints,
            long end) {
        this.log = log;
        this.derived = derived;
        this.arrivals = arrivals;
        this.checkpoints = checkpoints;
        this.dispatched = new Position(end);
    }

    /// @return the end of what can be found through the queues
    public Position dispatched() {
        return dispatched;
    }

    @Override
    public String name() {
        return "dispatcher";
    }

    /// @return completed when everything that is readable now can be found through the queues;
    ///   whoever asks wakes this agent
    public CompletableFuture<Void> caughtUp() {
        Waiter waiter = new Waiter(log.readable().get(), new CompletableFuture<>());
        waiters.add(waiter);
        return waiter.done();
    }

    private void tellWaiters() {
        waiters.removeIf(waiter -> {
            boolean reached = waiter.position() <= dispatched.get();
            if (reached) {
                waiter.done().complete(null);
            }
            return reached;
        });
    }

    @Override
    public boolean step() {
        long readable = log.readable().get();
        long position = dispatched.get();
        if (position == readable || derived.mustWait()) {
            tellWaiters();
            return freezeIfDue(position);
        }
        dispatch();
        tellWaiters();
        for (ConsumeQueue queue : touched) {
            arrivals.arrived(queue);
        }
        touched.clear();
        freezeIfDue(dispatched.get());
        return true;
    }

    private void dispatch() {
        long readable = log.readable().get();
        long position = dispatched.get();
        for (int i = 0; i < RECORDS_PER_STEP && position < readable; i++) {
            position = dispatch(position, readable);
        }
        dispatched.advanceTo(position);
    }

    /// Follows the log to its end, or as far as memory allows, without telling anybody. Only after
    /// the last step.
    public void finish() {
        while (dispatched.get() < log.readable().get() && !derived.mustWait()) {
            dispatch();
        }
    }

    private boolean freezeIfDue(long position) {
        boolean due = derived.isFull() || checkpoints.isAskedFor() && derived.isFreezable(position);
        if (due) {
            checkpoints.take(derived.freeze(position));
        }
        return due;
    }

    /// @return the position of the next record
    private long dispatch(long position, long readable) {
        Segment segment = log.segments().at(position);
        int limit = (int) (Math.min(readable, segment.end()) - segment.start());
        return switch (view.look(segment.bytes(), segment.indexOf(position), limit)) {
            case RECORD -> {
                derived.apply(view, touch);
                yield position + view.totalSize();
            }
            case BLANK -> segment.end();
            case NOTHING, DAMAGE ->
                    throw new StorageException(
                            "commit log is damaged at position "
                                    + position
                                    + ", which was written whole: "
                                    + view.damage());
        };
    }
}
