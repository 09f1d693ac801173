package bolide.broker.query;

import bolide.broker.group.Members;
import bolide.broker.pull.TagFilter;
import bolide.broker.refusal.Outcome;
import bolide.broker.refusal.Refusal;
import bolide.broker.topic.TopicLookup;
import bolide.broker.topic.Topics;
import bolide.protocol.group.Subscription;
import bolide.protocol.query.QueueDump;
import bolide.protocol.query.QueueDumpQuestion;
import bolide.protocol.text.Excerpt;
import bolide.remoting.BlockingHandler;
import bolide.remoting.Caller;
import bolide.store.consumequeue.ConsumeQueue;
import bolide.store.consumequeue.ConsumeQueues;
import bolide.store.consumequeue.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Shows what a consume queue says of its messages, and which of them a group wants.
public final class DumpQueue implements BlockingHandler<QueueDumpQuestion, Outcome<QueueDump>> {
    private static final int MOST_ROWS = 1000;
    private static final long NOWHERE = -1;

    private final Topics topics;
    private final Members members;
    private final ConsumeQueues queues;

    public DumpQueue(Topics topics, Members members, ConsumeQueues queues) {
        this.topics = topics;
        this.members = members;
        this.queues = queues;
    }

    @Override
    public Outcome<QueueDump> handle(QueueDumpQuestion question, Caller caller) {
        if (topics.existing(question.topic(), question.queueId())
                instanceof TopicLookup.Refused refused) {
            return new Outcome.Refused<>(refused.refusal());
        }
        Optional<Subscription> subscription =
                Optional.ofNullable(members.subscriptions(question.group()).get(question.topic()));
        if (subscription.isEmpty() && !question.group().isEmpty()) {
            return Outcome.refused(
                    Refusal.Reason.NOT_FOUND,
                    "no member of consumer group "
                            + Excerpt.of(question.group())
                            + " that is online has subscribed to topic "
                            + question.topic()
                            + "; leave the group out to see all messages alike");
        }
        Optional<ConsumeQueue> queue = queues.find(question.topic(), question.queueId());
        return Outcome.of(
                queue.isEmpty()
                        ? new QueueDump(subscription, 0, 0, List.of())
                        : queues.mending(() -> dump(question, subscription, queue.get())));
    }

    private static QueueDump dump(
            QueueDumpQuestion question, Optional<Subscription> subscription, ConsumeQueue queue) {
        TagFilter filter =
                TagFilter.of(
                        subscription
                                .filter(Subscription::isByTag)
                                .orElse(Subscription.ofTags(question.topic(), "*", 0)));
        long min = queue.minOffset();
        long max = queue.maxOffset();
        long from = Math.max(min, question.offset());
        long to = Math.min(max, from + Math.clamp(question.count(), 1, MOST_ROWS));
        List<QueueDump.Row> rows = new ArrayList<>();
        Entry entry = new Entry();
        for (long offset = from; offset < to && queue.read(offset, entry); offset++) {
            rows.add(
                    entry.isMissing()
                            ? new QueueDump.Row(NOWHERE, 0, 0, false, "lost to damage of the log")
                            : new QueueDump.Row(
                                    entry.position(),
                                    entry.size(),
                                    entry.tagHash(),
                                    filter.matches(entry.tagHash()),
                                    ""));
        }
        return new QueueDump(subscription, min, max, rows);
    }
}
