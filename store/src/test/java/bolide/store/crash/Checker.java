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
import java.util.ArrayList;
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
        Model found = Model.of(walk(store, promise.sent()));
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
    /// without a gap.
    private static List<Sent> walk(Store store, List<Sent> sent) {
        RecordView view = new RecordView();
        List<Sent> found = new ArrayList<>();
        long end = store.recovered().end();
        long position = 0;
        while (position < end) {
            Segment segment = store.log().segments().at(position);
            ByteBuffer bytes = segment.bytes();
            int at = segment.indexOf(position);
            switch (view.look(bytes, at, bytes.limit())) {
                case BLANK -> position = segment.end();
                case RECORD -> {
                    String damage = view.verifySealed(position);
                    Violation.unless(damage.isEmpty(), "a record is damaged", damage);
                    Violation.unless(
                            found.size() < sent.size(), "a record that nobody sent", position);
                    position += view.totalSize();
                    found.add(compared(view, sent.get(found.size()), position));
                }
                case NOTHING, DAMAGE ->
                        throw new Violation("the log has a gap: " + position + view.damage());
            }
        }
        return found;
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
        for (StateKind kind : StateKind.KNOWN) {
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
        Violation.unless(
                expected.isEmpty() || queue.minOffset() == 0,
                "a queue's beginning is lost",
                topic + "@" + queueId);
        Entry entry = new Entry();
        for (int i = 0; i < expected.size(); i++) {
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

    /// Reads all messages the way a pull does.
    static void readQueues(Store store, Model model) {
        long readable = store.log().readable().get();
        for (int topic = 0; topic < Life.TOPICS; topic++) {
            for (int queueId = 0; queueId < Life.QUEUES; queueId++) {
                List<Sent> expected = model.messages("t" + topic, queueId);
                ConsumeQueue queue = store.queues().find("t" + topic, queueId).orElse(null);
                List<MessageRecord> read = queue == null ? List.of() : Records.read(store, queue);
                Violation.unless(
                        read.size() == expected.size(), "a pull ends elsewhere", read.size());
                for (int i = 0; i < read.size(); i++) {
                    Violation.unless(
                            read.get(i).queueOffset() == i
                                    && Arrays.equals(read.get(i).body(), expected.get(i).body())
                                    && expected.get(i).end() <= readable,
                            "a pull gets another message",
                            expected.get(i));
                }
            }
        }
    }
}
