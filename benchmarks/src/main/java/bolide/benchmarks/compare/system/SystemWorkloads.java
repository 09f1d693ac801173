package bolide.benchmarks.compare.system;

import static bolide.benchmarks.server.ServerKind.APACHE;
import static bolide.benchmarks.server.ServerKind.BOLIDE;
import static bolide.benchmarks.server.ServerKind.KAFKA;

import bolide.benchmarks.compare.system.SystemWorkload.Shape;
import bolide.benchmarks.load.LoadKind;
import bolide.benchmarks.load.LoadPlan;
import bolide.benchmarks.load.LoadSetting;
import bolide.benchmarks.meter.Figure;
import bolide.benchmarks.server.ServerKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// All that servers can be measured at. A goal in CPU is Bolide's share of what Apache's server
/// took in the same rounds.
public final class SystemWorkloads {
    private static final Set<ServerKind> ALL = EnumSet.allOf(ServerKind.class);
    private static final Set<ServerKind> CONSUMABLE = EnumSet.of(BOLIDE, APACHE, KAFKA);
    private static final Set<ServerKind> ROCKETMQ = EnumSet.of(BOLIDE, APACHE);
    private static final int THREADS = 16;
    private static final int BATCH = 32;
    private static final int BATCH_THREADS = 4;
    private static final int TAGS = 10;
    private static final int TOPICS = 1_000;
    private static final int QUEUES_OF_TOPIC = 4;
    private static final int QUEUES_OF_LARGE_TOPIC = 1_000;
    private static final long COLD_SHARE = 4; // of the messages that are consumed elsewhere
    private static final int OTHER_TOPICS = 3; // than those read once, see CatchUpLoad
    private static final long MIB = 1L << 20;
    private static final long STORED_BYTES = 1230; // about what a message of 1 KiB takes

    private SystemWorkloads() {}

    /// How much is done.
    ///
    /// @param messages that are consumed
    /// @param logMib of the log that is recovered, or is newer than what is cold
    /// @param queues of the server with many
    /// @param rounds how often old messages are read that nobody has read
    public record Size(long messages, long logMib, int queues, int rounds) {
        long logMessages() {
            return logMib * MIB / STORED_BYTES;
        }
    }

    public static List<SystemWorkload> all(Size size) {
        return List.of(
                sendOne(),
                sendThreads(),
                sendAsync(),
                sendBatch(),
                consume(size),
                consumeOrdered(size),
                consumeTags(size),
                endToEnd(),
                sendFlush(),
                start(),
                topics(),
                queues(size),
                coldCatchUp(size),
                recovery(size));
    }

    private static LoadPlan threads() {
        return LoadPlan.of(LoadKind.SYNC).with(LoadSetting.THREADS, THREADS);
    }

    private static LoadPlan consuming(Size size) {
        return LoadPlan.of(LoadKind.CONSUME).with(LoadSetting.MESSAGES, size.messages());
    }

    private static SystemWorkload steady(
            String name,
            String about,
            LoadPlan plan,
            Set<ServerKind> servers,
            SystemGoal... goals) {
        return new SystemWorkload(name, about, Shape.STEADY, plan, false, servers, List.of(goals));
    }

    private static SystemWorkload sendOne() {
        return steady(
                "send-1",
                "1 thread sends 1 KiB and waits for the answer",
                LoadPlan.of(LoadKind.SYNC),
                ALL,
                SystemGoal.atMost(Figure.SERVER_CPU, 25 / 147.0, APACHE),
                SystemGoal.atLeast(Figure.RATE, 2, APACHE));
    }

    private static SystemWorkload sendThreads() {
        return steady(
                "send-16",
                "16 threads send 1 KiB, each waits for its answer",
                threads(),
                ALL,
                SystemGoal.atMost(Figure.SERVER_CPU, 9 / 45.0, APACHE),
                SystemGoal.atLeast(Figure.RATE, 2.3, APACHE),
                SystemGoal.atMost(Figure.P99, 1 / 3.0, APACHE));
    }

    private static SystemWorkload sendAsync() {
        return steady(
                "send-async",
                "1 thread sends 1 KiB with 512 answers outstanding",
                LoadPlan.of(LoadKind.ASYNC),
                ALL,
                SystemGoal.atMost(Figure.SERVER_CPU, 7 / 29.0, APACHE),
                SystemGoal.atLeast(Figure.RATE, 3, APACHE));
    }

    private static SystemWorkload sendBatch() {
        return steady(
                "send-batch",
                "4 threads send batches of 32 messages of 1 KiB, each waits for its answer",
                LoadPlan.of(LoadKind.SYNC)
                        .with(LoadSetting.THREADS, BATCH_THREADS)
                        .with(LoadSetting.BATCH, BATCH),
                ALL,
                SystemGoal.atMost(Figure.SERVER_CPU, 1.5 / 6.0, APACHE),
                SystemGoal.atLeast(Figure.RATE, 2, APACHE));
    }

    private static SystemWorkload consume(Size size) {
        return steady(
                "consume",
                "a push consumer receives " + size.messages() + " stored messages of 1 KiB",
                consuming(size),
                CONSUMABLE,
                SystemGoal.atMost(Figure.SERVER_CPU, 0.6 / 2.7, APACHE),
                SystemGoal.atLeast(Figure.RATE, 1.6, APACHE),
                SystemGoal.atMost(Figure.FIRST, 100));
    }

    private static SystemWorkload consumeOrdered(Size size) {
        return steady(
                "consume-ordered",
                "an orderly push consumer receives " + size.messages() + " messages of 1 KiB",
                consuming(size).with(LoadSetting.ORDERED, 1),
                CONSUMABLE,
                SystemGoal.atMost(Figure.SERVER_CPU, 0.8 / 3.2, APACHE));
    }

    private static SystemWorkload consumeTags(Size size) {
        return steady(
                "consume-tags",
                "a push consumer receives the tenth of " + size.messages() + " with its tag",
                consuming(size).with(LoadSetting.TAGS, TAGS),
                ROCKETMQ,
                SystemGoal.atMost(Figure.SERVER_CPU, 1.0 / 4.4, APACHE));
    }

    private static SystemWorkload endToEnd() {
        return steady(
                "end-to-end",
                "5,000 messages of 1 KiB a second to a push consumer",
                LoadPlan.of(LoadKind.END_TO_END),
                CONSUMABLE,
                SystemGoal.atMost(Figure.SERVER_CPU, 38 / 155.0, APACHE),
                SystemGoal.atMost(Figure.P50, 0.4),
                SystemGoal.atMost(Figure.P99, 1, KAFKA));
    }

    private static SystemWorkload sendFlush() {
        return new SystemWorkload(
                "send-16-flush",
                "16 threads send 1 KiB, each waits until it is on the disk",
                Shape.STEADY,
                threads(),
                true,
                ALL,
                List.of(
                        SystemGoal.atMost(Figure.SERVER_CPU, 15 / 96.0, APACHE),
                        SystemGoal.atLeast(Figure.RATE, 2.5, APACHE),
                        SystemGoal.atMost(Figure.P99, 0.5, APACHE)));
    }

    private static SystemWorkload start() {
        return new SystemWorkload(
                "start",
                "a new server starts, takes a message, and idles",
                Shape.START,
                LoadPlan.of(LoadKind.FIRST),
                false,
                ALL,
                List.of(
                        SystemGoal.atMost(Figure.START, 0.8),
                        SystemGoal.atMost(Figure.IDLE_MEMORY, 150),
                        SystemGoal.atMost(Figure.IDLE_CPU, 0.5)));
    }

    private static SystemWorkload topics() {
        return steady(
                "topics-1000",
                "1 thread sends to 1,000 topics of 4 queues with 512 answers outstanding",
                LoadPlan.of(LoadKind.ASYNC)
                        .with(LoadSetting.TOPICS, TOPICS)
                        .with(LoadSetting.QUEUES, QUEUES_OF_TOPIC),
                CONSUMABLE);
    }

    /// Apache maps a file for each queue, Kafka two; Linux allows 65,530 mappings by default.
    private static SystemWorkload queues(Size size) {
        int topics = Math.max(1, size.queues() / QUEUES_OF_LARGE_TOPIC);
        return steady(
                "queues-100000",
                "1 thread sends to "
                        + topics
                        + " topics of 1,000 queues with 512 answers outstanding",
                LoadPlan.of(LoadKind.ASYNC)
                        .with(LoadSetting.TOPICS, topics)
                        .with(LoadSetting.QUEUES, QUEUES_OF_LARGE_TOPIC),
                EnumSet.of(BOLIDE));
    }

    /// A start of Apache's broker reads its newest three files, so that what is cold has to be
    /// older.
    private static SystemWorkload coldCatchUp(Size size) {
        long messages = Math.max(1, size.messages() / COLD_SHARE);
        return new SystemWorkload(
                "cold-catch-up",
                "a push consumer receives "
                        + messages
                        + " messages of 1 KiB from the disk while 5,000 a second are sent",
                Shape.COLD,
                LoadPlan.of(LoadKind.CATCH_UP)
                        .with(LoadSetting.MESSAGES, messages)
                        .with(LoadSetting.NEWER, size.logMessages())
                        .with(LoadSetting.TOPICS, size.rounds() + OTHER_TOPICS),
                false,
                CONSUMABLE,
                List.of());
    }

    private static SystemWorkload recovery(Size size) {
        return new SystemWorkload(
                "recovery",
                "a server that was killed with " + size.logMib() + " MiB starts, takes a message",
                Shape.RECOVERY,
                LoadPlan.of(LoadKind.CONSUME).with(LoadSetting.MESSAGES, size.logMessages()),
                false,
                CONSUMABLE,
                List.of());
    }
}
