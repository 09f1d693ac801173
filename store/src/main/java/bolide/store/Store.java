package bolide.store;

import bolide.agent.AgentThread;
import bolide.store.commitlog.CommitLog;
import bolide.store.commitlog.QueueTails;
import bolide.store.commitlog.Segments;
import bolide.store.consumequeue.ConsumeQueues;
import bolide.store.dispatch.ArrivalListener;
import bolide.store.dispatch.Derived;
import bolide.store.dispatch.Dispatcher;
import bolide.store.file.Volume;
import bolide.store.recovery.Recovery;
import bolide.store.state.StateKind;
import bolide.store.state.StateLog;
import bolide.store.state.StateTable;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// A commit log and everything derived from it, in one directory. Opened in two moves: after the
/// constructor the state is there to be looked at; after [#start] messages come in and go out.
public final class Store implements AutoCloseable {
    private final Volume.Claim claim;
    private final StoreConfig config;
    private final Segments segments;
    private final QueueTails tails = new QueueTails();
    private final ConsumeQueues queues = new ConsumeQueues();
    private final StateTable state = new StateTable();
    private final Derived derived = new Derived(queues, state);
    private final Recovery.Outcome recovered;
    private Running running;

    /// What exists between start and close.
    private record Running(
            CommitLog log,
            StateLog stateLog,
            Dispatcher dispatcher,
            AgentThread dispatcherThread) {}

    /// Claims the directory and reads the log in it.
    ///
    /// @throws bolide.store.file.StoreInUseException when another store works there
    /// @throws bolide.store.file.StorageException when it cannot be read or is damaged
    public Store(Volume volume, StoreConfig config) {
        this.config = config;
        this.claim = volume.claim();
        try {
            this.segments = Segments.open(volume, config.segmentBytes());
            this.recovered = new Recovery(segments, tails, derived).run();
        } catch (RuntimeException unusable) {
            claim.close();
            throw unusable;
        }
    }

    /// @return what was found in the directory
    public Recovery.Outcome recovered() {
        return recovered;
    }

    /// Shows every fact of that kind; only before [#start].
    public void forEachState(StateKind kind, BiConsumer<String, byte[]> action) {
        state.forEach(kind, action);
    }

    /// Begins to take and to hand out messages.
    ///
    /// @param clock the time that messages are stored with
    /// @param nanoClock a clock that nobody sets
    /// @param onFailure told when the disk has failed or a bug showed: the process must end
    public void start(
            InstantSource clock,
            LongSupplier nanoClock,
            ThreadFactory threads,
            ArrivalListener arrivals,
            Consumer<Throwable> onFailure) {
        AtomicReference<Runnable> wakeDispatcher = new AtomicReference<>(() -> {});
        CommitLog log =
                new CommitLog(
                        segments,
                        tails,
                        recovered.end(),
                        config.flush(),
                        config.flushInterval(),
                        clock,
                        nanoClock,
                        threads,
                        () -> wakeDispatcher.get().run(),
                        onFailure);
        Dispatcher dispatcher = new Dispatcher(log, derived, arrivals, recovered.end());
        AgentThread dispatcherThread = new AgentThread(dispatcher, threads, onFailure).start();
        wakeDispatcher.set(dispatcherThread::wake);
        running = new Running(log, new StateLog(log, clock), dispatcher, dispatcherThread);
    }

    public CommitLog log() {
        return running.log();
    }

    public StateLog stateLog() {
        return running.stateLog();
    }

    public ConsumeQueues queues() {
        return queues;
    }

    /// Takes no more, syncs what there is, and lets go of the directory.
    @Override
    public void close() {
        try {
            if (running != null) {
                running.log().stop();
                running.dispatcherThread().close();
            }
        } finally {
            segments.close();
            claim.close();
        }
    }
}
