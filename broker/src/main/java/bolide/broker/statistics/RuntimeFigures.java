package bolide.broker.statistics;

import bolide.protocol.config.KvTable;
import bolide.protocol.frame.Version;
import bolide.protocol.message.RecordView;
import bolide.store.Store;
import bolide.store.commitlog.CommitLog;
import bolide.store.commitlog.Segment;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// How the broker is doing, by the names that tools know. What this broker does not have, such as
/// queues in front of pools of threads, is empty: 0. What it has and does not measure says so, or
/// is 0 where tools expect a number; docs/compatibility.md names both.
public final class RuntimeFigures {
    private static final String[] ABSENT = {
        "EndTransactionQueueSize",
        "EndTransactionThreadPoolQueueCapacity",
        "ackThreadPoolQueueCapacity",
        "ackThreadPoolQueueHeadWaitTimeMills",
        "ackThreadPoolQueueSize",
        "litePullThreadPoolQueueCapacity",
        "litePullThreadPoolQueueHeadWaitTimeMills",
        "litePullThreadPoolQueueSize",
        "pageCacheLockTimeMills",
        "pullThreadPoolQueueCapacity",
        "pullThreadPoolQueueHeadWaitTimeMills",
        "pullThreadPoolQueueSize",
        "queryThreadPoolQueueCapacity",
        "queryThreadPoolQueueHeadWaitTimeMills",
        "queryThreadPoolQueueSize",
        "remainTransientStoreBufferNumbs",
        "sendThreadPoolQueueCapacity",
        "sendThreadPoolQueueHeadWaitTimeMills",
        "sendThreadPoolQueueSize",
        "startAcceptSendRequestTimeStamp",
        "timerCongestNum",
        "timerDequeueTps",
        "timerEnqueueTps",
        "timerOffsetBehind",
        "timerReadBehind"
    };
    private static final String[] UNMEASURED = {
        "getMessageEntireTimeMax", "putLatency99", "putLatency999", "putMessageEntireTimeMax"
    };
    private static final Duration[] RATES = {
        Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(10)
    };

    private final Store store;
    private final Traffic traffic;
    private final Mornings mornings;
    private final InstantSource clock;
    private final Instant boot;

    public RuntimeFigures(Store store, Traffic traffic, Mornings mornings, InstantSource clock) {
        this.store = store;
        this.traffic = traffic;
        this.mornings = mornings;
        this.clock = clock;
        this.boot = clock.instant();
    }

    /// @return the figures of this moment
    public KvTable table() {
        mornings.look();
        SortedMap<String, String> values = new TreeMap<>();
        for (String name : ABSENT) {
            values.put(name, "0");
        }
        for (String name : UNMEASURED) {
            values.put(name, "0");
        }
        values.put("putMessageDistributeTime", "not measured");
        addBroker(values);
        addTraffic(values);
        addLog(values);
        addDisk(values);
        return new KvTable(values);
    }

    private void addBroker(SortedMap<String, String> values) {
        values.put("brokerActive", "true");
        values.put("brokerVersion", Integer.toString(Version.OURS));
        values.put("brokerVersionDesc", Version.OURS_NAME);
        values.put("bootTimestamp", Long.toString(boot.toEpochMilli()));
        Duration up = Duration.between(boot, clock.instant());
        values.put(
                "runtime",
                "[ %d days, %d hours, %d minutes, %d seconds ]"
                        .formatted(
                                up.toDays(),
                                up.toHoursPart(),
                                up.toMinutesPart(),
                                up.toSecondsPart()));
    }

    private void addTraffic(SortedMap<String, String> values) {
        Meter taken = traffic.allTaken();
        values.put("putTps", rates(over -> perSecond(taken, over)));
        values.put(
                "getTotalTps",
                rates(over ->
                        perSecond(traffic.pullsFound(), over)
                                + perSecond(traffic.pullsMissed(), over)));
        values.put("getFoundTps", rates(over -> perSecond(traffic.pullsFound(), over)));
        values.put("getMissTps", rates(over -> perSecond(traffic.pullsMissed(), over)));
        String handedOut = rates(over -> perSecond(traffic.allHandedOut(), over));
        values.put("getTransferredTps", handedOut);
        values.put("getTransferedTps", handedOut); // as older tools spell it
        values.put("putMessageTimesTotal", Long.toString(taken.messages()));
        values.put("putMessageSizeTotal", Long.toString(taken.bytes()));
        values.put(
                "putMessageAverageSize",
                Double.toString(
                        taken.messages() == 0 ? 0 : (double) taken.bytes() / taken.messages()));
        values.put("putMessageFailedTimes", Long.toString(traffic.allRefused().messages()));
        put(values, "YesterdayMorning", mornings.yesterday());
        put(values, "TodayMorning", mornings.today());
        put(values, "TodayNow", mornings.now());
    }

    private double perSecond(Meter meter, Duration over) {
        return meter.perSecond(over, traffic.nowMillis());
    }

    private static String rates(ToDoubleFunction<Duration> rate) {
        StringBuilder text = new StringBuilder();
        for (Duration over : RATES) {
            text.append(text.isEmpty() ? "" : " ").append(rate.applyAsDouble(over));
        }
        return text.toString();
    }

    private static void put(SortedMap<String, String> values, String when, Mornings.Totals totals) {
        values.put("msgPutTotal" + when, Long.toString(totals.taken()));
        values.put("msgGetTotal" + when, Long.toString(totals.handedOut()));
    }

    private void addLog(SortedMap<String, String> values) {
        CommitLog log = store.log();
        values.put("commitLogMinOffset", Long.toString(log.segments().start()));
        values.put("commitLogMaxOffset", Long.toString(log.appended().get()));
        values.put("earliestMessageTimeStamp", Long.toString(earliest(log)));
        values.put(
                "dispatchBehindBytes",
                Long.toString(Math.max(0, log.readable().get() - store.dispatched())));
        values.put(
                "remainHowManyDataToFlush",
                bytes(Math.max(0, log.appended().get() - log.flushed().get())));
        values.put("remainHowManyDataToCommit", bytes(0));
    }

    /// @return when the log's first record was stored; -1 when there is none, or a damaged one
    private static long earliest(CommitLog log) {
        Segment first = log.segments().find(log.segments().start());
        if (first == null || !first.retain()) {
            return -1;
        }
        try {
            int limit = (int) Math.min(log.readable().get() - first.start(), first.bytes().limit());
            RecordView view = new RecordView();
            return view.look(first.bytes(), 0, limit) == RecordView.Found.RECORD
                    ? view.storeTimestamp()
                    : -1;
        } finally {
            first.release();
        }
    }

    private void addDisk(SortedMap<String, String> values) {
        long total = store.diskBytes();
        long free = Math.min(total, store.usableBytes());
        boolean isKnown = total > 0 && total < Long.MAX_VALUE;
        String ratio = Double.toString(isKnown ? (double) (total - free) / total : 0);
        values.put("commitLogDiskRatio", ratio);
        values.put("consumeQueueDiskRatio", ratio);
        values.put(
                "commitLogDirCapacity",
                isKnown
                        ? "Total : " + bytes(total) + ", Free : " + bytes(free) + "."
                        : "Total : not known, Free : not known.");
    }

    /// @return for people, with a unit of 1024 to the n
    private static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        int power = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        return String.format(
                Locale.ROOT,
                "%.1f %siB",
                bytes / (double) (1L << 10 * power),
                "KMGTPE".charAt(power - 1));
    }
}
