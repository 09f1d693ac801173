package bolide.store;

import bolide.agent.AgentRunner;
import bolide.agent.AgentThread;
import bolide.agent.RunningAgent;
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
    private final Derived derived = new Derived(queues);
    private final Recovery.Outcome recovered;
    private Running running;
    private boolean closed;

    /// What exists between start and close.
    private record Running(CommitLog log, StateLog stateLog, RunningAgent dispatcher) {}

    /// Claims the directory and reads the log in it.
    ///
    /// @throws bolide.store.file.StoreInUseException when another store works there
    /// @throws bolide.store.file.StorageException when it cannot be read or is damaged
    public Store(Volume volume, StoreConfig config) {
        this.config = config;
        this.claim = volume.claim();
        boolean usable = false;
        try {
            this.segments = Segments.open(volume, config.segmentBytes());
            this.recovered = recover();
            usable = true;
        } finally {
            if (!usable) {
                claim.close();
            }
        }
    }

    private Recovery.Outcome recover() {
        boolean usable = false;
        try {
            Recovery.Outcome outcome = new Recovery(segments, tails, state, derived).run();
            usable = true;
            return outcome;
        } finally {
            if (!usable) {
                segments.close();
            }
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

    /// Begins to take and to hand out messages, on threads of its own.
    ///
    /// @see #startOn
    public void start(
            InstantSource clock,
            LongSupplier nanoClock,
            ThreadFactory threads,
            ArrivalListener arrivals,
            Consumer<Throwable> onFailure) {
        startOn(AgentThread.runner(threads), clock, nanoClock, arrivals, onFailure);
    }

    /// Begins to take and to hand out messages.
    ///
    /// @param runner keeps flusher and dispatcher going
    /// @param clock the time that messages are stored with
    /// @param nanoClock a clock that nobody sets
    /// @param onFailure told, once, when the disk has failed or a bug showed: nothing is taken or
    ///   acknowledged any more, and the process must end. May close the store
    /// @throws bolide.store.commitlog.StoreRefusal when there is no room for the first segment
    public void startOn(
            AgentRunner runner,
            InstantSource clock,
            LongSupplier nanoClock,
            ArrivalListener arrivals,
            Consumer<Throwable> onFailure) {
        AtomicReference<Runnable> wakeDispatcher = new AtomicReference<>(() -> {});
        CommitLog log =
                new CommitLog(
                        segments,
                        tails,
                        recovered.end(),
                        recovered.newest(),
                        config.flush(),
                        config.flushInterval(),
                        clock,
                        nanoClock,
                        runner,
                        () -> wakeDispatcher.get().run(),
                        onFailure);
        RunningAgent dispatcher =
                runner.run(new Dispatcher(log, derived, arrivals, recovered.end()), log::fail);
        wakeDispatcher.set(dispatcher::wake);
        running = new Running(log, new StateLog(log, state, clock), dispatcher);
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

    /// Takes no more, syncs what there is, and lets go of the directory. Does nothing the second
    /// time.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            stop();
        } finally {
            try {
                segments.close();
            } finally {
                claim.close();
            }
        }
    }

    private void stop() {
        if (running == null) {
            return;
        }
        try {
            running.log().stop();
        } finally {
            running.dispatcher().close();
        }
    }
}
