package bolide.store;

import bolide.agent.AgentRunner;
import bolide.agent.AgentThread;
import bolide.agent.RunningAgent;
import bolide.store.checkpoint.Checkpointer;
import bolide.store.commitlog.CommitLog;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.commitlog.LossWatch;
import bolide.store.consumequeue.ConsumeQueues;
import bolide.store.dispatch.ArrivalListener;
import bolide.store.dispatch.Dispatcher;
import bolide.store.file.StorageException;
import bolide.store.file.Volume;
import bolide.store.index.KeyIndex;
import bolide.store.recovery.Recovery;
import bolide.store.retention.Retention;
import bolide.store.state.StateKind;
import bolide.store.state.StateLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A commit log and everything derived from it, in one directory. Opened in two moves: after the
/// constructor the state is there to be looked at; after [#start] messages come in and go out.
public final class Store implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Store.class);

    private final Volume volume;
    private final StoreConfig config;
    private final Volume.Claim claim;
    private final Opened opened;
    private Running running;
    private boolean closed;

    /// What exists between start and close.
    private record Running(
            CommitLog log,
            StateLog stateLog,
            Dispatcher dispatcher,
            RunningAgent runningDispatcher,
            Checkpointer checkpointer,
            RunningAgent runningCheckpointer,
            Retention retention,
            RunningAgent runningRetention,
            Optional<RunningAgent> runningLossWatch) {}

    /// Claims the directory and reads what is in it.
    ///
    /// @throws bolide.store.file.StoreInUseException when another store works there
    /// @throws StorageException when it cannot be read or is damaged
    public Store(Volume volume, StoreConfig config) {
        this.volume = volume;
        this.config = config;
        this.claim = volume.claim();
        boolean usable = false;
        try {
            this.opened = new Opened(volume, config);
            usable = true;
        } finally {
            if (!usable) {
                claim.close();
            }
        }
    }

    /// @return what was found in the directory
    public Recovery.Outcome recovered() {
        return opened.recovered();
    }

    /// Shows every fact of that kind; only before [#start].
    public void forEachState(StateKind kind, BiConsumer<String, byte[]> action) {
        opened.state().forEach(kind, action);
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
    /// @param runner keeps the store's agents going
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
        AtomicReference<Runnable> follow = new AtomicReference<>(() -> {});
        Recovery.Outcome recovered = opened.recovered();
        CommitLog log =
                new CommitLog(
                        opened.segments(),
                        opened.mark(),
                        opened.tails(),
                        recovered.end(),
                        recovered.newest(),
                        config.flush(),
                        config.flushInterval(),
                        clock,
                        nanoClock,
                        runner,
                        () -> follow.get().run(),
                        onFailure);
        StateLog stateLog = new StateLog(log, opened.state(), clock);
        Checkpointer checkpointer =
                new Checkpointer(
                        volume,
                        opened.queues(),
                        opened.files(),
                        opened.derived(),
                        log,
                        stateLog,
                        opened.snapshotPosition(),
                        recovered.newest());
        opened.pending().ifPresent(checkpointer::take);
        Dispatcher dispatcher =
                new Dispatcher(log, opened.derived(), arrivals, checkpointer, recovered.end());
        RunningAgent runningDispatcher = runner.run(dispatcher, log::fail);
        RunningAgent runningCheckpointer = runner.run(checkpointer, log::fail);
        dispatcher.wakeBy(runningDispatcher::wake);
        follow.set(() -> follow(dispatcher, log));
        checkpointer.wakeBy(runningCheckpointer, runningDispatcher);
        Retention retention =
                new Retention(
                        config.retention(),
                        volume,
                        opened.reserve(),
                        log,
                        stateLog,
                        opened.queues(),
                        opened.files(),
                        checkpointer,
                        dispatcher.dispatched()::get,
                        clock,
                        nanoClock);
        RunningAgent runningRetention = runner.run(retention, log::fail);
        running =
                new Running(
                        log,
                        stateLog,
                        dispatcher,
                        runningDispatcher,
                        checkpointer,
                        runningCheckpointer,
                        retention,
                        runningRetention,
                        watchLoss(log, runner, nanoClock));
    }

    /// Under `sync` nothing is acknowledged that could be lost.
    private Optional<RunningAgent> watchLoss(
            CommitLog log, AgentRunner runner, LongSupplier nanoClock) {
        return config.flush() == FlushPolicy.SYNC
                ? Optional.empty()
                : Optional.of(
                        runner.run(
                                new LossWatch(log, config.flushInterval(), nanoClock), log::fail));
    }

    /// On a thread that is not the dispatcher's own, and must not learn what went wrong with it.
    private static void follow(Dispatcher dispatcher, CommitLog log) {
        try {
            dispatcher.follow();
        } catch (RuntimeException | Error broken) {
            log.fail(broken);
        }
    }

    public CommitLog log() {
        return running.log();
    }

    public StateLog stateLog() {
        return running.stateLog();
    }

    public ConsumeQueues queues() {
        return opened.queues();
    }

    /// @return completed when everything that is readable now can be found through the queues
    public CompletableFuture<Void> caughtUp() {
        CompletableFuture<Void> done = running.dispatcher().caughtUp();
        running.runningDispatcher().wake();
        return done;
    }

    /// @return the end of what can be found through the queues
    public long dispatched() {
        return running.dispatcher().dispatched().get();
    }

    /// @see Volume#usableBytes
    public long usableBytes() {
        return volume.usableBytes();
    }

    /// @see Volume#totalBytes
    public long diskBytes() {
        return volume.totalBytes();
    }

    /// Lets go of the messages whose time has passed, whatever hour it is; before long.
    public void retireNow() {
        running.retention().lookNow();
        running.runningRetention().wake();
    }

    /// @return finds messages by their keys
    public KeyIndex keys() {
        return opened.keys();
    }

    /// @see Retention#topicAges
    public void topicAges(Supplier<Map<String, Duration>> ages) {
        running.retention().topicAges(ages);
    }

    /// Takes no more, syncs what there is, writes down what follows from it, and lets go of the
    /// directory. Does nothing the second time.
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
                opened.close();
            } finally {
                claim.close();
            }
        }
    }

    private void stop() {
        if (running == null) {
            return;
        }
        running.runningRetention().close();
        running.runningLossWatch().ifPresent(RunningAgent::close);
        try {
            running.log().stop();
        } finally {
            running.runningDispatcher().close();
            running.runningCheckpointer().close();
        }
        if (!running.log().hasFailed()) {
            checkpoint();
        }
    }

    /// What a clean stop saves the next start; a disk that refuses it costs only that.
    private void checkpoint() {
        try {
            running.dispatcher().finish();
            running.checkpointer().finishAt(running.dispatcher().dispatched().get());
        } catch (StorageException refused) {
            LOG.warn("no checkpoint at the end: {}", refused.getMessage());
        }
    }
}
