package bolide.store;

import bolide.protocol.message.RecordLayout;
import bolide.protocol.message.RecordView;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.ConsumeQueues;
import bolide.store.dispatch.Derived;
import bolide.store.file.MemoryVolume;
import bolide.store.index.Generation;
import bolide.store.index.Generations;
import bolide.store.index.IndexFiles;
import bolide.store.index.KeyIndex;
import bolide.store.index.KeyKind;
import bolide.store.index.LogScan;
import bolide.store.index.RecordReader;
import bolide.store.index.Stretch;
import bolide.store.state.StateBodies;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import bolide.store.state.StateRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.zip.CRC32;

/// Everything derived from a log that is a map in memory; dispatcher, checkpointer and retention
/// are played by the test.
public final class IndexRig implements LogScan, RecordReader {
    /// A queue as a snapshot knows it.
    public record QueueEnd(String topic, int queueId, long lifeStart, long end) {}

    public final MemoryVolume volume;
    public final Generation.Limits limits;
    public final ConcurrentSkipListMap<Long, ByteBuffer> log = new ConcurrentSkipListMap<>();
    public final AtomicLong logStart = new AtomicLong();
    public long end;
    public long time = 1000;

    public IndexFiles files;
    public Generations generations;
    public ConsumeQueues queues;
    public Derived derived;
    public KeyIndex keys;
    public Generation frozen;

    private final Map<String, Map<Integer, Long>> next = new HashMap<>();
    private final CRC32 crc = new CRC32();
    private final RecordView appendView = new RecordView();
    private long snapshotPosition;
    private List<QueueEnd> snapshot = List.of();

    public IndexRig() {
        this(new Generation.Limits(1000, 1 << 20));
    }

    public IndexRig(Generation.Limits limits) {
        this.limits = limits;
        this.volume = new MemoryVolume();
        open();
    }

    private void open() {
        files = IndexFiles.open(volume, limits, logStart.get(), snapshotPosition);
        generations = new Generations(snapshotPosition, limits);
        queues = new ConsumeQueues(files, logStart::get);
        derived = new Derived(queues, generations);
        keys = new KeyIndex(generations, files, this, queues::shows);
        frozen = null;
    }

    /// Begins anew with what the disk and the last snapshot hold.
    public void reopen() {
        files.close();
        snapshotPosition = Math.max(snapshotPosition, logStart.get());
        open();
        for (Stretch gap : files.gaps(logStart.get(), snapshotPosition)) {
            files.rebuild(gap, this);
        }
        for (QueueEnd queue : snapshot) {
            queues.restore(queue.topic(), queue.queueId(), queue.lifeStart(), queue.end());
        }
        if (end > snapshotPosition) {
            forEach(new Stretch(snapshotPosition, end), derived::apply);
        }
    }

    public long append(String topic, int queueId) {
        return append(topic, queueId, "", 0);
    }

    /// @return the record's position
    public long append(String topic, int queueId, String properties, int sysFlag) {
        Map<Integer, Long> ofTopic = next.computeIfAbsent(topic, name -> new HashMap<>());
        long offset = 0;
        if (bolide.store.commitlog.QueueTails.counts(sysFlag)) {
            offset = ofTopic.getOrDefault(queueId, 0L);
            ofTopic.put(queueId, offset + 1);
        }
        return appendRecord(topic, queueId, new byte[3], properties, sysFlag, offset);
    }

    /// Passes over offsets, as if their records had been lost.
    public void skip(String topic, int queueId, int count) {
        next.computeIfAbsent(topic, name -> new HashMap<>())
                .merge(queueId, (long) count, Long::sum);
    }

    public void remove(String topic) {
        next.remove(topic);
        byte[] body = StateBodies.of(StateChange.remove(StateKind.TOPIC, topic));
        appendRecord(StateRecord.TOPIC, 0, body, "KEYS\1k0\2", 0, 0);
    }

    private long appendRecord(
            String topic, int queueId, byte[] body, String properties, int sysFlag, long offset) {
        var record = Records.of(topic, queueId, body, properties, sysFlag);
        ByteBuffer bytes = ByteBuffer.allocate(record.encodedBytes());
        record.encode(bytes, crc);
        long position = end;
        RecordLayout.number(bytes, 0, offset, position, time);
        log.put(position, bytes);
        end += bytes.capacity();
        appendView.look(bytes, 0, bytes.capacity());
        derived.apply(appendView);
        return position;
    }

    public void freeze() {
        frozen = derived.freeze(end);
    }

    /// What a checkpointer does with the frozen generation.
    public void persist() {
        files.write(frozen);
        snapshot = ends();
        snapshotPosition = frozen.end();
        derived.persisted(frozen);
        frozen = null;
    }

    public List<QueueEnd> ends() {
        List<QueueEnd> ends = new ArrayList<>();
        queues.forEachAt(
                frozen,
                (topic, queueId, lifeStart, end) ->
                        ends.add(new QueueEnd(topic, queueId, lifeStart, end)));
        return ends;
    }

    public void freezeAndPersist() {
        freeze();
        persist();
    }

    /// The log loses what lies below, and with it the files that are only about that.
    public void retire(long position) {
        logStart.set(position);
        log.headMap(position).clear();
        files.dropBelow(position);
    }

    public ConsumeQueue queue(String topic, int queueId) {
        return queues.find(topic, queueId).orElseThrow();
    }

    public long snapshotPosition() {
        return snapshotPosition;
    }

    public List<Long> find(String topic, String key, KeyKind kind) {
        return find(topic, key, kind, 100_000, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    public List<Long> find(
            String topic, String key, KeyKind kind, int most, long begin, long until) {
        List<Long> found = new ArrayList<>();
        for (long position : keys.find(topic, key, kind, most, begin, until)) {
            found.add(position);
        }
        return found;
    }

    @Override
    public void forEach(Stretch stretch, Consumer<RecordView> visitor) {
        RecordView view = new RecordView();
        log.subMap(stretch.start(), stretch.end())
                .values()
                .forEach(bytes -> {
                    view.look(bytes, 0, bytes.capacity());
                    visitor.accept(view);
                });
    }

    @Override
    public boolean test(long position, Predicate<RecordView> question) {
        ByteBuffer bytes = log.get(position);
        if (bytes == null) {
            return false;
        }
        RecordView view = new RecordView();
        view.look(bytes, 0, bytes.capacity());
        return question.test(view);
    }
}
