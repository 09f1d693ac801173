package bolide.store;

import bolide.store.checkpoint.Snapshot;
import bolide.store.commitlog.FlushedMark;
import bolide.store.commitlog.QueueTails;
import bolide.store.commitlog.Segments;
import bolide.store.consumequeue.ConsumeQueues;
import bolide.store.dispatch.Derived;
import bolide.store.file.StorageException;
import bolide.store.file.Volume;
import bolide.store.index.Generation;
import bolide.store.index.Generations;
import bolide.store.index.IndexFiles;
import bolide.store.index.KeyIndex;
import bolide.store.index.Stretch;
import bolide.store.recovery.RecordLookup;
import bolide.store.recovery.Recovery;
import bolide.store.recovery.StretchReader;
import bolide.store.retention.Reserve;
import bolide.store.state.Fact;
import bolide.store.state.StateTable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The parts of a store that has been read: the log, and what followed from it in an earlier life
/// or does now.
final class Opened implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Opened.class);

    private final Deque<Runnable> closings = new ArrayDeque<>();
    private final QueueTails tails = new QueueTails();
    private final StateTable state = new StateTable();
    private final Segments segments;
    private final FlushedMark mark;
    private final long snapshotPosition;
    private final IndexFiles files;
    private final ConsumeQueues queues;
    private final Derived derived;
    private final KeyIndex keys;
    private final Recovery.Outcome recovered;
    private final Reserve reserve;
    private Optional<Generation> pending = Optional.empty();

    /// @throws StorageException when the directory cannot be read, or a part of the log is missing
    Opened(Volume volume, StoreConfig config) {
        boolean usable = false;
        try {
            reserve = new Reserve(volume, config.segmentBytes());
            segments = Segments.open(volume, config.segmentBytes());
            closings.push(segments::close);
            mark = FlushedMark.open(volume);
            closings.push(mark::close);
            long flushed = mark.read();
            checkNothingIsMissing(volume, flushed);
            Optional<Snapshot> snapshot = Snapshot.newest(volume, segments.start(), segments.end());
            snapshotPosition = snapshot.map(Snapshot::position).orElse(segments.start());
            files =
                    IndexFiles.open(
                            volume, config.checkpoint(), segments.start(), snapshotPosition);
            closings.push(files::close);
            files.mendFrom(new StretchReader(segments));
            queues = new ConsumeQueues(files, segments::start);
            Generations generations = new Generations(snapshotPosition, config.checkpoint());
            derived = new Derived(queues, generations);
            keys = new KeyIndex(generations, files, new RecordLookup(segments), queues::shows);
            snapshot.ifPresent(whole -> whole.read(new Restoring()));
            rebuildMissingFiles();
            recovered =
                    new Recovery(
                                    segments,
                                    tails,
                                    state,
                                    derived,
                                    flushed,
                                    this::persist,
                                    this::persistPending)
                            .run(snapshotPosition, snapshot.map(Snapshot::newest).orElse(0L));
            usable = true;
        } finally {
            if (!usable) {
                close();
            }
        }
    }

    private void checkNothingIsMissing(Volume volume, long flushed) {
        if (flushed > segments.end()) {
            throw new StorageException(
                    "commit log of "
                            + volume.describe()
                            + " ends at "
                            + segments.end()
                            + ", but was on stable storage up to "
                            + flushed
                            + "; bring the missing segments back, or remove the file 'flushed' to"
                            + " go on without them");
        }
    }

    private void rebuildMissingFiles() {
        StretchReader log = new StretchReader(segments);
        for (Stretch gap : files.gaps(segments.start(), snapshotPosition)) {
            LOG.info("indexing the log again from {} to {}", gap.start(), gap.end());
            files.rebuild(gap, log);
        }
    }

    /// What cannot be written now is left to the checkpointer.
    private void persist(Generation frozen) {
        try {
            files.write(frozen);
            derived.persisted(frozen);
        } catch (StorageException refused) {
            LOG.warn("no index file at {}: {}", frozen.start(), refused.getMessage());
            pending = Optional.of(frozen);
        }
    }

    /// So much has been read since that memory must not take more.
    private void persistPending() {
        reserve.giveUp();
        Generation frozen = pending.orElseThrow();
        try {
            files.write(frozen);
        } catch (StorageException refused) {
            throw new StorageException(
                    "the log cannot be indexed from position "
                            + frozen.start()
                            + " on; free some space of the disk: "
                            + refused.getMessage());
        }
        derived.persisted(frozen);
        pending = Optional.empty();
    }

    /// Takes over what a snapshot holds.
    private final class Restoring implements Snapshot.Reader {
        @Override
        public void fact(Fact fact) {
            state.restore(fact);
        }

        @Override
        public void queue(String topic, int queueId, long lifeStart, long end) {
            tails.raise(topic, queueId, end);
            queues.restore(topic, queueId, lifeStart, end);
        }
    }

    Segments segments() {
        return segments;
    }

    FlushedMark mark() {
        return mark;
    }

    QueueTails tails() {
        return tails;
    }

    StateTable state() {
        return state;
    }

    IndexFiles files() {
        return files;
    }

    ConsumeQueues queues() {
        return queues;
    }

    KeyIndex keys() {
        return keys;
    }

    Derived derived() {
        return derived;
    }

    /// @return the position of the snapshot that was read; the log's first position without one
    long snapshotPosition() {
        return snapshotPosition;
    }

    Recovery.Outcome recovered() {
        return recovered;
    }

    Reserve reserve() {
        return reserve;
    }

    /// @return a frozen generation that is not in a file yet
    Optional<Generation> pending() {
        return pending;
    }

    @Override
    public void close() {
        if (!closings.isEmpty()) {
            try {
                closings.pop().run();
            } finally {
                close();
            }
        }
    }
}
