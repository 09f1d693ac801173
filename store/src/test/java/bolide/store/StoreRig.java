package bolide.store;

import bolide.protocol.message.NewRecord;
import bolide.store.commitlog.Appender;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.file.MemoryVolume;
import bolide.store.file.Volume;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A started store on a disk in memory, run in turns, and what it has told.
public final class StoreRig implements AutoCloseable {
    public static final long SEGMENT_BYTES = StoreConfig.SMALLEST_SEGMENT_BYTES;
    public static final Duration INTERVAL = Duration.ofMillis(500);

    public static final StoreConfig CONFIG =
            new StoreConfig(FlushPolicy.SYNC, INTERVAL, SEGMENT_BYTES);

    public final MemoryVolume volume;
    public final StoreConfig config;
    public final ManualClock clock;
    public final Turns turns;
    public final Store store;
    public final List<ConsumeQueue> arrivals = new ArrayList<>();
    public final List<Throwable> failures = new ArrayList<>();

    public StoreRig(MemoryVolume volume, FlushPolicy policy) {
        this(volume, new StoreConfig(policy, INTERVAL, SEGMENT_BYTES), new ManualClock());
    }

    public StoreRig(MemoryVolume volume, StoreConfig config, ManualClock clock) {
        this(volume, volume, config, clock);
    }

    /// @param seen what the store gets to see of the volume
    public StoreRig(MemoryVolume volume, Volume seen, StoreConfig config, ManualClock clock) {
        this.volume = volume;
        this.config = config;
        this.clock = clock;
        this.turns = new Turns(clock);
        this.store = new Store(seen, config);
        store.startOn(turns, clock, clock, arrivals::add, failures::add);
        store.topicAges(Map::of);
    }

    public static StoreRig sync() {
        return new StoreRig(new MemoryVolume(), FlushPolicy.SYNC);
    }

    public static StoreRig async() {
        return new StoreRig(new MemoryVolume(), FlushPolicy.ASYNC);
    }

    public Appender appender() {
        return store.log().appender();
    }

    public Noted stage(String topic, int queueId, String... bodies) {
        Noted noted = new Noted();
        List<NewRecord> records = new ArrayList<>();
        for (String body : bodies) {
            records.add(Records.of(topic, queueId, body));
        }
        appender().stage(topic, records, noted);
        return noted;
    }

    public Noted append(String topic, int queueId, String... bodies) {
        Noted noted = stage(topic, queueId, bodies);
        appender().publish();
        return noted;
    }

    /// Appends records until so many bytes are left in the last segment.
    public void fillUpTo(int bytesLeft) {
        int chunk = 8 * 1024;
        long left = left();
        while (left - bytesLeft > 2 * chunk) {
            appendSize(chunk);
            left = left();
        }
        appendSize((int) (left - bytesLeft));
    }

    /// @return bytes behind the end in the last segment
    public long left() {
        return store.log().segments().last().end() - appender().appended().get();
    }

    public Noted appendSize(int encodedBytes) {
        Noted noted = new Noted();
        appender().stage("filler", Records.ofSize("filler", 0, encodedBytes), noted);
        appender().publish();
        return noted;
    }

    public void settle() {
        turns.settle();
    }

    public List<String> bodies(String topic, int queueId) {
        return Records.bodies(store, topic, queueId);
    }

    /// Ends the process and opens the store again.
    public StoreRig killAndReopen() {
        volume.kill();
        return reopened();
    }

    /// Cuts the power and opens the store again.
    public StoreRig crashAndReopen(long seed) {
        volume.crash(seed);
        return reopened();
    }

    public StoreRig closeAndReopen() {
        store.close();
        return reopened();
    }

    private StoreRig reopened() {
        return new StoreRig(volume, config, clock);
    }

    @Override
    public void close() {
        store.close();
    }
}
