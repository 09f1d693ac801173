package bolide.broker.offset;

import bolide.broker.refusal.Refusal;
import bolide.store.commitlog.StoreRefusal;
import bolide.store.file.StorageException;
import bolide.store.state.OffsetKey;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import bolide.store.state.StateLog;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// How far each consumer group has come in each queue. Commits are gathered and written together, a
/// state record for hundreds; guarded by itself.
public final class Offsets {
    private final StateLog stateLog;
    private final BiPredicate<String, String> haveEnds;
    private final Runnable onUnwritten;

    // By key, so that a group's lie together. Changed under the monitor, with what is unwritten;
    // read without: those who look through many of them keep nobody from pulling.
    private final ConcurrentSkipListMap<String, Long> committed = new ConcurrentSkipListMap<>();

    private final Object writeOrder = new Object(); // taken before the monitor
    private Map<String, Long> unwritten = new HashMap<>();

    // Where groups have been sent, until a member has been told; nearly always none.
    private final Map<String, Long> resets = new ConcurrentHashMap<>();
    private CompletableFuture<Void> lastWrite = CompletableFuture.completedFuture(null);

    /// @param stored the offsets that the log holds, by key
    /// @param haveEnds whether both, group and topic, are there; must not wait. What is noted for
    ///   others has no effect: whoever bears their names next begins anew
    /// @param onUnwritten told when there is something to write after there was nothing; has to see
    ///   to it that [#write] is called before long
    public Offsets(
            Map<String, Long> stored,
            StateLog stateLog,
            BiPredicate<String, String> haveEnds,
            Runnable onUnwritten) {
        this.stateLog = stateLog;
        this.haveEnds = haveEnds;
        this.onUnwritten = onUnwritten;
        committed.putAll(stored);
    }

    /// @return the offset as it stands in a state record
    /// @throws StorageException when that is none
    public static long decode(byte[] stored) {
        if (stored.length != Long.BYTES) {
            throw new StorageException(
                    "a committed offset of "
                            + stored.length
                            + " bytes in the log; this Bolide reads "
                            + Long.BYTES);
        }
        return ByteBuffer.wrap(stored).getLong();
    }

    /// @return what the log says of a group that has come so far
    public static StateChange change(String group, String topic, int queueId, long offset) {
        return change(key(group, topic, queueId), offset);
    }

    private static StateChange change(String key, long offset) {
        return StateChange.put(StateKind.OFFSET, key, encode(offset));
    }

    private static byte[] encode(long offset) {
        return ByteBuffer.allocate(Long.BYTES).putLong(offset).array();
    }

    private static String key(String group, String topic, int queueId) {
        return new OffsetKey(group, topic, queueId).text();
    }

    /// @return the first message the group has not consumed; empty when it never said
    public OptionalLong find(String group, String topic, int queueId) {
        Long offset = committed.get(key(group, topic, queueId));
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /// Notes the offset; the next [#write] makes it safe.
    public void commit(String group, String topic, int queueId, long offset) {
        if (note(new OffsetKey(group, topic, queueId), offset)) {
            onUnwritten.run();
        }
    }

    private synchronized boolean note(OffsetKey key, long offset) {
        if (!resets.isEmpty() && resets.containsKey(key.text())) {
            return false; // it comes from where the group is no longer to be
        }
        return hasEnds(key) && put(key.text(), offset);
    }

    /// To be asked under the monitor: a deletion that comes after it finds what is put, and drops
    /// it.
    private boolean hasEnds(OffsetKey key) {
        return haveEnds.test(key.group(), key.topic());
    }

    private boolean put(String key, long offset) {
        Long before = committed.put(key, offset);
        if (before != null && before == offset) {
            return false;
        }
        boolean first = unwritten.isEmpty();
        unwritten.put(key, offset);
        return first;
    }

    /// Sends the group to another offset. Until a member has been told, with [#takeReset], what
    /// members commit in that queue has no effect. The next [#write] makes the offset safe, but not
    /// that a member is still to be told.
    public void reset(String group, String topic, int queueId, long offset) {
        if (putReset(new OffsetKey(group, topic, queueId), offset)) {
            onUnwritten.run();
        }
    }

    private synchronized boolean putReset(OffsetKey key, long offset) {
        if (!hasEnds(key)) {
            return false;
        }
        resets.put(key.text(), offset);
        return put(key.text(), offset);
    }

    /// Puts the group at an offset, wherever it has been sent before; that is off. The next
    /// [#write] makes the offset safe.
    public void place(String group, String topic, int queueId, long offset) {
        if (putPlace(new OffsetKey(group, topic, queueId), offset)) {
            onUnwritten.run();
        }
    }

    private synchronized boolean putPlace(OffsetKey key, long offset) {
        resets.remove(key.text());
        return hasEnds(key) && put(key.text(), offset);
    }

    /// @return whether a member has to be told where to go on in that queue
    public boolean hasReset(String group, String topic, int queueId) {
        return !resets.isEmpty() && resets.containsKey(key(group, topic, queueId));
    }

    /// @return where a member has to go on in that queue, if it has to be told; it counts as told
    public OptionalLong takeReset(String group, String topic, int queueId) {
        if (resets.isEmpty()) {
            return OptionalLong.empty();
        }
        Long offset = resets.remove(key(group, topic, queueId));
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    /// @return how far the group has come, wherever it has said so
    public List<Committed> ofGroup(String group) {
        List<Committed> found = new ArrayList<>();
        inGroup(group)
                .forEach((text, offset) ->
                        OffsetKey.of(text)
                                .map(key -> new Committed(key.topic(), key.queueId(), offset))
                                .ifPresent(found::add));
        return found;
    }

    private SortedMap<String, Long> inGroup(String group) {
        return committed.subMap(
                group + OffsetKey.SEPARATOR, group + (char) (OffsetKey.SEPARATOR + 1));
    }

    /// Appends what was committed since the last call. Asking and committing need not wait for it.
    ///
    /// @return completed when everything committed so far is as safe as the flush policy asks
    /// @throws StoreRefusal when the log takes no more; the next call tries again with what it did
    ///   not take
    public CompletableFuture<Void> write() {
        synchronized (writeOrder) {
            Map<String, Long> taken = takeUnwritten();
            List<StateChange> changes = new ArrayList<>(taken.size());
            taken.forEach((key, offset) -> changes.add(change(key, offset)));
            try {
                for (List<StateChange> piece : StateLog.pieces(changes)) {
                    lastWrite = both(lastWrite, stateLog.write(piece));
                    piece.forEach(written -> taken.remove(written.key()));
                }
            } catch (StoreRefusal refused) {
                giveBack(taken);
                throw refused;
            }
            return lastWrite;
        }
    }

    /// The usual write finds the one before it safe already, and keeps nothing of it.
    private static CompletableFuture<Void> both(
            CompletableFuture<Void> before, CompletableFuture<Void> now) {
        return before.isDone() ? now : CompletableFuture.allOf(before, now);
    }

    /// Writes what was committed, and waits until it is safe.
    ///
    /// @return why it is not written yet; it holds all the same, as long as this process lives
    public Optional<Refusal> makeSafe() {
        try {
            write().join();
            return Optional.empty();
        } catch (StoreRefusal full) {
            return Optional.of(
                    Refusal.of(
                            Refusal.Reason.STORE_UNAVAILABLE,
                            "the new offset holds, but is not written yet, and a restart before it"
                                    + " is would lose it: "
                                    + full.getMessage()));
        }
    }

    private synchronized Map<String, Long> takeUnwritten() {
        Map<String, Long> taken = unwritten;
        unwritten = new HashMap<>();
        return taken;
    }

    private synchronized void giveBack(Map<String, Long> taken) {
        taken.forEach(unwritten::putIfAbsent);
    }

    /// Forgets what groups have consumed of a topic, together with the topic. No commit that was
    /// noted before is written after it.
    ///
    /// Of very many offsets all but some are removed ahead of the deletion: one record cannot hold
    /// them. A crash between leaves the rest, and what they belong to.
    ///
    /// @param deletion writes the changes it is given as part of the deletion; tells whether it did
    public void forget(String topic, Predicate<List<StateChange>> deletion) {
        forget(() -> keysOf(topic), deletion);
    }

    /// Forgets what a group has consumed, likewise.
    public void forgetGroup(String group, Predicate<List<StateChange>> deletion) {
        forget(() -> List.copyOf(inGroup(group).keySet()), deletion);
    }

    private void forget(Supplier<List<String>> keys, Predicate<List<StateChange>> deletion) {
        synchronized (writeOrder) {
            List<StateChange> removals = new ArrayList<>();
            for (String key : keys.get()) {
                removals.add(StateChange.remove(StateKind.OFFSET, key));
            }
            List<List<StateChange>> pieces = StateLog.pieces(removals);
            int ahead = Math.max(0, pieces.size() - 1);
            boolean done = false;
            try {
                pieces.subList(0, ahead).forEach(stateLog::write);
                done = deletion.test(pieces.isEmpty() ? List.of() : pieces.getLast());
            } finally {
                if (done) {
                    keys.get().forEach(this::drop); // and what came meanwhile
                } else if (ahead > 0) {
                    restore(removals);
                }
            }
        }
    }

    /// What is not deleted after all is written again before long.
    private void restore(List<StateChange> removals) {
        if (putUnwritten(removals)) {
            onUnwritten.run();
        }
    }

    private synchronized boolean putUnwritten(List<StateChange> removals) {
        boolean first = unwritten.isEmpty();
        removals.forEach(removal -> unwritten.put(removal.key(), committed.get(removal.key())));
        return first;
    }

    /// @return the groups that have committed an offset in the topic
    public SortedSet<String> groupsOf(String topic) {
        return names(keysOf(topic), OffsetKey::group);
    }

    /// @return the topics in which the group has committed an offset
    public SortedSet<String> topicsOf(String group) {
        return names(inGroup(group).keySet(), OffsetKey::topic);
    }

    private static SortedSet<String> names(
            Collection<String> keys, Function<OffsetKey, String> name) {
        SortedSet<String> names = new TreeSet<>();
        for (String key : keys) {
            OffsetKey.of(key).map(name).ifPresent(names::add);
        }
        return names;
    }

    private List<String> keysOf(String topic) {
        return committed.keySet().stream().filter(key -> isOf(key, topic)).toList();
    }

    private synchronized void drop(String key) {
        committed.remove(key);
        unwritten.remove(key);
        resets.remove(key);
    }

    private static boolean isOf(String key, String topic) {
        return key.contains(OffsetKey.SEPARATOR + topic + OffsetKey.SEPARATOR);
    }
}
