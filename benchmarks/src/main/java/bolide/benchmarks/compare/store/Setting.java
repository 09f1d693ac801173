package bolide.benchmarks.compare.store;

/// What a trial may have different from the usual.
enum Setting {
    /// 1: a message is acknowledged when it is on stable storage.
    SYNC(0),
    /// How many send.
    THREADS(1),
    /// How many messages a thread sends before it publishes.
    BURST(1),
    /// How many messages of a thread may be unacknowledged when it goes on sending.
    WINDOW(0),
    /// How many topics messages go to, at random.
    TOPICS(1),
    /// How many queues each topic has.
    QUEUES(1),
    /// Length of each body.
    BODY_BYTES(1024),
    /// How many messages before those that count.
    WARM_UP(0),
    /// How many messages count; of an opening, how many the store holds.
    MESSAGES(1),
    /// Length of a file of the commit log.
    SEGMENT_BYTES(1L << 30);

    private final long usual;

    Setting(long usual) {
        this.usual = usual;
    }

    long usual() {
        return usual;
    }
}
