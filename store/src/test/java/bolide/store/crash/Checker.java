package bolide.store.crash;

import bolide.protocol.message.MessageRecord;
import bolide.protocol.message.RecordView;
import bolide.protocol.message.TagHash;
import bolide.store.Records;
import bolide.store.Store;
import bolide.store.commitlog.Segment;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.Entry;
import bolide.store.crash.Life.Promise;
import bolide.store.crash.Model.Sent;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import bolide.store.state.StateRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Compares a store that has just recovered with what was promised and said before.
final class Checker {
    /// Of every message.
    static final String PROPERTIES = "TAGS\1x\2";

    private static final long TAG_HASH = TagHash.of("x");

    private Checker() {}

    /// @return the model of what was found
    static Model check(Store store, Promise promise) {
        Model found = walk(store, promise.sent());
        int count = found.log().size();
        Violation.unless(
                count >= promise.records(),
                "acknowledged records are lost",
                count
                        + " of "
                        + promise.records()
                        + " promised, "
                        + promise.sent().size()
                        + " sent");
        Violation.unless(
                store.recovered().damages().isEmpty(),
                "taken for damage",
                store.recovered().damages());
        Violation.unless(
                store.recovered().end() >= promise.end(),
                "the log ends before what could be read",
                store.recovered().end() + " instead of " + promise.end());
        checkState(store, found);
        checkCommits(store, Model.of(promise.sent().subList(0, promise.records())));
        checkQueues(store, found);
        return found;
    }

    /// Reads the log from its beginning. What it holds must be what was sent, in that order,
    /// without a gap. In between the store may have said again what it must not forget.
    private static Model walk(Store store, List<Sent> sent) {
        RecordView view = new RecordView();
        Model found = new Model();
        long end = store.recovered().end();
        long position = store.log().segments().start();
        int number = 0;
        while (number < sent.size() && isBelow(sent.get(number), position)) {
            found.add(sent.get(number)); // retired
            number++;
        }
        while (position < end) {
            Segment segment = store.log().segments().at(position);
            ByteBuffer bytes = segment.bytes();
            int at = segment.indexOf(position);
            switch (view.look(bytes, at, bytes.limit())) {
                case BLANK -> position = segment.end();
                case RECORD -> {
                    String damage = view.verifySealed(position);
                    Violation.unless(damage.isEmpty(), "a record is damaged", damage);
                    position += view.totalSize();
                    Sent next = number < sent.size() ? sent.get(number) : null;
                    if (isSaidAgain(view, next, found)) {
                        continue;
                    }
                    Violation.unless(next != null, "a record that nobody sent", position);
                    found.add(compared(view, next, position));
                    number++;
                }
                case NOTHING, DAMAGE ->
                        throw new Violation("the log has a gap: " + position + view.damage());
            }
        }
        return found;
    }

    private static boolean isBelow(Sent sent, long position) {
        return sent.end() >= 0 && sent.end() <= position;
    }

    private static boolean isSaidAgain(RecordView record, Sent next, Model found) {
        if (!record.hasTopic(StateRecord.TOPIC_BYTES)) {
            return false;
        }
        List<StateChange> changes = StateRecord.decode(record.body());
        if (next != null && next.changes() != null && same(changes, next.changes())) {
            return false;
        }
        for (StateChange change : changes) {
            boolean isKnown =
                    change.kind().equals(StateKind.QUEUE_ENDS)
                            || Arrays.equals(
                                    found.state(change.kind()).get(change.key()), change.value());
            if (change.removed() || !isKnown) {
                return false;
            }
        }
        return true;
    }

    private static Sent compared(RecordView record, Sent sent, long end) {
        boolean same;
        if (sent.changes() == null) {
            same =
                    record.hasTopic(sent.topic().getBytes(StandardCharsets.UTF_8))
                            && record.queueId() == sent.queueId()
                            && record.queueOffset() == sent.offset()
                            && record.tagHash() == TAG_HASH
                            && record.body().equals(ByteBuffer.wrap(sent.body()));
        } else {
            same =
                    record.hasTopic(StateRecord.TOPIC_BYTES)
                            && same(StateRecord.decode(record.body()), sent.changes());
        }
        Violation.unless(
                same && (sent.end() == end || sent.end() < 0),
                "a record is not the one that was sent",
                record.topicText() + " before " + end);
        return sent.end() < 0 ? Sent.state(sent.changes(), end) : sent;
    }

    private static boolean same(List<StateChange> found, List<StateChange> sent) {
        boolean same = found.size() == sent.size();
        for (int i = 0; same && i < sent.size(); i++) {
            same =
                    found.get(i).kind().equals(sent.get(i).kind())
                            && found.get(i).key().equals(sent.get(i).key())
                            && found.get(i).removed() == sent.get(i).removed()
                            && Arrays.equals(found.get(i).value(), sent.get(i).value());
        }
        return same;
    }

    private static void checkState(Store store, Model model) {
        for (StateKind kind : List.of(StateKind.TOPIC, StateKind.GROUP, StateKind.OFFSET)) {
            Map<String, byte[]> expected = model.state(kind);
            int[] count = {0};
            store.forEachState(
                    kind,
                    (key, value) -> {
                        Violation.unless(
                                Arrays.equals(expected.get(key), value),
                                "state differs",
                                kind + " " + key);
                        count[0]++;
                    });
            Violation.unless(count[0] == expected.size(), "state is missing", kind);
        }
    }

    /// @param promised the model of what had been acknowledged
    private static void checkCommits(Store store, Model promised) {
        Map<String, byte[]> before = promised.state(StateKind.OFFSET);
        int[] count = {0};
        store.forEachState(
                StateKind.OFFSET,
                (key, value) -> {
                    byte[] committed = before.get(key);
                    count[0] += committed == null ? 0 : 1;
                    Violation.unless(
                            committed == null || Arrays.compareUnsigned(value, committed) >= 0,
                            "a committed offset went back",
                            key);
                });
        Violation.unless(count[0] == before.size(), "a committed offset is lost", before.keySet());
    }

    /// Compares all queues with the model: dense, and every entry at its record.
    static void checkQueues(Store store, Model model) {
        for (int topic = 0; topic < Life.TOPICS; topic++) {
            for (int queueId = 0; queueId < Life.QUEUES; queueId++) {
                checkQueue(store, "t" + topic, queueId, model.messages("t" + topic, queueId));
            }
        }
    }

    private static void checkQueue(Store store, String topic, int queueId, List<Sent> expected) {
        ConsumeQueue queue = store.queues().find(topic, queueId).orElse(null);
        long max = queue == null ? 0 : queue.maxOffset();
        Violation.unless(
                max == expected.size(),
                "a queue's end differs",
                topic + "@" + queueId + " ends at " + max + " instead of " + expected.size());
        int first = firstRetained(store, expected);
        Violation.unless(
                expected.isEmpty() || queue.minOffset() == first,
                "a queue's beginning differs",
                topic + "@" + queueId);
        Entry entry = new Entry();
        for (int i = first; i < expected.size(); i++) {
            Sent sent = expected.get(i);
            Violation.unless(
                    queue.read(i, entry)
                            && sent.offset() == i
                            && entry.position() == sent.position()
                            && entry.size() == sent.end() - sent.position()
                            && entry.tagHash() == TAG_HASH,
                    "a queue's entry differs",
                    topic + "@" + queueId + ", offset " + i);
        }
    }

    private static int firstRetained(Store store, List<Sent> messages) {
        long start = store.log().segments().start();
        int first = 0;
        while (first < messages.size() && messages.get(first).position() < start) {
            first++;
        }
        return first;
    }

    /// Reads all messages the way a pull does.
    static void readQueues(Store store, Model model) {
        long readable = store.log().readable().get();
        for (int topic = 0; topic < Life.TOPICS; topic++) {
            for (int queueId = 0; queueId < Life.QUEUES; queueId++) {
                List<Sent> expected = model.messages("t" + topic, queueId);
                ConsumeQueue queue = store.queues().find("t" + topic, queueId).orElse(null);
                List<MessageRecord> read = queue == null ? List.of() : Records.read(store, queue);
                int first = firstRetained(store, expected);
                Violation.unless(
                        read.size() == expected.size() - first,
                        "a pull ends elsewhere",
                        read.size());
                for (int i = 0; i < read.size(); i++) {
                    Sent sent = expected.get(first + i);
                    Violation.unless(
                            read.get(i).queueOffset() == first + i
                                    && Arrays.equals(read.get(i).body(), sent.body())
                                    && sent.end() <= readable,
                            "a pull gets another message",
                            sent);
                }
            }
        }
    }
}
