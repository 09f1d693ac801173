package bolide.store.crash;

import bolide.protocol.message.NewRecord;
import bolide.store.ManualClock;
import bolide.store.Records;
import bolide.store.StoreConfig;
import bolide.store.StoreRig;
import bolide.store.commitlog.AppendListener;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.commitlog.StoreRefusal;
import bolide.store.crash.Model.Sent;
import bolide.store.file.MemoryVolume;
import bolide.store.file.PowerCut;
import bolide.store.file.StorageException;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// One process's work on a store: random sends, batches, commits and changes of state, step by
/// step, until it is done or the disk ends it. The model notes what was said, and what was
/// promised.
final class Life {
    /// What must be found by the next process.
    ///
    /// @param sent every record that may be there, in the order of the log
    /// @param records how many of them must be
    /// @param end how far the log must reach at least
    record Promise(List<Sent> sent, int records, long end) {
        /// To a process that finds nothing on the disk.
        static final Promise NONE = new Promise(List.of(), 0, 0);
    }

    static final int TOPICS = 3;
    static final int QUEUES = 3;

    private final MemoryVolume volume;
    private final StoreConfig config;
    private final Defect defect;
    private final ManualClock clock;
    private final SplittableRandom random;
    private final Promise afterKill;
    private final Promise afterPowerCut;
    private final boolean ofOneLength;
    private Model model;
    private StoreRig rig;
    private long committed;
    private int acknowledged;
    private boolean faulty;
    private int acknowledgedAtFailure = -1;
    private int found;

    /// @param afterKill what the life before had promised, should this one be killed early
    /// @param afterPowerCut the same should the power fail
    Life(
            MemoryVolume volume,
            StoreConfig config,
            Defect defect,
            Promise afterKill,
            Promise afterPowerCut,
            long seed) {
        this.volume = volume;
        this.config = config;
        this.defect = defect;
        this.afterKill = afterKill;
        this.afterPowerCut = afterPowerCut;
        this.clock = new ManualClock();
        this.random = new SplittableRandom(seed);
        this.ofOneLength = Math.floorMod(seed, 3) == 0;
    }

    /// Opens the store and compares what it has found with what was promised.
    ///
    /// @throws StorageException when the disk fails it
    void open() {
        StoreRig opened = new StoreRig(volume, defect.on(volume), config, clock);
        model = Checker.check(opened.store, afterKill);
        found = model.log().size();
        committed = 4L * found; // no record commits more than four
        rig = opened;
    }

    boolean isOpen() {
        return rig != null;
    }

    /// @return whether a torn end was cut off when it was opened
    boolean hasCut() {
        return !rig.store.recovered().torn().isEmpty();
    }

    StoreRig rig() {
        return rig;
    }

    Promise afterKill() {
        if (!isOpen()) {
            return afterKill;
        }
        int written = model.below(rig.appender().appended().get());
        int records = Math.max(found, Math.max(written, acknowledged));
        return new Promise(model.sent(), records, rig.store.log().readable().get());
    }

    Promise afterPowerCut() {
        if (!isOpen()) {
            return afterPowerCut;
        }
        if (config.flush() == FlushPolicy.SYNC) {
            int records = Math.max(found, acknowledged);
            return new Promise(model.sent(), records, rig.store.log().readable().get());
        }
        long flushed = rig.store.log().flushed().get();
        return new Promise(model.sent(), Math.max(found, model.below(flushed)), flushed);
    }

    /// @param actions how many, unless the disk ends it before
    void live(int actions) {
        for (int i = 0; i < actions && !volume.isStopped() && rig.failures.isEmpty(); i++) {
            step();
        }
        for (int i = 0; i < 6 && !rig.failures.isEmpty(); i++) {
            step();
        }
    }

    private void step() {
        try {
            act();
        } catch (StoreRefusal refused) {
            Violation.unless(
                    refused.getMessage().startsWith("no room for")
                            || refused.getMessage().startsWith("no next log segment")
                            || refused.getMessage().startsWith("the log has failed"),
                    "refused for no reason",
                    refused.getMessage());
        } catch (PowerCut end) {
            assert volume.isStopped();
        }
        checkFailures();
    }

    /// The disk will fail it.
    void expectFault() {
        faulty = true;
    }

    /// From now on nothing may be acknowledged.
    void expectFailure() {
        acknowledgedAtFailure = acknowledged;
    }

    private void checkFailures() {
        for (Throwable failure : rig.failures) {
            boolean injected = faulty && failure instanceof StorageException;
            if (!injected && !(failure instanceof PowerCut)) {
                throw new Violation("failed by itself", failure);
            }
        }
        Violation.unless(rig.failures.size() <= 1, "told twice of a failure", rig.failures);
        if (!rig.failures.isEmpty() && acknowledgedAtFailure < 0) {
            acknowledgedAtFailure = acknowledged;
        }
        Violation.unless(
                acknowledgedAtFailure < 0 || acknowledged == acknowledgedAtFailure,
                "acknowledged after a failure",
                acknowledged);
    }

    private void act() {
        int dice = random.nextInt(100);
        if (dice < 32) {
            send(1);
        } else if (dice < 44) {
            send(random.nextInt(2, 6));
        } else if (dice < 64) {
            publish();
        } else if (dice < 72) {
            write(facts());
        } else if (dice < 75) {
            write(newLifeOfATopic());
        } else if (dice < 83) {
            rig.turns.step("flusher");
        } else if (dice < 87) {
            rig.turns.step("dispatcher");
        } else if (dice < 89) {
            rig.turns.step("allocator");
        } else if (dice < 90) {
            rig.turns.step("checkpointer");
        } else if (dice < 93) {
            for (int i = 0; i < 4; i++) {
                clock.pass(10_000); // retention looks that seldom
                rig.settle();
            }
        } else if (dice < 94) {
            clock.pass(random.nextInt(300));
        } else if (dice < 96) {
            volume.usableBytes(random.nextBoolean() ? random.nextInt(70_000) : Long.MAX_VALUE);
        } else {
            rig.settle();
        }
    }

    private void send(int count) {
        byte[][] bodies = new byte[count][];
        for (int i = 0; i < count; i++) {
            bodies[i] = body();
        }
        send(bodies);
    }

    private void send(byte[][] bodies) {
        String topic = "t" + random.nextInt(TOPICS);
        List<NewRecord> records = new ArrayList<>();
        for (byte[] body : bodies) {
            records.add(Records.of(topic, random.nextInt(QUEUES), body, Checker.PROPERTIES, 0));
        }
        rig.appender().stage(topic, records, new Listener(topic, records, bodies));
    }

    /// No two are alike. In some lives all are of one length, so that a record may come to lie
    /// exactly where an older one lay.
    private byte[] body() {
        if (ofOneLength) {
            return ByteBuffer.allocate(300).putLong(random.nextLong()).array();
        }
        int size = random.nextInt(10) == 0 ? random.nextInt(25_000) : random.nextInt(200);
        byte[] body = new byte[8 + size];
        Arrays.fill(body, (byte) size);
        return ByteBuffer.wrap(body).putLong(random.nextLong()).array();
    }

    private void publish() {
        rig.appender().publish();
    }

    private List<StateChange> facts() {
        List<StateChange> changes = new ArrayList<>();
        int count = random.nextInt(1, 5);
        for (int i = 0; i < count; i++) {
            String key = "key" + random.nextInt(6);
            if (random.nextBoolean()) {
                committed++;
                byte[] offset = ByteBuffer.allocate(Long.BYTES).putLong(committed).array();
                changes.add(StateChange.put(StateKind.OFFSET, key, offset));
            } else {
                changes.add(
                        random.nextInt(5) == 0
                                ? StateChange.remove(StateKind.GROUP, key)
                                : StateChange.put(StateKind.GROUP, key, body()));
            }
        }
        return changes;
    }

    private List<StateChange> newLifeOfATopic() {
        String topic = "t" + random.nextInt(TOPICS);
        return List.of(
                StateChange.remove(StateKind.TOPIC, topic),
                StateChange.put(StateKind.TOPIC, topic, body()));
    }

    private void write(List<StateChange> changes) {
        int number = model.log().size() + 1;
        boolean failedBefore = !rig.failures.isEmpty();
        model.announce(Sent.state(changes, -1));
        try {
            rig.store.stateLog().write(changes).thenRun(() -> acknowledge(number));
        } catch (StoreRefusal refused) {
            if (failedBefore || rig.failures.isEmpty()) {
                model.recant();
            } // else it may have been staged; nothing comes after it
            throw refused;
        }
        model.add(Sent.state(changes, rig.appender().appended().get()));
    }

    private void acknowledge(int records) {
        Violation.unless(records > acknowledged, "acknowledged out of order", records);
        acknowledged = records;
    }

    /// The disk has room and works again: whatever was refused before must go on, in the next
    /// segment as well.
    void heal() {
        volume.usableBytes(Long.MAX_VALUE);
        if (!rig.failures.isEmpty()) {
            return;
        }
        try {
            for (int i = 0; i < 3; i++) {
                send(new byte[][] {new byte[30_000 + i]});
                publish();
            }
        } catch (StoreRefusal refused) {
            throw new Violation("refuses what it has room for", refused);
        }
    }

    /// Ends the process in good order.
    void stop() {
        volume.usableBytes(Long.MAX_VALUE);
        try {
            rig.store.close();
        } catch (PowerCut end) {
            assert volume.isStopped();
        } catch (StorageException | StoreRefusal failed) {
            Violation.unless(faulty, "failed by itself", failed);
        }
        checkFailures();
    }

    /// Brings everything to an end and compares what a consumer sees with the model.
    void settle() {
        volume.usableBytes(Long.MAX_VALUE);
        if (rig.failures.isEmpty()) {
            publish();
        }
        rig.settle();
        checkFailures();
        if (rig.failures.isEmpty()) {
            Checker.checkQueues(rig.store, model);
            Checker.readQueues(rig.store, model);
        }
    }

    /// Notes where an append's records lie, and when it is acknowledged.
    private final class Listener implements AppendListener {
        private final String topic;
        private final List<NewRecord> records;
        private final byte[][] bodies;
        private int number;

        private Listener(String topic, List<NewRecord> records, byte[][] bodies) {
            this.topic = topic;
            this.records = records;
            this.bodies = bodies;
        }

        @Override
        public void placed(int index, long queueOffset, long position) {
            NewRecord record = records.get(index);
            Violation.unless(
                    queueOffset == model.messages(topic, record.queueId()).size(),
                    "offset is not the queue's next",
                    queueOffset);
            long end = position + record.encodedBytes();
            byte[] body = bodies[index];
            model.add(new Sent(topic, record.queueId(), queueOffset, body, position, end, null));
            number = model.log().size();
        }

        @Override
        public void readable() {
            acknowledge(number);
        }
    }
}
