package bolide.app.config;

import bolide.app.config.ApacheKey.Demanding;
import bolide.app.config.ApacheKey.Ignored;
import bolide.app.config.ApacheKey.Mapped;
import bolide.app.config.ApacheKey.Unusable;
import bolide.store.retention.RetentionConfig;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The settings of Apache's `broker.conf` and of its name server's properties that mean something
/// here, or of which it can be said why they do not.
final class ApacheKeys {
    /// Where Apache's broker listens when nobody says.
    static final String BROKER_PORT = "10911";

    static final String NAME_SERVERS = "namesrvAddr";

    private static final Set<String> OF_BOTH = Set.of("listenPort", "bindAddress", "rocketmqHome");
    private static final Set<String> OF_NAME_SERVER =
            Set.of(
                    "kvConfigPath",
                    "configStorePath",
                    "orderMessageEnable",
                    "returnOrderTopicConfigToBroker",
                    "enableAllTopicList",
                    "enableTopicList",
                    "notifyMinBrokerIdChanged",
                    "supportActingMaster",
                    "scanNotActiveBrokerInterval",
                    "deleteTopicWithBrokerRegistration",
                    "enableControllerInNamesrv",
                    "productEnvName",
                    "clusterTest");

    private static final int FORCE_PERCENT = RetentionConfig.DEFAULT.forcePercent();
    private static final String NO_REPLICATION = "there is no replication yet";
    private static final String ONE_DIRECTORY = "everything lies in storePathRootDir";
    private static final String OTHER_THREADS = "Bolide has other threads and queues";
    private static final String OTHER_STORE = "Bolide's store works otherwise";
    private static final String NO_DELAYS = "delayed messages are not there yet";
    private static final String NO_TRANSACTIONS = "transactions are not there yet";
    private static final String OPEN =
            "there is no authentication yet; leave it out, and let only those reach the server who"
                    + " may do anything";
    private static final String ALONE = "replicas are not there yet; start this broker as a master";

    private static final Map<String, ApacheKey> KEYS = new HashMap<>();

    static {
        mapped("brokerName", new Mapped("name"));
        mapped("brokerClusterName", new Mapped("cluster"));
        mapped("listenPort", new Mapped("port"));
        mapped("bindAddress", new Mapped("bind"));
        mapped("brokerIP1", new Mapped("advertise-host"));
        mapped(NAME_SERVERS, new Mapped("nameserver"));
        mapped("storePathRootDir", new Mapped("data"));
        mapped("flushDiskType", new Mapped("flush", ApacheKeys::flush));
        mapped("flushIntervalCommitLog", new Mapped("flush-interval-millis"));
        mapped("fileReservedTime", new Mapped("retention-hours"));
        mapped(
                "deleteWhen",
                new Mapped("retention-hour-of-day", ApacheKeys::firstHour, ApacheKeys::otherHours));
        mapped(
                "diskMaxUsedSpaceRatio",
                new Mapped("disk-clean-percent", ApacheKeys::percent, ApacheKeys::lostPercent));
        mapped("autoCreateTopicEnable", new Mapped("auto-create-topics"));
        mapped("autoCreateSubscriptionGroup", new Mapped("auto-create-groups"));
        mapped("defaultTopicQueueNums", new Mapped("default-topic-queues"));
        mapped("mapedFileSizeCommitLog", new Mapped("segment-bytes")); // as 4.x wrote it
        mapped("mappedFileSizeCommitLog", new Mapped("segment-bytes"));
        mapped("brokerPermission", new Mapped("permission"));
        mapped("orderMessageEnable", new Mapped("order-in-routes"));
        mapped("returnOrderTopicConfigToBroker", new Mapped("order-to-brokers"));
        mapped("enableAllTopicList", new Mapped("all-topic-list"));
        mapped("enableTopicList", new Mapped("topic-list"));
        mapped("notifyMinBrokerIdChanged", new Mapped("min-broker-notice"));

        demanding("brokerId", Set.of("0"), ALONE + ", with the id 0");
        demanding("brokerRole", Set.of("async_master"), ALONE + ", with brokerRole ASYNC_MASTER");
        demanding("enableDLegerCommitLog", Set.of("false"), NO_REPLICATION);
        demanding("enableControllerMode", Set.of("false"), NO_REPLICATION);
        demanding("aclEnable", Set.of("false"), OPEN);
        demanding("authenticationEnabled", Set.of("false"), OPEN);
        demanding("authorizationEnabled", Set.of("false"), OPEN);

        ignored("brokerIP2 haListenPort haMasterAddress slaveReadEnable", NO_REPLICATION);
        ignored("inSyncReplicas minInSyncReplicas allAckInSyncStateSet", NO_REPLICATION);
        ignored("supportActingMaster enableSlaveActingMaster", NO_REPLICATION, "false");
        ignored("storePathCommitLog storePathConsumeQueue storePathIndex", ONE_DIRECTORY);
        ignored("storeCheckpoint abortFile storePathEpochFile", ONE_DIRECTORY);
        ignored("kvConfigPath", "it is kept in the data directory's nameserver/kvConfig.json");
        ignored("configStorePath brokerConfigPath", "a server does not change its configuration");
        ignored("rocketmqHome", "nothing is looked for there");
        ignored("maxMessageSize", "a message's body may have 4194304 bytes", "4194304");
        ignored("enablePropertyFilter", "SQL filters are not there yet", "false");
        ignored("messageDelayLevel timerWheelEnable timerMaxDelaySec", NO_DELAYS);
        ignored("transactionTimeOut transactionCheckMax", NO_TRANSACTIONS);
        ignored("transactionCheckInterval rejectTransactionMessage", NO_TRANSACTIONS);
        ignored("traceTopicEnable", "a topic for traces has to be created", "false");
        ignored("storeType", OTHER_STORE, "default");
        ignored("transientStorePoolEnable transientStorePoolSize", OTHER_STORE);
        ignored("mapedFileSizeConsumeQueue mappedFileSizeConsumeQueue", OTHER_STORE);
        ignored("warmMapedFileEnable flushCommitLogTimed flushCommitLogLeastPages", OTHER_STORE);
        ignored("useReentrantLockWhenPutMessage maxTransferCountOnMessageInMemory", OTHER_STORE);
        ignored("osPageCacheBusyTimeOutMills messageIndexEnable", OTHER_STORE);
        ignored("useEpollNativeSelector", OTHER_THREADS);
        ignored("deleteTopicWithBrokerRegistration", "brokers of ours say what is all they hold");
        ignored("scanNotActiveBrokerInterval", "it is done every 5 seconds", "5000");
        ignored("enableControllerInNamesrv", "there is no controller yet", "false");
        ignored(
                "fetchNamesrvAddrByAddressServer fetchNameSrvAddrByDnsLookup"
                        + " rmqAddressServerDomain",
                "name servers are named by namesrvAddr",
                "false");
        ignored("regionId", "messages bear the region DefaultRegion", "defaultregion");
    }

    private ApacheKeys() {}

    private static void mapped(String name, Mapped mapping) {
        KEYS.put(name, mapping);
    }

    private static void demanding(String name, Set<String> harmless, String rule) {
        KEYS.put(name, new Demanding(harmless, rule));
    }

    private static void ignored(String names, String reason, String... same) {
        for (String name : names.split(" ")) {
            KEYS.put(name, new Ignored(reason, Set.of(same)));
        }
    }

    static Optional<ApacheKey> find(String name) {
        return Optional.ofNullable(KEYS.get(name));
    }

    /// @return of all settings that are known here
    static Set<String> names() {
        return Set.copyOf(KEYS.keySet());
    }

    /// @return what becomes of a setting in a file that is Apache's: none of them is unknown
    static ApacheKey of(String name) {
        ApacheKey known = KEYS.get(name);
        if (known != null) {
            return known;
        }
        boolean isOfThreads =
                name.endsWith("ThreadPoolNums")
                        || name.endsWith("ThreadPoolQueueCapacity")
                        || name.endsWith("Threads")
                        || name.endsWith("WaitTimeMillsInQueue");
        return new Ignored(isOfThreads ? OTHER_THREADS : "Bolide has no such setting", Set.of());
    }

    /// @return whether only a name server has that setting
    static boolean isOfNameServer(String name) {
        return OF_NAME_SERVER.contains(name);
    }

    /// @return whether a name server has no such setting
    static boolean isOfBroker(String name) {
        return KEYS.containsKey(name) && !OF_NAME_SERVER.contains(name) && !OF_BOTH.contains(name);
    }

    private static String flush(String type) {
        return switch (type.toUpperCase(Locale.ROOT)) {
            case "SYNC_FLUSH" -> "sync";
            case "ASYNC_FLUSH" -> "async";
            default -> throw new Unusable("has to be SYNC_FLUSH or ASYNC_FLUSH");
        };
    }

    private static String firstHour(String hours) {
        String first = "";
        for (String hour : hours.split(";", -1)) {
            if (!hour.matches("[01]?[0-9]|2[0-3]")) {
                throw new Unusable("has to be an hour, 00 to 23");
            }
            first = first.isEmpty() ? Integer.toString(Integer.parseInt(hour)) : first;
        }
        return first;
    }

    private static String otherHours(String hours) {
        return hours.contains(";") ? "messages go for their age in the first hour only" : "";
    }

    private static String percent(String percent) {
        return isAboveForce(percent) ? Integer.toString(FORCE_PERCENT) : percent;
    }

    private static String lostPercent(String percent) {
        return isAboveForce(percent)
                ? "it counts as " + FORCE_PERCENT + ", above which messages go whatever their age"
                : "";
    }

    private static boolean isAboveForce(String percent) {
        return percent.matches("[0-9]{1,2}|100") && Integer.parseInt(percent) > FORCE_PERCENT;
    }
}
