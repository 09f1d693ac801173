package bolide.benchmarks.compare.store;

/// Reads what was just written from its first message to its last, again and again.
final class ReadRun {
    private static final int MESSAGES_EACH = 32; // what both sides give to one pull

    private final StoreUnderTest store;
    private final Trial trial;
    private final long stored;

    /// @param stored how many messages the trial's only queue has
    ReadRun(StoreUnderTest store, Trial trial, long stored) {
        this.store = store;
        this.trial = trial;
        this.stored = stored;
    }

    Measurement measure() {
        StoreUnderTest.Reader reader = store.reader(trial.topics().names()[0], 0);
        read(reader, trial.get(Setting.WARM_UP));
        System.gc();
        Meter meter = new Meter();
        meter.start();
        long read = read(reader, trial.get(Setting.MESSAGES));
        Measurement measurement = meter.stop(read, meter.seconds());
        if (reader.bytes() < read * trial.get(Setting.BODY_BYTES)) {
            throw new IllegalStateException(reader.bytes() + " bytes of " + read + " messages");
        }
        return measurement;
    }

    private long read(StoreUnderTest.Reader reader, long atLeast) {
        long read = 0;
        long offset = 0;
        while (read < atLeast) {
            int found = reader.read(offset, MESSAGES_EACH);
            if (found == 0) {
                throw new IllegalStateException("nothing at offset " + offset);
            }
            read += found;
            offset += found;
            if (offset == stored) {
                offset = 0;
            }
        }
        return read;
    }
}
