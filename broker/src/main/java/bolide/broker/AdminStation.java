package bolide.broker;

import bolide.broker.arrival.Arrivals;
import bolide.broker.client.ConsumerCalls;
import bolide.broker.config.Settings;
import bolide.broker.group.GroupTopics;
import bolide.broker.group.Groups;
import bolide.broker.group.Members;
import bolide.broker.offset.CloneGroupOffsets;
import bolide.broker.offset.Offsets;
import bolide.broker.offset.ResetOffsets;
import bolide.broker.query.DumpQueue;
import bolide.broker.query.QueryMessages;
import bolide.broker.query.ViewMessage;
import bolide.broker.statistics.ConsumeProgress;
import bolide.broker.statistics.Mornings;
import bolide.broker.statistics.RuntimeFigures;
import bolide.broker.statistics.Traffic;
import bolide.broker.statistics.ViewStatistics;
import bolide.broker.tcp.ConfigRequests;
import bolide.broker.tcp.ConsumerRequests;
import bolide.broker.tcp.OffsetRequests;
import bolide.broker.tcp.QueryRequests;
import bolide.broker.tcp.RefusedRequests;
import bolide.broker.tcp.StatisticsRequests;
import bolide.broker.topic.Topics;
import bolide.remoting.PeerCalls;
import bolide.remoting.RequestTable;
import bolide.store.Store;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Puts together what people ask a broker for beside messages, area by area.
final class AdminStation {
    private final StatisticsRequests statistics;
    private final OffsetRequests offsetChanges;
    private final QueryRequests queries;
    private final ConsumerRequests consumers;
    private final ConfigRequests settings;

    AdminStation(
            BrokerConfig config,
            Store store,
            Topics topics,
            Groups groups,
            GroupTopics groupTopics,
            Members members,
            Offsets offsets,
            Arrivals arrivals,
            Traffic traffic,
            Mornings mornings,
            InstantSource clock,
            PeerCalls calls) {
        ViewMessage view = new ViewMessage(store.log());
        this.statistics =
                new StatisticsRequests(
                        new RuntimeFigures(store, traffic, mornings, clock),
                        new ViewStatistics(traffic, config.identity().cluster()),
                        new ConsumeProgress(
                                config.identity(),
                                topics,
                                groups,
                                groupTopics,
                                offsets,
                                store.queues(),
                                traffic,
                                clock),
                        topics);
        this.offsetChanges =
                new OffsetRequests(
                        new ResetOffsets(
                                offsets,
                                groups,
                                topics,
                                store.queues(),
                                arrivals,
                                config.identity().brokerName()),
                        new CloneGroupOffsets(offsets, groups));
        this.queries =
                new QueryRequests(
                        new QueryMessages(topics, store.keys(), view),
                        new DumpQueue(topics, members, store.queues()));
        this.consumers = new ConsumerRequests(new ConsumerCalls(members, view, calls), calls);
        this.settings = new ConfigRequests(new Settings(shown(config), topics, clock), store);
    }

    private static Map<String, String> shown(BrokerConfig config) {
        Map<String, String> shown = new HashMap<>(config.settings());
        shown.put("brokerName", config.identity().brokerName());
        shown.put("brokerClusterName", config.identity().cluster());
        shown.put("brokerId", Long.toString(config.identity().brokerId()));
        shown.put("brokerIP1", config.storeHost().getAddress().getHostAddress());
        return shown;
    }

    void addTo(RequestTable table) {
        statistics.addTo(table);
        offsetChanges.addTo(table);
        queries.addTo(table);
        consumers.addTo(table);
        settings.addTo(table);
        RefusedRequests.addTo(table);
    }
}
