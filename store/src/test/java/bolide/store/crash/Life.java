package bolide.store.crash;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.message.NewRecord;
import bolide.store.ManualClock;
import bolide.store.Records;
import bolide.store.StoreConfig;
import bolide.store.StoreRig;
import bolide.store.commitlog.AppendListener;
import bolide.store.commitlog.StoreRefusal;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.Entry;
import bolide.store.file.MemoryVolume;
import bolide.store.file.PowerCut;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// One process's work on a store: random sends, batches and changes of state, step by step, until
/// it is done or the disk ends it. The model notes what was said, and what was promised.
final class Life {
    private static final int TOPICS = 3;
    private static final int QUEUES = 3;

    private final StoreRig rig;
    private final Model model;
    private final SplittableRandom random;
    private final int found;
    private final boolean ofOneLength;
    private int acknowledged;
    private int acknowledgedAtFailure = -1;
    private int written;

    /// @param model of what the disk holds; what this life adds is added to it
    Life(MemoryVolume volume, StoreConfig config, ManualClock clock, Model model, long seed) {
        this.model = model;
        this.random = new SplittableRandom(seed);
        this.found = model.log().size();
        this.ofOneLength = seed % 3 == 0;
        this.rig = new StoreRig(volume, config, clock);
    }

    StoreRig rig() {
        return rig;
    }

    /// @return how many records must be there whatever happened, for this life began with them
    int found() {
        return found;
    }

    /// @return how many records were acknowledged, or come before one that was
    int acknowledged() {
        return acknowledged;
    }

    /// @return how many records had been handed to the file system
    int written() {
        return written;
    }

    /// @return how many records are below a position
    int below(long position) {
        int below = 0;
        for (int i = 0; i < model.log().size(); i++) {
            long end = model.log().get(i).end();
            below = end != 0 && end <= position ? i + 1 : below;
        }
        return below;
    }

    /// @param actions how many, unless the disk ends it before
    void live(int actions) {
        for (int i = 0; i < actions && !rig.volume.isStopped(); i++) {
            try {
                act();
            } catch (StoreRefusal refused) {
                assertThat(refused)
                        .hasMessageMatching("(?s)no room for.*|no next.*|the log has failed.*");
            } catch (PowerCut end) {
                assertThat(rig.volume.isStopped()).isTrue();
            }
            noteFailure();
        }
    }

    private void noteFailure() {
        if (!rig.failures.isEmpty() && acknowledgedAtFailure < 0) {
            acknowledgedAtFailure = acknowledged;
        }
        if (acknowledgedAtFailure >= 0) {
            assertThat(acknowledged)
                    .as("records acknowledged after a failure")
                    .isEqualTo(acknowledgedAtFailure);
            assertThat(rig.failures).hasSize(1);
        }
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
        } else if (dice < 84) {
            rig.turns.step("flusher");
        } else if (dice < 90) {
            rig.turns.step("dispatcher");
        } else if (dice < 94) {
            rig.clock.pass(random.nextInt(300));
        } else if (dice < 96) {
            rig.volume.usableBytes(random.nextBoolean() ? 0 : Long.MAX_VALUE);
        } else {
            rig.settle();
        }
    }

    private void send(int count) {
        String topic = "t" + random.nextInt(TOPICS);
        List<NewRecord> records = new ArrayList<>();
        List<byte[]> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] body = body();
            bodies.add(body);
            records.add(Records.of(topic, random.nextInt(QUEUES), body, "TAGS\1x\2", 0));
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
        written = model.log().size();
    }

    private List<StateChange> facts() {
        List<StateChange> changes = new ArrayList<>();
        int count = random.nextInt(1, 5);
        for (int i = 0; i < count; i++) {
            StateKind kind = random.nextBoolean() ? StateKind.OFFSET : StateKind.GROUP;
            String key = "key" + random.nextInt(6);
            changes.add(
                    random.nextInt(5) == 0
                            ? StateChange.remove(kind, key)
                            : StateChange.put(kind, key, body()));
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
        Model.Sent sent = new Model.Sent("", 0, 0, new byte[0], 0, changes);
        int number = model.log().size() + 1;
        boolean failedBefore = !rig.failures.isEmpty();
        try {
            rig.store.stateLog().write(changes).thenRun(() -> acknowledge(number));
        } catch (StoreRefusal refused) {
            if (!failedBefore && !rig.failures.isEmpty()) {
                model.add(sent); // it may have been staged; nothing comes after it
            }
            throw refused;
        } catch (PowerCut end) {
            model.add(sent);
            throw end;
        }
        model.add(sent);
        written = number;
    }

    private void acknowledge(int records) {
        assertThat(records).as("order of acknowledgement").isGreaterThan(acknowledged);
        acknowledged = records;
    }

    /// Compares what a consumer sees with the model.
    void compareQueues() {
        rig.settle();
        for (int t = 0; t < TOPICS; t++) {
            for (int queueId = 0; queueId < QUEUES; queueId++) {
                compareQueue("t" + t, queueId);
            }
        }
    }

    private void compareQueue(String topic, int queueId) {
        List<Model.Sent> expected =
                model.queues().getOrDefault(topic, Map.of()).getOrDefault(queueId, List.of());
        long max = rig.store.queues().find(topic, queueId).map(ConsumeQueue::maxOffset).orElse(0L);
        assertThat(max).as("%s@%s", topic, queueId).isEqualTo(expected.size());
        if (expected.isEmpty()) {
            return;
        }
        ConsumeQueue queue = rig.store.queues().find(topic, queueId).orElseThrow();
        var read = Records.read(rig.store, queue);
        Entry entry = new Entry();
        for (int i = 0; i < expected.size(); i++) {
            assertThat(read.get(i).queueOffset()).isEqualTo(i);
            assertThat(read.get(i).body()).isEqualTo(expected.get(i).body());
            assertThat(read.get(i).topic()).isEqualTo(topic);
            assertThat(queue.read(i, entry)).isTrue();
            assertThat(entry.position() + entry.size())
                    .isLessThanOrEqualTo(rig.store.log().readable().get());
        }
    }

    /// Notes where an append's records lie, and when it is acknowledged.
    private final class Listener implements AppendListener {
        private final String topic;
        private final List<NewRecord> records;
        private final List<byte[]> bodies;
        private int number;

        private Listener(String topic, List<NewRecord> records, List<byte[]> bodies) {
            this.topic = topic;
            this.records = records;
            this.bodies = bodies;
        }

        @Override
        public void placed(int index, long queueOffset, long position) {
            int queueId = records.get(index).queueId();
            assertThat(queueOffset).isEqualTo(model.nextOffset(topic, queueId));
            long end = position + records.get(index).encodedBytes();
            model.add(new Model.Sent(topic, queueId, queueOffset, bodies.get(index), end, null));
            number = model.log().size();
        }

        @Override
        public void readable() {
            acknowledge(number);
        }
    }
}
