package bolide.benchmarks.costs;

import bolide.benchmarks.load.LoadKind;
import bolide.benchmarks.load.LoadPlan;
import bolide.benchmarks.load.LoadSetting;
import java.util.List;
import java.util.Locale;

/// What a server may have much of, and how much of it is tried.
enum Dimension {
    TOPICS("topics of 4 queues", 1, 100, 1_000, 10_000),
    QUEUES("queues of topics of 1,000", 1_000, 10_000, 100_000),
    GROUPS("groups with offsets in 8 queues", 0, 100, 1_000, 10_000),
    CONNECTIONS("connections of consumers", 0, 100, 1_000, 5_000),
    STORED("MiB stored", 0, 1_024, 5_120);

    private static final int QUEUES_OF_TOPIC = 4;
    private static final int QUEUES_OF_LARGE_TOPIC = 1_000;
    private static final long MIB = 1L << 20;
    private static final long STORED_BYTES = 1230; // about what a message of 1 KiB takes

    private final String about;
    private final List<Integer> sizes;

    Dimension(String about, Integer... sizes) {
        this.about = about;
        this.sizes = List.of(sizes);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String about() {
        return about;
    }

    List<Integer> sizes() {
        return sizes;
    }

    /// @return the load by which a server with so much of it is measured
    LoadPlan plan(int size) {
        LoadPlan plan = LoadPlan.of(LoadKind.ASYNC);
        return switch (this) {
            case TOPICS ->
                    plan.with(LoadSetting.TOPICS, size).with(LoadSetting.QUEUES, QUEUES_OF_TOPIC);
            case QUEUES ->
                    plan.with(LoadSetting.TOPICS, Math.ceilDiv(size, QUEUES_OF_LARGE_TOPIC))
                            .with(LoadSetting.QUEUES, QUEUES_OF_LARGE_TOPIC);
            case GROUPS, CONNECTIONS, STORED -> plan;
        };
    }

    /// @return what stores so much
    static LoadPlan storing(int mib) {
        return LoadPlan.of(LoadKind.CONSUME)
                .with(LoadSetting.MESSAGES, Math.max(1, mib * MIB / STORED_BYTES));
    }
}
