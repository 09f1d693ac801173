package bolide.benchmarks.compare.store;

import java.util.List;
import java.util.Optional;

/// Two trials whose ratio matters, or one whose time does.
///
/// @param name what the command line calls it
/// @param about what is done, for people
record Comparison(
        String name, String about, Contestant left, Optional<Contestant> right, Goal goal) {
    /// @param shown the name in the table
    record Contestant(String shown, Trial trial) {}

    private static final int BURST = 16;
    private static final int THREADS = 16;
    private static final int QUEUES = 8;
    private static final int WINDOW = 4096;
    private static final int TOPICS = 10_000;
    private static final int SMALL_BODY = 64;
    private static final long SMALL_SEGMENT = 4L << 20;
    private static final long MIB = 1L << 20;
    private static final long STORED_BYTES = 1230; // about what a message of 1 KiB takes
    private static final int SYNC_SHARE = 8;
    private static final int READ_TIMES = 30;

    /// How much is done.
    ///
    /// @param messages that are appended
    /// @param logMib of the log that is opened
    /// @param queues of the store that is opened
    record Size(long messages, long logMib, int queues) {
        long logMessages() {
            return logMib * MIB / STORED_BYTES;
        }
    }

    static List<Comparison> all(Size size) {
        return List.of(
                appendOne(size),
                appendBursts(size),
                appendThreads(size),
                syncThreads(size),
                syncWindow(size),
                read(size),
                topics(size),
                openKilled(size),
                openSegments(size),
                openQueues(size));
    }

    private static Trial append(Side side, long messages) {
        return Trial.of(side, Workload.APPEND)
                .with(Setting.QUEUES, QUEUES)
                .with(Setting.MESSAGES, messages)
                .with(Setting.WARM_UP, messages / 2);
    }

    private static Comparison against(
            String name, String about, Trial bolide, Trial apache, Goal goal) {
        return new Comparison(
                name,
                about,
                new Contestant(bolide.side().shown(), bolide),
                Optional.of(new Contestant(apache.side().shown(), apache)),
                goal);
    }

    private static Comparison appendOne(Size size) {
        return against(
                "append-1",
                "1 thread appends 1 KiB, async, one at a time",
                append(Side.BOLIDE, size.messages()),
                append(Side.APACHE, size.messages()),
                new Goal(Goal.Figure.PER_CPU_SECOND_RATIO, 4));
    }

    private static Comparison appendBursts(Size size) {
        return against(
                "append-1-bursts",
                "as append-1, but Bolide publishes after every 16; Apache's put has no such thing",
                append(Side.BOLIDE, size.messages()).with(Setting.BURST, BURST),
                append(Side.APACHE, size.messages()),
                new Goal(Goal.Figure.PER_CPU_SECOND_RATIO, 4));
    }

    private static Comparison appendThreads(Size size) {
        return against(
                "append-16",
                "16 threads append 1 KiB, async, each one at a time",
                append(Side.BOLIDE, size.messages()).with(Setting.THREADS, THREADS),
                append(Side.APACHE, size.messages()).with(Setting.THREADS, THREADS),
                new Goal(Goal.Figure.PER_CPU_SECOND_RATIO, 4));
    }

    private static Comparison syncThreads(Size size) {
        long messages = size.messages() / SYNC_SHARE;
        return against(
                "sync-16",
                "16 threads append 1 KiB, sync, each waits for its answer",
                append(Side.BOLIDE, messages).with(Setting.THREADS, THREADS).with(Setting.SYNC, 1),
                append(Side.APACHE, messages).with(Setting.THREADS, THREADS).with(Setting.SYNC, 1),
                new Goal(Goal.Figure.RATE_RATIO, 3));
    }

    private static Comparison syncWindow(Size size) {
        Trial async =
                append(Side.BOLIDE, size.messages())
                        .with(Setting.BURST, BURST)
                        .with(Setting.WINDOW, WINDOW);
        return new Comparison(
                "sync-window",
                "1 thread appends 1 KiB in bursts of 16 with up to 4,096 outstanding",
                new Contestant("Bolide sync", async.with(Setting.SYNC, 1)),
                Optional.of(new Contestant("Bolide async", async)),
                new Goal(Goal.Figure.RATE_RATIO, 0.8));
    }

    private static Comparison read(Size size) {
        return against(
                "read",
                "1 thread reads one queue of 25,000 messages of 1 KiB just written, 32 at a time",
                read(Side.BOLIDE, size),
                read(Side.APACHE, size),
                new Goal(Goal.Figure.RATE_RATIO, 3));
    }

    private static Trial read(Side side, Size size) {
        return Trial.of(side, Workload.READ)
                .with(Setting.MESSAGES, size.messages() * READ_TIMES)
                .with(Setting.WARM_UP, size.messages() * READ_TIMES / 2);
    }

    private static Comparison topics(Size size) {
        Trial one = append(Side.BOLIDE, size.messages()).with(Setting.QUEUES, 1);
        return new Comparison(
                "topics",
                "1 thread appends 1 KiB, async, one at a time, to a topic picked at random",
                new Contestant("10,000 topics", one.with(Setting.TOPICS, TOPICS)),
                Optional.of(new Contestant("one topic", one)),
                new Goal(Goal.Figure.RATE_RATIO, 0.9));
    }

    private static Comparison openKilled(Size size) {
        return against(
                "open-killed",
                "opens "
                        + size.logMib()
                        + " MiB of messages of 1 KiB whose process was killed; Bolide without any"
                        + " snapshot",
                stored(Side.BOLIDE, Workload.OPEN_KILLED, size),
                stored(Side.APACHE, Workload.OPEN_KILLED, size),
                new Goal(Goal.Figure.SECONDS, 3));
    }

    private static Comparison openSegments(Size size) {
        return against(
                "open-segments",
                "opens " + size.logMib() + " MiB in segments of 4 MiB that was closed",
                stored(Side.BOLIDE, Workload.OPEN_CLOSED, size)
                        .with(Setting.SEGMENT_BYTES, SMALL_SEGMENT),
                stored(Side.APACHE, Workload.OPEN_CLOSED, size)
                        .with(Setting.SEGMENT_BYTES, SMALL_SEGMENT),
                new Goal(Goal.Figure.SECONDS, 1));
    }

    private static Trial stored(Side side, Workload workload, Size size) {
        return Trial.of(side, workload)
                .with(Setting.QUEUES, QUEUES)
                .with(Setting.BURST, BURST)
                .with(Setting.MESSAGES, size.logMessages());
    }

    /// Apache maps a file for each queue, and Linux allows no more than 65,530 mappings by default.
    private static Comparison openQueues(Size size) {
        int topics = Math.max(1, size.queues() / QUEUES);
        Trial trial =
                stored(Side.BOLIDE, Workload.OPEN_CLOSED, size)
                        .with(Setting.TOPICS, topics)
                        .with(Setting.BODY_BYTES, SMALL_BODY)
                        .with(Setting.MESSAGES, 2L * topics * QUEUES);
        return new Comparison(
                "open-queues",
                "opens " + topics * QUEUES + " queues of two messages each that were closed",
                new Contestant("Bolide", trial),
                Optional.empty(),
                new Goal(Goal.Figure.SECONDS, 1));
    }
}
