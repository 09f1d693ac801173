package bolide.store.commitlog;

import bolide.agent.Position;
import bolide.protocol.message.NewRecord;
import bolide.protocol.message.RecordLayout;
import bolide.store.file.StorageException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Puts records at the end of the log, in two moves. [#stage] numbers them and copies them into
/// memory, under a lock that is held for that copy only. [#publish] writes everything that is
/// staged, whoever staged it, with one positional write, and moves `appended`. A connection stages
/// each message as it reads it and publishes once at the end of what had arrived.
///
/// Lock order: write lock, then stage lock.
public final class Appender {
    /// Most bytes of one append: a largest body with everything around it, and room for a batch
    /// whose messages each get their own record.
    public static final int MAX_APPEND_BYTES = 8 * 1024 * 1024;

    private static final int STAGING_BYTES = MAX_APPEND_BYTES + RecordLayout.BLANK_BYTES;

    private final Segments segments;
    private final QueueTails tails;
    private final InstantSource clock;
    private final Acknowledger acknowledger;
    private final Consumer<StorageException> onFailure;
    private final EncodeBuffers buffers = new EncodeBuffers();
    private final Position appended;

    private final ReentrantLock writeLock = new ReentrantLock();
    private final ReentrantLock stageLock = new ReentrantLock();

    // Guarded by the stage lock.
    private Staging filling = new Staging(STAGING_BYTES);
    private boolean rollPending;
    private boolean closed;
    private long lastTimestamp;

    // Guarded by the write lock.
    private Staging writing = new Staging(STAGING_BYTES);

    private volatile StorageException failure;

    /// @param end where the next record goes, see recovery
    /// @param onFailure told once when a write failed; nothing is appended after that
    Appender(
            Segments segments,
            QueueTails tails,
            long end,
            InstantSource clock,
            Acknowledger acknowledger,
            Consumer<StorageException> onFailure) {
        this.segments = segments;
        this.tails = tails;
        this.clock = clock;
        this.acknowledger = acknowledger;
        this.onFailure = onFailure;
        this.appended = new Position(end);
        filling.beginAt(end);
    }

    /// @return the end of the bytes that are numbered and written to the file
    public Position appended() {
        return appended;
    }

    /// Stages one record; the caller publishes.
    ///
    /// @see #stage(String, List, Runnable, AppendListener)
    public void stage(String topic, NewRecord record, AppendListener listener) {
        stage(topic, List.of(record), null, listener);
    }

    /// Stages records of one topic that get neighbouring positions and, within a queue,
    /// neighbouring offsets; the caller publishes.
    ///
    /// @param listener told the numbers before this returns, and later that they may be
    ///   acknowledged
    /// @throws StoreRefusal when the log is closed, has failed, or has no room; nothing was staged
    public void stage(String topic, List<NewRecord> records, AppendListener listener) {
        stage(topic, records, null, listener);
    }

    /// @param underLock run between these records and any later one, for what must change with them
    public void stage(
            String topic, List<NewRecord> records, Runnable underLock, AppendListener listener) {
        int size = 0;
        for (NewRecord record : records) {
            size += record.encodedBytes();
            checkSize(size);
        }
        EncodeBuffers.Buffer encoded = buffers.take(size);
        try {
            for (NewRecord record : records) {
                encoded.add(record);
            }
            while (!stageEncoded(topic, records, encoded, underLock, listener)) {
                publish(); // makes room: the staging was full, or the segment
            }
        } finally {
            buffers.giveBack(encoded);
        }
    }

    private void checkSize(int size) {
        long limit = Math.min(MAX_APPEND_BYTES, segments.segmentBytes() - RecordLayout.BLANK_BYTES);
        if (size > limit || size < 0) {
            throw new StoreRefusal(
                    "message or batch takes more than the "
                            + limit
                            + " bytes that one append may have; send less at once");
        }
    }

    private boolean stageEncoded(
            String topic,
            List<NewRecord> records,
            EncodeBuffers.Buffer encoded,
            Runnable underLock,
            AppendListener listener) {
        stageLock.lock();
        try {
            checkUsable();
            int size = encoded.size();
            if (rollPending || !filling.hasRoomFor(size)) {
                return false;
            }
            long left = segments.last().end() - filling.end();
            if (size + RecordLayout.BLANK_BYTES > left) {
                if (left > 0) { // 0: a start after a full segment
                    filling.addBlank((int) left);
                }
                rollPending = true;
                return false;
            }
            lastTimestamp = Math.max(lastTimestamp, clock.millis()); // store times never go back
            for (int i = 0; i < records.size(); i++) {
                long position = filling.end();
                long queueOffset = tails.of(topic, records.get(i).queueId()).take();
                filling.add(encoded.next(), queueOffset, lastTimestamp);
                listener.placed(i, queueOffset, position);
            }
            filling.follow(listener);
            if (underLock != null) {
                underLock.run();
            }
            return true;
        } finally {
            stageLock.unlock();
        }
    }

    private void checkUsable() {
        if (failure != null) {
            throw new StoreRefusal("the log has failed and takes no more: " + failure.getMessage());
        }
        if (closed) {
            throw new StoreRefusal("the log is closed; the server is stopping");
        }
    }

    /// Writes all that is staged. Cheap when nothing is.
    ///
    /// @throws StoreRefusal when the log has failed, or the next segment cannot be had
    public void publish() {
        if (!hasStaged()) {
            return;
        }
        writeLock.lock();
        try {
            Staging batch = swap();
            if (!batch.isEmpty()) {
                write(batch);
            }
            if (rollIsPending()) {
                roll();
            }
        } finally {
            writeLock.unlock();
        }
    }

    private boolean hasStaged() {
        stageLock.lock();
        try {
            return !filling.isEmpty() || rollPending;
        } finally {
            stageLock.unlock();
        }
    }

    private boolean rollIsPending() {
        stageLock.lock();
        try {
            return rollPending;
        } finally {
            stageLock.unlock();
        }
    }

    private Staging swap() {
        stageLock.lock();
        try {
            checkFailure();
            Staging full = filling;
            writing.beginAt(full.end());
            filling = writing;
            writing = full;
            return full;
        } finally {
            stageLock.unlock();
        }
    }

    private void checkFailure() {
        if (failure != null) {
            throw new StoreRefusal("the log has failed and takes no more: " + failure.getMessage());
        }
    }

    private void write(Staging batch) {
        Segment segment = segments.last();
        ByteBuffer bytes = batch.seal();
        long end = batch.start() + bytes.remaining();
        try {
            segment.file().write(segment.indexOf(batch.start()), bytes);
        } catch (StorageException failed) {
            failure = failed; // first and final: what the file holds now is unknown
            onFailure.accept(failed);
            throw new StoreRefusal("the log has failed and takes no more: " + failed.getMessage());
        }
        appended.advanceTo(end);
        acknowledger.written(end, batch.takeListeners());
    }

    private void roll() {
        Segment next = segments.add();
        appended.advanceTo(next.start());
        acknowledger.written(next.start(), List.of());
        stageLock.lock();
        try {
            filling.beginAt(next.start());
            rollPending = false;
        } finally {
            stageLock.unlock();
        }
    }

    /// Refuses whatever comes, and writes what is staged.
    void close() {
        stageLock.lock();
        try {
            closed = true;
        } finally {
            stageLock.unlock();
        }
        if (failure == null) {
            publish();
        }
    }
}
