package bolide.store.checkpoint;

import bolide.agent.Agent;
import bolide.agent.RunningAgent;
import bolide.store.commitlog.CommitLog;
import bolide.store.consumequeue.ConsumeQueues;
import bolide.store.dispatch.Checkpoints;
import bolide.store.dispatch.Derived;
import bolide.store.file.StorageException;
import bolide.store.file.Volume;
import bolide.store.index.Generation;
import bolide.store.index.IndexFiles;
import bolide.store.state.StateLog;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down what was derived from the log: each frozen generation as an index file, then a
/// snapshot of the same position. Until that is done the log itself says it all, so a disk that
/// refuses costs a later start time and nothing else.
public final class Checkpointer implements Agent, Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long UNFLUSHED_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Volume volume;
    private final ConsumeQueues queues;
    private final IndexFiles files;
    private final Derived derived;
    private final CommitLog log;
    private final StateLog stateLog;
    private volatile Runnable wakeDispatcher = () -> {};
    private volatile Runnable wake = () -> {};
    private volatile Generation frozen;
    private volatile long position;
    private volatile long askedFor;

    private boolean isIndexed; // the frozen generation is in a file
    private SnapshotWriter snapshot; // of the frozen generation's end; null before it is made
    private long snapshotNeeds; // the log has to be on stable storage up to here
    private long newest;
    private volatile boolean refused; // by the disk, the last time

    /// @param position of the newest snapshot that there is
    /// @param newest the latest store time in the log
    public Checkpointer(
            Volume volume,
            ConsumeQueues queues,
            IndexFiles files,
            Derived derived,
            CommitLog log,
            StateLog stateLog,
            long position,
            long newest) {
        this.volume = volume;
        this.queues = queues;
        this.files = files;
        this.derived = derived;
        this.log = log;
        this.stateLog = stateLog;
        this.position = position;
        this.newest = newest;
    }

    /// @param checkpointer ends the rest of the thread that runs this agent
    /// @param dispatcher ends the rest of the dispatcher
    public void wakeBy(RunningAgent checkpointer, RunningAgent dispatcher) {
        wake = checkpointer::wake;
        wakeDispatcher = dispatcher::wake;
    }

    /// @return the position of the newest snapshot: the log is replayed from there
    public long position() {
        return position;
    }

    /// @return whether the disk has refused the last try; there will be another
    public boolean isRefused() {
        return refused;
    }

    /// Asks for a snapshot at or behind a position, which has been dispatched.
    public void askFor(long wanted) {
        if (askedFor < wanted) {
            askedFor = wanted;
            wakeDispatcher.run();
        }
    }

    @Override
    public boolean isAskedFor() {
        return askedFor > position && frozen == null;
    }

    @Override
    public void take(Generation generation) {
        frozen = generation;
        wake.run();
    }

    @Override
    public String name() {
        return "checkpointer";
    }

    @Override
    public boolean step() {
        Generation generation = frozen;
        if (generation == null) {
            return false;
        }
        try {
            boolean worked = write(generation);
            refused = false;
            return worked;
        } catch (StorageException failure) {
            if (!refused) {
                LOG.warn("no checkpoint at {}: {}", generation.end(), failure.getMessage());
            }
            refused = true;
            return false;
        }
    }

    @Override
    public long restNanos() {
        if (refused) {
            return AGAIN_NANOS;
        }
        return frozen == null ? Long.MAX_VALUE : UNFLUSHED_NANOS;
    }

    private boolean write(Generation generation) {
        if (!isIndexed) {
            files.write(generation);
            isIndexed = true;
            return true;
        }
        if (snapshot == null) {
            snapshot = snapshotAt(generation);
            // The facts may be newer than the generation, and than what has been written.
            snapshotNeeds = Math.max(generation.end(), stateLog.newestPosition() + 1);
            return true;
        }
        if (log.flushed().get() < snapshotNeeds) {
            return false;
        }
        snapshot.writeTo(volume);
        finish(generation);
        return true;
    }

    private SnapshotWriter snapshotAt(Generation generation) {
        newest = Math.max(newest, generation.lastTime());
        SnapshotWriter writer = new SnapshotWriter(generation.end(), newest);
        stateLog.facts().forEach(writer::add);
        queues.forEachAt(generation, writer::addQueue);
        return writer;
    }

    private void finish(Generation generation) {
        position = generation.end();
        snapshot = null;
        isIndexed = false;
        frozen = null;
        derived.persisted(generation);
        wakeDispatcher.run();
        Snapshot.deleteAllBut(volume, position);
    }

    /// Writes down everything up to the log's end. Only after the last step of this agent and of
    /// the dispatcher, with everything dispatched and on stable storage.
    ///
    /// @throws StorageException when the disk refuses; the next start reads more of the log then
    public void finishAt(long end) {
        while (frozen != null) {
            write(frozen);
        }
        if (derived.isFreezable(end)) {
            take(derived.freeze(end));
            while (frozen != null) {
                write(frozen);
            }
        }
    }
}
