package bolide.store.recovery;

import bolide.protocol.message.RecordLayout;
import bolide.protocol.message.RecordView;
import bolide.store.commitlog.QueueTails;
import bolide.store.commitlog.RecordCheck;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.Entry;
import bolide.store.dispatch.Derived;
import bolide.store.state.Fact;
import bolide.store.state.OffsetKey;
import bolide.store.state.StateKind;
import bolide.store.state.StateTable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Sees to it that the number of a message which cannot be read any more is not given to another
/// one: a consumer that had the first would pass over the second.
///
/// A record that still tells its queue and number settles it for that queue. One that does not may
/// have been of any queue of which the log tells nothing later. Of how many messages is bounded by
/// the bytes: each such queue goes on that many numbers later, and consumers are led past the gap.
///
/// What remains: a queue all of whose messages were lost, and of which no consumer had committed an
/// offset, begins at 0 again when their records tell nothing.
final class LostNumbers {
    /// A part of the log in which there may have been so many messages.
    private record Part(long from, long messages) {}

    private final QueueTails tails;
    private final StateTable state;
    private final Derived derived;
    private final List<Part> untold = new ArrayList<>();

    LostNumbers(QueueTails tails, StateTable state, Derived derived) {
        this.tails = tails;
        this.state = state;
        this.derived = derived;
    }

    /// A part of the log was passed over.
    ///
    /// @param remains what its first record still tells; null for nothing
    void lose(long from, long to, RecordView remains) {
        boolean isOne = remains != null && from + remains.totalSize() == to;
        if (!isOne || !isTold(remains, from)) {
            untold.add(new Part(from, (to - from) / RecordLayout.SMALLEST));
        }
    }

    /// @return whether it is known of the one record that was lost which number it had
    private boolean isTold(RecordView remains, long position) {
        if (!QueueTails.counts(remains.sysFlag())) {
            return false; // or the damage says so
        }
        String topic = derived.topicOf(remains);
        int queueId = remains.queueId();
        long offset = remains.queueOffset();
        long[] ends = tails.endsOf(topic);
        boolean isNext = queueId >= 0 && queueId < ends.length && offset == ends[queueId];
        boolean isFirst =
                queueId >= ends.length
                        && queueId < RecordCheck.MOST_QUEUES
                        && offset == 0
                        && state.known(StateKind.TOPIC, topic).isPresent();
        if (isNext || isFirst) {
            raise(topic, queueId, offset + 1, position);
        }
        return isNext || isFirst;
    }

    private void raise(String topic, int queueId, long end, long position) {
        tails.raise(topic, queueId, end);
        derived.lose(topic, queueId, end, position);
    }

    /// Draws the consequences of what told nothing. Only once the whole log was read: numbers of
    /// messages behind it are known to follow those that were lost.
    void settle() {
        long most = untold.stream().mapToLong(Part::messages).sum();
        if (most > 0) {
            derived.queues().forEach(this::goOnLater);
            state.forEach(StateKind.OFFSET, (key, value) -> raiseTo(key, value, most));
        }
    }

    private void goOnLater(ConsumeQueue queue) {
        Entry last = new Entry();
        long end = queue.maxOffset();
        boolean isThere = end > 0 && derived.queues().mending(() -> queue.read(end - 1, last));
        boolean isFound = isThere && !last.isMissing();
        long toldAt =
                state.known(StateKind.QUEUE_ENDS, queue.topic()).map(Fact::position).orElse(-1L);
        long known = Math.max(toldAt, isFound ? last.position() : queue.lifeStart());
        long messages =
                untold.stream()
                        .filter(part -> part.from() >= known)
                        .mapToLong(Part::messages)
                        .sum();
        if (messages > 0) {
            raise(queue.topic(), queue.queueId(), end + messages, known);
        }
    }

    /// A queue of which nothing is left but what a group has consumed of it.
    private void raiseTo(String key, byte[] committed, long most) {
        if (committed.length == Long.BYTES) {
            long end = Math.min(ByteBuffer.wrap(committed).getLong(), most);
            OffsetKey.of(key)
                    .filter(of ->
                            of.queueId() >= 0 && of.queueId() < RecordCheck.MOST_QUEUES && end > 0)
                    .filter(of -> isUnknown(of.topic(), of.queueId()))
                    .ifPresent(of -> raise(of.topic(), of.queueId(), end, untold.getFirst().from));
        }
    }

    private boolean isUnknown(String topic, int queueId) {
        long[] ends = tails.endsOf(topic);
        return queueId >= ends.length || ends[queueId] == 0;
    }
}
