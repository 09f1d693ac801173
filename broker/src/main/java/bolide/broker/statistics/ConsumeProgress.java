package bolide.broker.statistics;

import bolide.broker.group.GroupTopics;
import bolide.broker.group.Groups;
import bolide.broker.offset.Offsets;
import bolide.broker.topic.Topics;
import bolide.protocol.group.GroupConfig;
import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.route.MessageQueue;
import bolide.protocol.statistics.BrokerConsumeStats;
import bolide.protocol.statistics.ConsumeStats;
import bolide.protocol.statistics.ConsumeStatsQuestion;
import bolide.protocol.statistics.ConsumeTimeSpan;
import bolide.protocol.statistics.QueueProgress;
import bolide.protocol.topic.Names;
import bolide.protocol.topic.TopicConfig;
import bolide.remoting.Caller;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.ConsumeQueues;
import bolide.store.consumequeue.Entry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Tells how far groups have come. For threads that may wait: old queues are read from the disk.
public final class ConsumeProgress {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long NO_TIME = -1;

    private final BrokerIdentity identity;
    private final Topics topics;
    private final Groups groups;
    private final GroupTopics groupTopics;
    private final Offsets offsets;
    private final ConsumeQueues queues;
    private final Traffic traffic;
    private final InstantSource clock;

    /// @param clock the time that messages are stored with
    public ConsumeProgress(
            BrokerIdentity identity,
            Topics topics,
            Groups groups,
            GroupTopics groupTopics,
            Offsets offsets,
            ConsumeQueues queues,
            Traffic traffic,
            InstantSource clock) {
        this.identity = identity;
        this.topics = topics;
        this.groups = groups;
        this.groupTopics = groupTopics;
        this.offsets = offsets;
        this.queues = queues;
        this.traffic = traffic;
        this.clock = clock;
    }

    /// How far the group has come in the topics it is asked about, or in all it has to do with.
    public ConsumeStats of(ConsumeStatsQuestion question, Caller caller) {
        SortedSet<String> asked = new TreeSet<>(question.topics());
        if (asked.isEmpty()) {
            asked = topicsOf(question.group());
        }
        return stats(question.group(), asked);
    }

    private SortedSet<String> topicsOf(String group) {
        SortedSet<String> all = new TreeSet<>(groupTopics.topicsOf(group));
        all.addAll(offsets.topicsOf(group));
        return all;
    }

    /// How far every group has come, each topic by itself.
    ///
    /// @param isOrder whether only topics count whose order is kept
    public BrokerConsumeStats ofAll(boolean isOrder, Caller caller) {
        SortedMap<String, List<ConsumeStats>> all = new TreeMap<>();
        for (GroupConfig config : groups.all()) {
            String group = config.name();
            List<ConsumeStats> ofGroup = new ArrayList<>();
            for (String topic : topicsOf(group)) {
                if (!isOrder || topics.find(topic).filter(TopicConfig::order).isPresent()) {
                    ConsumeStats stats = stats(group, new TreeSet<>(List.of(topic)));
                    if (!stats.queues().isEmpty()) {
                        ofGroup.add(stats);
                    }
                }
            }
            if (!ofGroup.isEmpty()) {
                all.put(group, ofGroup);
            }
        }
        return new BrokerConsumeStats(identity.address(), all);
    }

    private ConsumeStats stats(String group, SortedSet<String> ofTopics) {
        List<QueueProgress> progress = new ArrayList<>();
        double perSecond = 0;
        for (String topic : ofTopics) {
            Optional<TopicConfig> config = topics.find(topic).filter(t -> !Names.isOwn(t.name()));
            for (int id = 0; config.isPresent() && id < config.get().readQueues(); id++) {
                progress.add(progress(group, queue(topic, id)));
            }
            perSecond +=
                    traffic.ofGroup(topic, group)
                            .map(meter -> meter.perSecond(MINUTE, traffic.nowMillis()))
                            .orElse(0.0);
        }
        return new ConsumeStats(progress, perSecond);
    }

    private MessageQueue queue(String topic, int queueId) {
        return new MessageQueue(topic, identity.brokerName(), queueId);
    }

    private QueueProgress progress(String group, MessageQueue at) {
        long consumed = offsets.find(group, at.topic(), at.queueId()).orElse(0);
        Optional<ConsumeQueue> queue = queues.find(at.topic(), at.queueId());
        long end = queue.map(ConsumeQueue::maxOffset).orElse(0L);
        long last = queue.map(known -> storeTime(known, consumed - 1)).orElse(NO_TIME);
        return new QueueProgress(at, end, consumed, consumed, Math.max(0, last));
    }

    private long storeTime(ConsumeQueue queue, long offset) {
        Entry entry = new Entry();
        return offset >= 0 && queues.mending(() -> queue.read(offset, entry)) && !entry.isMissing()
                ? entry.storeTimestamp()
                : NO_TIME;
    }

    /// Of when the messages of each queue are, and where in that time the group is.
    public List<ConsumeTimeSpan> spans(String topic, String group) {
        List<ConsumeTimeSpan> spans = new ArrayList<>();
        int count = topics.find(topic).map(TopicConfig::readQueues).orElse(0);
        for (int id = 0; id < count; id++) {
            MessageQueue at = queue(topic, id);
            spans.add(
                    queues.find(topic, id)
                            .map(known -> span(group, at, known))
                            .orElse(new ConsumeTimeSpan(at, NO_TIME, NO_TIME, NO_TIME, 0)));
        }
        return spans;
    }

    private ConsumeTimeSpan span(String group, MessageQueue at, ConsumeQueue queue) {
        long consumed = offsets.find(group, at.topic(), at.queueId()).orElse(0);
        long first = storeTime(queue, queues.mending(queue::minOffset));
        long last = storeTime(queue, queue.maxOffset() - 1);
        long consumedTime = consumed > 0 ? storeTime(queue, consumed - 1) : first;
        long waiting = consumed < queue.maxOffset() ? storeTime(queue, consumed) : NO_TIME;
        long delay = waiting == NO_TIME ? 0 : Math.max(0, clock.millis() - waiting);
        return new ConsumeTimeSpan(at, first, last, consumedTime, delay);
    }
}
