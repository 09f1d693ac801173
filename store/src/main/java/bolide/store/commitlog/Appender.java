package bolide.store.commitlog;

import bolide.agent.Position;
import bolide.protocol.message.MessageProperties;
import bolide.protocol.message.NewRecord;
import bolide.protocol.message.RecordCrc;
import bolide.protocol.message.RecordLayout;
import bolide.store.file.StorageException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

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

    private static final int MAX_TOPIC_BYTES = 65_535;

    private final Segments segments;
    private final QueueTails tails;
    private final InstantSource clock;
    private final Acknowledger acknowledger;
    private final Failure failure;
    private final EncodeBuffers buffers = new EncodeBuffers();
    private final Position appended;
    private final int limit;

    private final ReentrantLock writeLock = new ReentrantLock();
    private final ReentrantLock stageLock = new ReentrantLock();

    // Guarded by the stage lock.
    private Staging filling;
    private boolean rollPending;
    private boolean closed;
    private long lastTimestamp;

    // Guarded by the write lock.
    private Staging writing;
    private long allocationAskedAt;

    private volatile Runnable wakeAllocator = () -> {};
    private volatile String refusal = "";

    /// @param end where the next record goes, see recovery
    /// @param newest the latest store time in the log; none that follows is earlier
    Appender(
            Segments segments,
            QueueTails tails,
            long end,
            long newest,
            InstantSource clock,
            Acknowledger acknowledger,
            Failure failure) {
        this.segments = segments;
        this.tails = tails;
        this.lastTimestamp = newest;
        this.clock = clock;
        this.acknowledger = acknowledger;
        this.failure = failure;
        this.appended = new Position(end);
        this.limit =
                (int)
                        Math.min(
                                MAX_APPEND_BYTES,
                                segments.segmentBytes() - RecordLayout.BLANK_BYTES);
        this.filling = new Staging(limit + RecordLayout.BLANK_BYTES);
        this.writing = new Staging(limit + RecordLayout.BLANK_BYTES);
        filling.beginAt(end);
        this.allocationAskedAt = end;
    }

    /// @param action ends the rest of the thread that runs the allocator
    void wakeAllocatorBy(Runnable action) {
        wakeAllocator = action;
    }

    /// Takes no messages from now on, only what the server itself has to note.
    ///
    /// @param why for those who send; empty to take messages again
    public void refuse(String why) {
        refusal = why;
    }

    private void checkTaking() {
        String why = refusal;
        if (!why.isEmpty()) {
            throw new StoreRefusal(why);
        }
    }

    /// @return the end of the bytes that are numbered and written to the file
    public Position appended() {
        return appended;
    }

    /// Stages one record; the caller publishes.
    ///
    /// @see #stage(String, List, Runnable, AppendListener)
    public void stage(String topic, NewRecord record, AppendListener listener) {
        checkTaking();
        int size = sizeOf(record, 0);
        EncodeBuffers.Buffer encoded = buffers.take(size);
        try {
            encoded.add(record);
            stage(topic, encoded, null, listener);
        } finally {
            buffers.giveBack(encoded);
        }
    }

    /// Stages records of one topic that get neighbouring positions and, within a queue,
    /// neighbouring offsets; the caller publishes.
    ///
    /// @param listener told the numbers before this returns, and later that they may be
    ///   acknowledged
    /// @throws StoreRefusal when the log is closed, has failed, or has no room; nothing was staged
    /// @throws IllegalArgumentException when a record could not be read back; nothing was staged
    public void stage(String topic, List<NewRecord> records, AppendListener listener) {
        checkTaking();
        stage(topic, records, null, listener);
    }

    /// The same for what the server itself has to note, taken also while messages are refused.
    ///
    /// @param underLock run between these records and any later one, for what must change with
    ///   them; null for nothing
    public void stage(
            String topic, List<NewRecord> records, Runnable underLock, AppendListener listener) {
        int size = 0;
        for (NewRecord record : records) {
            size = sizeOf(record, size);
        }
        EncodeBuffers.Buffer encoded = buffers.take(size);
        try {
            for (NewRecord record : records) {
                encoded.add(record);
            }
            stage(topic, encoded, underLock, listener);
        } finally {
            buffers.giveBack(encoded);
        }
    }

    /// @param before bytes of the append so far
    /// @return the bytes with this record
    private int sizeOf(NewRecord record, int before) {
        if (record.topic().length > MAX_TOPIC_BYTES) {
            throw new IllegalArgumentException("topic of " + record.topic().length + " bytes");
        }
        if (record.properties().length > MessageProperties.MAX_BYTES - RecordCrc.BYTES) {
            throw new IllegalArgumentException(
                    "properties of " + record.properties().length + " bytes");
        }
        if (record.queueId() < 0) {
            throw new IllegalArgumentException("queue " + record.queueId());
        }
        int size = before + record.encodedBytes();
        if (size > limit || size < 0) {
            throw new StoreRefusal(
                    "message or batch takes more than the "
                            + limit
                            + " bytes that one append may have; send less at once");
        }
        return size;
    }

    private void stage(
            String topic,
            EncodeBuffers.Buffer encoded,
            Runnable underLock,
            AppendListener listener) {
        try {
            while (!stageIfRoom(topic, encoded, underLock, listener)) {
                write(true); // the staging was full, or the segment
                allocate(encoded.size());
            }
        } finally {
            failure.tell();
        }
    }

    private boolean stageIfRoom(
            String topic,
            EncodeBuffers.Buffer encoded,
            Runnable underLock,
            AppendListener listener) {
        stageLock.lock();
        try {
            failure.check();
            if (closed) {
                throw new StoreRefusal("the log is closed; the server is stopping");
            }
            if (!hasRoomFor(encoded.size())) {
                return false;
            }
            stageWhole(topic, encoded, underLock, listener);
            return true;
        } finally {
            stageLock.unlock();
        }
    }

    private boolean hasRoomFor(int size) {
        if (rollPending || !filling.hasRoomFor(size)) {
            return false;
        }
        Segment last = segments.last();
        long left = last.end() - filling.end();
        boolean fits = size + RecordLayout.BLANK_BYTES <= left;
        long needed =
                Math.min(left, fits ? size + RecordLayout.BLANK_BYTES : RecordLayout.BLANK_BYTES);
        if (filling.end() + needed > last.allocatedEnd()) {
            return false;
        }
        if (fits) {
            return true;
        }
        if (left > 0) { // 0: a start after a full segment
            filling.addBlank((int) left);
        }
        rollPending = true;
        return false;
    }

    /// Does the allocator's work where that has not come so far, or met a full disk.
    private void allocate(int size) {
        Segment last = segments.last();
        long needed = appended.get() + size + RecordLayout.BLANK_BYTES;
        if (needed > last.allocatedEnd()) {
            try {
                last.allocateUpTo(needed + Allocator.STEP_BYTES);
            } catch (StorageException refused) {
                throw new StoreRefusal("no room for more messages: " + refused.getMessage());
            }
        }
    }

    private void stageWhole(
            String topic,
            EncodeBuffers.Buffer encoded,
            Runnable underLock,
            AppendListener listener) {
        try {
            lastTimestamp = Math.max(lastTimestamp, clock.millis()); // store times never go back
            for (int i = 0; encoded.next(); i++) {
                ByteBuffer record = encoded.record();
                long position = filling.end();
                long queueOffset = tails.take(topic, record, record.position());
                filling.add(record, queueOffset, lastTimestamp);
                listener.placed(i, queueOffset, position);
            }
            filling.follow(listener);
            if (underLock != null) {
                underLock.run();
            }
        } catch (RuntimeException | Error half) { // a bug: part of an append must not be written
            failure.note(half);
            throw half;
        }
    }

    /// Writes all that is staged, unless another thread is about to. Cheap when nothing is.
    ///
    /// @throws StoreRefusal when the log has failed; what was staged is never acknowledged then
    public void publish() {
        if (!hasStaged()) {
            failure.check();
            return;
        }
        try {
            write(false);
        } finally {
            failure.tell();
        }
    }

    private boolean hasStaged() {
        stageLock.lock();
        try {
            return !filling.isEmpty();
        } finally {
            stageLock.unlock();
        }
    }

    /// @param roll whether to begin the next segment if one is asked for. Only for who has a record
    ///   for it: a refusal is nothing to those whose records are written
    private void write(boolean roll) {
        writeLock.lock();
        try {
            Staging batch = swap();
            if (!batch.isEmpty()) {
                write(batch);
            }
            if (roll && rollIsPending()) {
                roll();
            }
        } catch (StoreRefusal refused) {
            throw refused;
        } catch (RuntimeException | Error broken) { // what the file holds now is unknown
            failure.note(broken);
        } finally {
            writeLock.unlock();
        }
        failure.check();
        acknowledger.published();
    }

    private Staging swap() {
        stageLock.lock();
        try {
            failure.check();
            Staging full = filling;
            writing.beginAt(full.end());
            filling = writing;
            writing = full;
            return full;
        } finally {
            stageLock.unlock();
        }
    }

    private void write(Staging batch) {
        long end = batch.end();
        segments.last().write(batch.start(), batch.seal());
        appended.advanceTo(end);
        if (end - allocationAskedAt >= Allocator.STEP_BYTES) {
            allocationAskedAt = end;
            wakeAllocator.run();
        }
        acknowledger.written(end, batch.listeners());
    }

    private boolean rollIsPending() {
        stageLock.lock();
        try {
            return rollPending;
        } finally {
            stageLock.unlock();
        }
    }

    private void roll() {
        Segment next = segments.addNext();
        stageLock.lock();
        try {
            filling.beginAt(next.start());
            rollPending = false;
        } finally {
            stageLock.unlock();
        }
    }

    /// Refuses whatever comes, and writes what is staged.
    ///
    /// @throws StoreRefusal when the log has failed
    void close() {
        stageLock.lock();
        try {
            closed = true;
        } finally {
            stageLock.unlock();
        }
        try {
            write(false); // waits for a write under way
        } finally {
            failure.tell();
        }
    }
}
