package bolide.store.dispatch;

import bolide.agent.Agent;
import bolide.agent.Position;
import bolide.agent.Turn;
import bolide.protocol.message.RecordView;
import bolide.store.commitlog.CommitLog;
import bolide.store.commitlog.Segment;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.file.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/// Follows the log up to `readable` and draws the consequences of each record. Owner of
/// `dispatched` and of everything derived.
///
/// It works on the thread that has made records readable, for to wake another costs several times
/// what there is to do; its own thread is left with much at once and with what others wake it for.
/// One thread is at it at a time.
public final class Dispatcher implements Agent {
    private static final int RECORDS_PER_ROUND = 512;
    private static final int LENT_BYTES = 128 * 1024; // of the log: what a lent thread may be asked
    private static final int LENT_ROUNDS = 8;

    private record Waiter(long position, CompletableFuture<Void> done) {}

    private final CommitLog log;
    private final Derived derived;
    private final ArrivalListener arrivals;
    private final RecordView view = new RecordView();
    private final List<ConsumeQueue> touched = new ArrayList<>();
    private final Consumer<ConsumeQueue> touch = this::touch;
    private final Checkpoints checkpoints;
    private final Position dispatched;
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private final Turn turn = new Turn();
    private volatile Runnable wake = () -> {};
    private long round;

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

    /// @param action ends the rest of the thread that runs this agent
    public void wakeBy(Runnable action) {
        wake = action;
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
        if (waiters.isEmpty()) {
            return;
        }
        waiters.removeIf(waiter -> {
            boolean reached = waiter.position() <= dispatched.get();
            if (reached) {
                waiter.done().complete(null);
            }
            return reached;
        });
    }

    /// Follows the log on the calling thread, which has just made something readable; or leaves
    /// that to whoever is at it, or to this agent when it is much.
    public void follow() {
        if (!turn.take()) {
            return;
        }
        for (int i = 0; i < LENT_ROUNDS; i++) {
            turn.begin();
            if (log.readable().get() - dispatched.get() > LENT_BYTES) {
                break;
            }
            round();
            if (turn.end()) {
                return;
            }
        }
        turn.leave();
        wake.run();
    }

    @Override
    public boolean step() {
        if (!turn.takeLeft()) {
            return false; // who is at it sees to it
        }
        turn.begin();
        boolean worked = round();
        if (turn.end()) {
            return worked;
        }
        turn.leave(); // to the next step
        return true;
    }

    /// @return whether there was anything to do
    private boolean round() {
        long readable = log.readable().get();
        long position = dispatched.get();
        if (position == readable || derived.mustWait()) {
            tellWaiters();
            return freezeIfDue(position);
        }
        dispatch();
        tellWaiters();
        for (int i = 0; i < touched.size(); i++) {
            arrivals.arrived(touched.get(i));
        }
        touched.clear();
        round++;
        freezeIfDue(dispatched.get());
        return true;
    }

    private void touch(ConsumeQueue queue) {
        if (queue.growIn(round)) {
            touched.add(queue);
        }
    }

    private void dispatch() {
        long readable = log.readable().get();
        long position = dispatched.get();
        for (int i = 0; i < RECORDS_PER_ROUND && position < readable; i++) {
            position = dispatch(position, readable);
        }
        dispatched.advanceTo(position);
    }

    /// Follows the log to its end, or as far as memory allows, without telling anybody. Only after
    /// the last step.
    public void finish() {
        while (!turn.takeLeft() && !log.hasFailed()) {
            Thread.onSpinWait(); // a thread that published last is still at it
        }
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
