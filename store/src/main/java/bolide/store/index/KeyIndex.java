package bolide.store.index;

import bolide.protocol.message.RecordView;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/// Finds messages by their keys, those in memory and those in files. The index knows hashes; each
/// record they lead to is read and compared with what was asked for.
public final class KeyIndex {
    private final Generations generations;
    private final IndexFiles files;
    private final RecordReader log;
    private final Predicate<RecordView> isShown;

    /// @param isShown whether a record may be found: a removed topic's may not
    public KeyIndex(
            Generations generations,
            IndexFiles files,
            RecordReader log,
            Predicate<RecordView> isShown) {
        this.generations = generations;
        this.files = files;
        this.log = log;
        this.isShown = isShown;
    }

    /// @param maxCount how many at most
    /// @param beginTime the earliest store time, milliseconds
    /// @param endTime the latest store time, milliseconds, itself included
    /// @return the positions of the messages, the newest first
    /// @throws DamagedIndexException when an index file on the way cannot be mended
    public long[] find(
            String topic, String key, KeyKind kind, int maxCount, long beginTime, long endTime) {
        return files.mending(() -> find(new Query(topic, key, kind, maxCount, beginTime, endTime)));
    }

    private long[] find(Query query) {
        for (Generation generation : generations.held()) {
            query.search(generation.keys(), generation.start());
        }
        IndexFile[] now = files.all(); // after the generations: one of them may just become a file
        for (int i = now.length - 1; i >= 0 && query.wantsMore(); i--) {
            query.search(now[i]);
        }
        return query.found();
    }

    /// One search and what it has found.
    private final class Query {
        private final byte[] topic;
        private final byte[] key;
        private final KeyKind kind;
        private final int hash;
        private final long beginTime;
        private final long endTime;
        private final RecordKeys recordKeys = new RecordKeys();
        private final Predicate<RecordView> isAsked = this::isAsked;
        private final Predicate<RecordView> isTooLate = this::isTooLate;
        private final long[] found;
        private int count;
        private long lowest = Long.MAX_VALUE; // of the positions looked at
        private boolean isTooEarly; // the record looked at last, and all before it

        private Query(
                String topic,
                String key,
                KeyKind kind,
                int maxCount,
                long beginTime,
                long endTime) {
            this.topic = topic.getBytes(StandardCharsets.UTF_8);
            this.key = key.getBytes(StandardCharsets.UTF_8);
            this.kind = kind;
            this.beginTime = beginTime;
            this.endTime = endTime;
            this.found = new long[Math.max(0, maxCount)];
            this.hash = KeyHash.ofKey(KeyHash.ofTopic(this.topic), kind, this.key);
        }

        private boolean wantsMore() {
            return count < found.length;
        }

        private long[] found() {
            return Arrays.copyOf(found, count);
        }

        private void search(KeyHashes keys, long start) {
            for (int i = keys.count() - 1; i >= 0 && wantsMore(); i--) {
                long packed = keys.get(i);
                if (KeyHashes.hash(packed) == hash && !visit(start + KeyHashes.distance(packed))) {
                    return;
                }
            }
        }

        private void search(IndexFile file) {
            if (file.firstTime() > endTime || file.lastTime() < beginTime) {
                return;
            }
            LongPredicate tooLate =
                    file.lastTime() > endTime
                            ? position -> log.test(position, isTooLate)
                            : position -> false;
            IndexFile present = file;
            while (!present.forEachKey(hash, tooLate, this::visit)) {
                present = files.about(file.start());
                if (present == null) {
                    return; // gone, like its part of the log
                }
            }
        }

        /// @return whether to go on
        private boolean visit(long position) {
            if (position >= lowest) {
                return true; // the same key twice in a record, or the same stretch once more
            }
            lowest = position;
            isTooEarly = false;
            if (log.test(position, isAsked)) {
                found[count++] = position;
            }
            return wantsMore() && !isTooEarly;
        }

        private boolean isTooLate(RecordView record) {
            return record.storeTimestamp() > endTime;
        }

        private boolean isAsked(RecordView record) {
            isTooEarly = record.storeTimestamp() < beginTime;
            return !isTooEarly
                    && record.storeTimestamp() <= endTime
                    && record.hasTopic(topic)
                    && hasKey(record)
                    && isShown.test(record);
        }

        private boolean hasKey(RecordView record) {
            recordKeys.look(record);
            return recordKeys.has(kind, key);
        }
    }
}
