package bolide.app.server;

import bolide.app.config.HostPort;
import bolide.app.config.ServerConfig;
import bolide.protocol.frame.FrameLimits;
import bolide.store.retention.RetentionConfig;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What people are shown who ask a broker for its settings: what the server is set to, by the names
/// that Apache's broker gives it.
final class ShownSettings {
    private ShownSettings() {}

    static SortedMap<String, String> of(ServerConfig config, HostPort advertised) {
        SortedMap<String, String> shown = new TreeMap<>();
        shown.put("bindAddress", config.bind());
        shown.put("listenPort", Integer.toString(advertised.port()));
        shown.put(
                "namesrvAddr",
                config.roles().contains(ServerConfig.Role.NAMESERVER)
                                && config.nameserver().isEmpty()
                        ? advertised.toString()
                        : config.nameserver().stream()
                                .map(HostPort::toString)
                                .collect(Collectors.joining(";")));
        shown.put("storePathRootDir", config.data().toString());
        shown.put("brokerRole", "ASYNC_MASTER");
        shown.put("autoCreateSubscriptionGroup", Boolean.toString(config.autoCreateGroups()));
        shown.put("enablePropertyFilter", "false");
        shown.put("enabledAppendPropCRC", "true");
        shown.put("longPollingEnable", "true");
        shown.put("maxMessageSize", Integer.toString(FrameLimits.SERVER.bodyBytes()));
        shown.put("flushDiskType", config.flush().name().toUpperCase(Locale.ROOT) + "_FLUSH");
        shown.put("flushIntervalCommitLog", Integer.toString(config.flushIntervalMillis()));
        shown.put("mappedFileSizeCommitLog", Long.toString(config.segmentBytes()));
        addRetention(config.retention(), shown);
        return shown;
    }

    private static void addRetention(RetentionConfig retention, SortedMap<String, String> shown) {
        shown.put("fileReservedTime", Long.toString(retention.age().toHours()));
        shown.put(
                "deleteWhen",
                retention.hour().isPresent() ? "%02d".formatted(retention.hour().getAsInt()) : "");
        shown.put("diskMaxUsedSpaceRatio", Integer.toString(retention.cleanPercent()));
    }
}
