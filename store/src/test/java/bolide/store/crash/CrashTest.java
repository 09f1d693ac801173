package bolide.store.crash;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.message.MessageRecord;
import bolide.protocol.message.RecordView;
import bolide.store.ManualClock;
import bolide.store.Store;
import bolide.store.StoreConfig;
import bolide.store.StoreRig;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.commitlog.Segment;
import bolide.store.file.MemoryVolume;
import bolide.store.file.MemoryVolume.Operation;
import bolide.store.file.PowerCut;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import bolide.store.state.StateRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Ends a store's process at every I/O operation of random workloads, by kill and by power cut, and
/// compares what the next process finds with what was promised. A failure prints what repeats it.
class CrashTest {
    private static final int SEEDS = 22;
    private static final int ACTIONS = 60;

    /// What ends a process.
    private enum End {
        KILL,
        POWER
    }

    private final ManualClock clock = new ManualClock();
    private final StringBuilder how = new StringBuilder();
    private MemoryVolume volume;
    private StoreConfig config;
    private int states;
    private int safe; // so many records survive even a power cut
    private long foundEnd;

    private void begin(FlushPolicy policy, String what) {
        volume = new MemoryVolume();
        config = new StoreConfig(policy, StoreRig.INTERVAL, StoreRig.SEGMENT_BYTES);
        safe = 0;
        how.setLength(0);
        how.append(policy).append(", ").append(what);
    }

    private Life life(Model model, long seed) {
        return new Life(volume, config, clock, model, seed);
    }

    private void end(End end, long seed) {
        volume.usableBytes(Long.MAX_VALUE);
        if (end == End.KILL) {
            volume.kill();
        } else {
            volume.crash(seed);
        }
    }

    @Test
    void shouldKeepItsPromisesWhereverItIsEnded() {
        for (FlushPolicy policy : FlushPolicy.values()) {
            for (End end : End.values()) {
                for (long seed = 0; seed < SEEDS; seed++) {
                    long operations = operationsOf(policy, seed);
                    for (long n = 1; n <= operations; n++) {
                        shouldKeepItsPromises(policy, end, seed, n);
                    }
                }
            }
        }
        assertThat(states).isGreaterThan(3000);
    }

    /// @return how many operations the workload of that seed has when nothing ends it
    private long operationsOf(FlushPolicy policy, long seed) {
        begin(policy, "seed " + seed);
        Model model = new Model();
        Life life = life(model, seed);
        life.live(ACTIONS);
        volume.usableBytes(Long.MAX_VALUE);
        life.rig().appender().publish();
        life.compareQueues();
        return volume.operations();
    }

    private void shouldKeepItsPromises(FlushPolicy policy, End end, long seed, long n) {
        begin(policy, end + ", seed " + seed + ", ended at operation " + n);
        try {
            // given
            volume.stopAt(n, seed);
            Model model = liveUntilTheEnd(new Model(), end, seed, ACTIONS);

            // when a second life, which may end within its very recovery
            volume.stopAt(1 + Math.floorMod(31 * seed + n, 9), n);
            End next = n % 2 == 0 ? End.KILL : End.POWER;
            model = liveUntilTheEnd(model, next, 999 + seed, 15);

            // then
            Life last = life(model, 2000 + seed + n);
            compare(last.rig().store, model);
            last.compareQueues();
            last.live(5);
            last.rig().appender().publish();
            last.compareQueues();
        } catch (RuntimeException | AssertionError failed) {
            throw new AssertionError("to be repeated with: " + how, failed);
        }
    }

    /// @return the model of what the next life finds
    private Model liveUntilTheEnd(Model model, End end, long seed, int actions) {
        Life life;
        try {
            life = life(model, seed);
        } catch (PowerCut withinRecovery) {
            end(end, seed);
            return opened(model, end == End.KILL ? model.log().size() : safe);
        }
        safe = life.found(); // recovery has synced what it found
        if (life.found() > 0) {
            compare(life.rig().store, model);
        }
        life.live(actions);
        safe = Math.max(safe, promised(life, End.POWER));
        int promised = end == End.POWER ? safe : Math.max(safe, promised(life, End.KILL));
        long readable = life.rig().store.log().readable().get();
        end(end, seed);
        Model found = opened(model, promised);
        if (end == End.KILL || config.flush() == FlushPolicy.SYNC) {
            assertThat(foundEnd).as("end of the log").isGreaterThanOrEqualTo(readable);
        }
        return found;
    }

    private int promised(Life life, End end) {
        if (end == End.KILL) {
            return Math.max(life.written(), life.acknowledged());
        }
        return config.flush() == FlushPolicy.SYNC
                ? life.acknowledged()
                : life.below(life.rig().store.log().flushed().get());
    }

    /// Looks at the disk as the next process finds it, on a copy, so that nothing is mended yet.
    ///
    /// @param promised how many records must be there at least
    /// @return the model of what is there
    private Model opened(Model model, int promised) {
        states++;
        MemoryVolume copy = volume.copy();
        Store store = new Store(copy, config);
        long records = store.recovered().records();
        foundEnd = store.recovered().end();
        store.close();
        assertThat(records)
                .as("records found of %s, promised %s", model.log().size(), promised)
                .isBetween((long) promised, (long) model.log().size());
        return model.prefix((int) records);
    }

    /// Compares a store that has just recovered with the model, byte for byte.
    private static void compare(Store store, Model model) {
        assertThat(store.recovered().records()).isEqualTo(model.log().size());
        RecordView view = new RecordView();
        int number = 0;
        long position = 0;
        while (position < store.recovered().end()) {
            Segment segment = store.log().segments().at(position);
            ByteBuffer bytes = segment.bytes();
            int at = segment.indexOf(position);
            if (view.look(bytes, at, bytes.limit()) == RecordView.Found.BLANK) {
                position = segment.end();
                continue;
            }
            compare(
                    MessageRecord.decode(bytes.slice(at, view.totalSize())),
                    model.log().get(number));
            position += view.totalSize();
            number++;
        }
        assertThat(number).isEqualTo(model.log().size());
        for (StateKind kind : StateKind.KNOWN) {
            Map<String, byte[]> found = new TreeMap<>();
            store.forEachState(kind, found::put);
            assertThat(found.keySet()).as("%s", kind).isEqualTo(model.state(kind).keySet());
            found.forEach((key, value) ->
                    assertThat(value).as("%s %s", kind, key).isEqualTo(model.state(kind).get(key)));
        }
    }

    private static void compare(MessageRecord found, Model.Sent sent) {
        if (sent.changes() == null) {
            boolean same =
                    found.topic().equals(sent.topic())
                            && found.queueId() == sent.queueId()
                            && found.queueOffset() == sent.offset()
                            && found.properties().equals(Map.of("TAGS", "x"))
                            && Arrays.equals(found.body(), sent.body());
            assertThat(same).as("%s is not %s", found, sent).isTrue();
            return;
        }
        assertThat(found.topic()).isEqualTo(StateRecord.TOPIC);
        List<StateChange> changes = StateRecord.decode(ByteBuffer.wrap(found.body()));
        assertThat(text(changes)).isEqualTo(text(sent.changes()));
    }

    private static String text(List<StateChange> changes) {
        StringBuilder text = new StringBuilder();
        for (StateChange change : changes) {
            text.append(change.kind()).append(change.key()).append(change.removed());
            text.append(new String(change.value(), StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }

    @Test
    void shouldKeepItsPromisesWhicheverOperationFails() {
        for (FlushPolicy policy : FlushPolicy.values()) {
            for (Operation operation : List.of(Operation.WRITE, Operation.SYNC, Operation.CREATE)) {
                for (long seed = 0; seed < 9; seed++) {
                    begin(policy, "seed " + seed);
                    Life whole = life(new Model(), seed);
                    whole.live(ACTIONS);
                    long count = volume.count(operation);
                    for (long n = 2; n <= count; n++) { // the first segment is another test's
                        shouldKeepItsPromises(policy, operation, seed, n);
                    }
                }
            }
        }
        assertThat(states).isGreaterThan(150);
    }

    private void shouldKeepItsPromises(FlushPolicy policy, Operation failing, long seed, long n) {
        begin(policy, "seed " + seed + ", " + failing + " " + n + " fails");
        try {
            // given
            Model model = new Model();
            volume.failAt(failing, n);
            Life life = life(model, seed);

            // when
            life.live(ACTIONS);
            boolean failed = !life.rig().failures.isEmpty();
            int promised = promised(life, End.POWER);
            end(End.POWER, seed + n);
            Model found = opened(model, promised);

            // then
            assertThat(failed).isEqualTo(failing != Operation.CREATE);
            Life next = life(found, seed + n);
            compare(next.rig().store, found);
            next.live(20);
            volume.usableBytes(Long.MAX_VALUE);
            next.rig().appender().publish();
            next.compareQueues();
        } catch (RuntimeException | AssertionError broken) {
            throw new AssertionError("to be repeated with: " + how, broken);
        }
    }
}
