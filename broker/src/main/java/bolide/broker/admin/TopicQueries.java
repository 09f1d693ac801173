package bolide.broker.admin;

import bolide.broker.refusal.Outcome;
import bolide.broker.topic.TopicLookup;
import bolide.broker.topic.Topics;
import bolide.protocol.offset.TopicStats;
import bolide.protocol.route.DataVersion;
import bolide.protocol.route.MessageQueue;
import bolide.protocol.route.TablePage;
import bolide.protocol.route.TopicTable;
import bolide.protocol.topic.TopicConfig;
import bolide.remoting.Caller;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.ConsumeQueues;
import bolide.store.consumequeue.Entry;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Shows tools the topics of this broker.
public final class TopicQueries {
    /// A part of the topics.
    ///
    /// @param total how many there are
    public record Part(TopicTable table, int total) {}

    private final String brokerName;
    private final Topics topics;
    private final ConsumeQueues queues;

    public TopicQueries(String brokerName, Topics topics, ConsumeQueues queues) {
        this.brokerName = brokerName;
        this.topics = topics;
        this.queues = queues;
    }

    public Part table(TablePage page, Caller caller) {
        DataVersion version = topics.version(); // first: a version must never promise too much
        List<TopicConfig> all = topics.all();
        return new Part(new TopicTable(version, page.of(all)), all.size());
    }

    public Outcome<TopicConfig> config(String topic, Caller caller) {
        return switch (topics.existing(topic)) {
            case TopicLookup.Usable usable -> Outcome.of(usable.topic());
            case TopicLookup.Refused refused -> new Outcome.Refused<>(refused.refusal());
        };
    }

    public List<String> ofSystem() {
        return topics.ofSystem();
    }

    /// How far each queue reaches, those included that are not to be read or written at present.
    public Outcome<TopicStats> stats(String topic, Caller caller) {
        return switch (config(topic, caller)) {
            case Outcome.Refused<TopicConfig> refused -> new Outcome.Refused<>(refused.refusal());
            case Outcome.Done<TopicConfig> found -> Outcome.of(stats(found.value()));
        };
    }

    private TopicStats stats(TopicConfig topic) {
        SortedMap<MessageQueue, TopicStats.Reach> reaches = new TreeMap<>();
        for (int queueId = 0; queueId < topic.queues(); queueId++) {
            TopicStats.Reach reach =
                    queues.find(topic.name(), queueId)
                            .map(queue -> queues.mending(() -> reach(queue)))
                            .orElse(TopicStats.Reach.NONE);
            reaches.put(new MessageQueue(topic.name(), brokerName, queueId), reach);
        }
        return new TopicStats(reaches);
    }

    private static TopicStats.Reach reach(ConsumeQueue queue) {
        long min = queue.minOffset();
        long max = queue.maxOffset();
        Entry last = new Entry();
        boolean isThere = max > min && queue.read(max - 1, last) && !last.isMissing();
        return new TopicStats.Reach(min, max, isThere ? last.storeTimestamp() : 0);
    }
}
