package bolide.benchmarks.load;

/// What a load may have different from the usual.
public enum LoadSetting {
    /// How many send.
    THREADS(1),
    /// How many messages go in one request.
    BATCH(1),
    /// How many messages may be unacknowledged.
    WINDOW(512),
    /// How many topics messages go to, at random.
    TOPICS(1),
    /// How many queues each topic has.
    QUEUES(8),
    /// Messages per second.
    RATE(5_000),
    /// How many messages are stored, and consumed in each run.
    MESSAGES(1_000_000),
    /// How many messages are stored after those that count as old.
    NEWER(0),
    /// How many tags messages have in turn; a consumer wants the first of them.
    TAGS(1),
    /// 1: a consumer takes each queue's messages one after the other.
    ORDERED(0),
    /// Length of each body.
    BODY_BYTES(1024);

    private final long usual;

    LoadSetting(long usual) {
        this.usual = usual;
    }

    long usual() {
        return usual;
    }
}
