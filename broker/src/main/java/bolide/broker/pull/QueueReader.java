package bolide.broker.pull;

import bolide.agent.Position;
import bolide.broker.arrival.QueueKey;
import bolide.broker.refusal.Refusal;
import bolide.protocol.message.RecordView;
import bolide.protocol.pull.PullResponse;
import bolide.store.commitlog.CommitLog;
import bolide.store.commitlog.LogSlices;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.ConsumeQueues;
import bolide.store.consumequeue.Entry;
import bolide.store.file.StorageException;
import bolide.store.index.DamagedIndexException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads messages of one queue from an offset on.
final class QueueReader {
    private static final Logger LOG = LoggerFactory.getLogger(QueueReader.class);
    private static final int MOST_MESSAGES = 160;
    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_SCANNED = 4096;
    private static final long MASTER = 0;

    private final ConsumeQueues queues;
    private final CommitLog log;
    private final Position appended;
    private final long hotBytes;
    private final long verifiedFrom;

    /// @param hotBytes what lies within so many bytes of the log's end is taken to be in memory
    /// @param verifiedFrom this process has written or checked what lies at or behind that position
    QueueReader(ConsumeQueues queues, CommitLog log, long hotBytes, long verifiedFrom) {
        this.queues = queues;
        this.log = log;
        this.appended = log.appender().appended();
        this.hotBytes = hotBytes;
        this.verifiedFrom = verifiedFrom;
    }

    /// @return whether reading at the offset may have to wait for the disk
    boolean isCold(QueueKey key, long offset) {
        Entry entry = new Entry();
        Optional<ConsumeQueue> queue = queues.find(key.topic(), key.queueId());
        try {
            return queue.isPresent()
                    && queue.get().read(offset, entry)
                    && appended.get() - entry.position() > hotBytes;
        } catch (DamagedIndexException damaged) {
            return true; // for it has to be mended first
        }
    }

    /// @return whether the queue's end is no longer, or never was, at the offset
    boolean hasMoved(QueueKey key, long offset) {
        Optional<ConsumeQueue> queue = queues.find(key.topic(), key.queueId());
        return queue.isPresent() && queue.get().maxOffset() != offset;
    }

    /// Reads on a thread that must not wait.
    ///
    /// @param maxBytes 0: the reader's own limit
    /// @return empty when an index file is damaged, which [#read] mends
    Optional<PullResult> readAtOnce(
            QueueKey key, long offset, int maxMessages, int maxBytes, TagFilter filter) {
        try {
            return Optional.of(find(key, offset, maxMessages, maxBytes, filter));
        } catch (DamagedIndexException damaged) {
            return Optional.empty();
        }
    }

    /// Reads on a thread that may wait.
    ///
    /// @param maxBytes 0: the reader's own limit
    PullResult read(QueueKey key, long offset, int maxMessages, int maxBytes, TagFilter filter) {
        try {
            return queues.mending(() -> find(key, offset, maxMessages, maxBytes, filter));
        } catch (DamagedIndexException | StorageException unreadable) {
            return new PullResult.Refused(
                    Refusal.of(
                            Refusal.Reason.DAMAGED,
                            key.topic()
                                    + "@"
                                    + key.queueId()
                                    + " cannot be read from offset "
                                    + offset
                                    + " on: "
                                    + unreadable.getMessage()));
        }
    }

    /// @return what tells a consumer to go on at that offset
    PullResult.OffsetMoved movedTo(QueueKey key, long offset) {
        Optional<ConsumeQueue> queue = queues.find(key.topic(), key.queueId());
        long max = queue.map(ConsumeQueue::maxOffset).orElse(0L);
        return new PullResult.OffsetMoved(new PullResponse(MASTER, offset, min(queue), max));
    }

    private static long min(Optional<ConsumeQueue> queue) {
        try {
            return queue.map(ConsumeQueue::minOffset).orElse(0L);
        } catch (DamagedIndexException damaged) {
            return 0; // the next pull mends it, and tells the true one
        }
    }

    private PullResult find(
            QueueKey key, long offset, int maxMessages, int maxBytes, TagFilter filter) {
        Optional<ConsumeQueue> found = queues.find(key.topic(), key.queueId());
        if (found.isEmpty()) {
            PullResponse response = new PullResponse(MASTER, 0, 0, 0);
            return offset == 0
                    ? new PullResult.NothingNew(response)
                    : new PullResult.OffsetMoved(response);
        }
        ConsumeQueue queue = found.get();
        long min = queue.minOffset();
        long max = queue.maxOffset();
        if (offset < min || offset > max) {
            long next = offset < min ? min : max;
            return new PullResult.OffsetMoved(new PullResponse(MASTER, next, min, max));
        }
        if (offset == max) {
            return new PullResult.NothingNew(new PullResponse(MASTER, max, min, max));
        }
        return collect(queue, offset, max, maxMessages, maxBytes, filter);
    }

    private PullResult collect(
            ConsumeQueue queue,
            long offset,
            long max,
            int maxMessages,
            int maxBytes,
            TagFilter filter) {
        int mostMessages = Math.clamp(maxMessages, 1, MOST_MESSAGES);
        int messagesLeft = mostMessages;
        int bytesLimit = maxBytes > 0 ? Math.min(maxBytes, MOST_BYTES) : MOST_BYTES;
        LogSlices slices = new LogSlices(log.segments());
        Entry entry = new Entry();
        RecordView view = new RecordView();
        long next = offset;
        long end = Math.min(max, offset + MOST_SCANNED);
        boolean handedOver = false;
        try {
            while (next < end && messagesLeft > 0 && queue.read(next, entry)) {
                if (!entry.isMissing() && filter.matches(entry.tagHash())) {
                    if (slices.size() > 0 && slices.size() + entry.size() > bytesLimit) {
                        break;
                    }
                    if (add(slices, entry, view, queue, next)) {
                        messagesLeft--;
                    }
                }
                next++;
            }
            PullResponse response = new PullResponse(MASTER, next, queue.minOffset(), max);
            handedOver = slices.size() > 0;
            return handedOver
                    ? new PullResult.Found(response, slices, mostMessages - messagesLeft)
                    : new PullResult.NoneMatched(response);
        } finally {
            if (!handedOver) {
                slices.release();
            }
        }
    }

    /// Adds a message, unless it is damaged: then it is passed over, for no other read will find it
    /// whole, and a consumer that waited for it would wait for ever.
    ///
    /// @return whether there is a message more
    private boolean add(
            LogSlices slices, Entry entry, RecordView view, ConsumeQueue queue, long offset) {
        long position = entry.position();
        if (position >= verifiedFrom && appended.get() - position <= hotBytes) {
            return slices.add(position, entry.size());
        }
        try {
            return slices.addVerified(position, entry.size(), view);
        } catch (StorageException damaged) {
            LOG.error(
                    "passing over offset {} of {}@{}: {}",
                    offset,
                    queue.topic(),
                    queue.queueId(),
                    damaged.getMessage());
            return false;
        }
    }
}
