package bolide.broker.pull;

import bolide.broker.arrival.Arrivals;
import bolide.broker.arrival.QueueKey;
import bolide.broker.group.GroupLookup;
import bolide.broker.group.GroupTopics;
import bolide.broker.group.Groups;
import bolide.broker.group.Members;
import bolide.broker.offset.Offsets;
import bolide.broker.refusal.Refusal;
import bolide.broker.statistics.Traffic;
import bolide.broker.topic.TopicLookup;
import bolide.broker.topic.Topics;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.group.GroupConfig;
import bolide.protocol.group.Subscription;
import bolide.protocol.pull.PullRequest;
import bolide.protocol.text.Excerpt;
import bolide.remoting.Answer;
import bolide.remoting.Connection;
import bolide.remoting.InlineHandler;
import bolide.remoting.Reply;
import bolide.remoting.Timers;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands out messages to consumers that ask for them. While a queue has nothing new, the request is
/// held; the queue's next message, or the end of the consumer's patience, answers it.
public final class PullHandler implements InlineHandler<PullRequest, PullResult> {
    /// Longest that a request is held, whatever it asks for.
    private static final long MOST_SUSPEND_MILLIS = 60_000;

    private static final Logger LOG = LoggerFactory.getLogger(PullHandler.class);

    private final Topics topics;
    private final Groups groups;
    private final GroupTopics groupTopics;
    private final Members members;
    private final Offsets offsets;
    private final QueueReader reader;
    private final Arrivals arrivals;
    private final Timers timers;
    private final Traffic traffic;
    private final Executor coldReads;
    private final ConcurrentHashMap<Connection, Set<Pull>> held =
            new ConcurrentHashMap<>(); // by whom they are for

    /// @param coldReads runs reads that may have to wait for the disk
    PullHandler(
            Topics topics,
            Groups groups,
            GroupTopics groupTopics,
            Members members,
            Offsets offsets,
            QueueReader reader,
            Arrivals arrivals,
            Timers timers,
            Traffic traffic,
            Executor coldReads) {
        this.topics = topics;
        this.groups = groups;
        this.groupTopics = groupTopics;
        this.members = members;
        this.offsets = offsets;
        this.reader = reader;
        this.arrivals = arrivals;
        this.timers = timers;
        this.traffic = traffic;
        this.coldReads = coldReads;
    }

    @Override
    public void handle(PullRequest request, Reply<PullResult> reply) {
        Refusal refusal = problem(request, reply.caller().connection());
        if (refusal != null) {
            reply.send(new PullResult.Refused(refusal));
            return;
        }
        Optional<Subscription> subscription = subscription(request, reply);
        if (subscription.isEmpty()) {
            reply.send(refused(Refusal.Reason.SUBSCRIPTION_UNKNOWN, subscriptionUnknown(request)));
            return;
        }
        refusal = problem(request, subscription.get());
        if (refusal != null) {
            reply.send(new PullResult.Refused(refusal));
            return;
        }
        if (request.has(PullRequest.COMMIT_OFFSET) && request.commitOffset() >= 0) {
            offsets.commit(
                    request.group(), request.topic(), request.queueId(), request.commitOffset());
        }
        new Pull(request, TagFilter.of(subscription.get()), reply).begin();
    }

    /// Nobody is left to answer: drops the pulls that are held for the connection.
    public void closed(Connection connection) {
        for (Pull pull : held.getOrDefault(connection, Set.of())) {
            pull.drop();
        }
    }

    /// @return why the consumer gets nothing; null when it may
    private Refusal problem(PullRequest request, Connection connection) {
        return switch (groups.use(request.group())) {
            case GroupLookup.Refused refused -> refused.refusal();
            case GroupLookup.Usable usable -> problem(request, usable.group(), connection);
        };
    }

    private Refusal problem(PullRequest request, GroupConfig group, Connection connection) {
        if (!group.consumeEnabled()) {
            return forbidden("consumer group " + group.name() + " is switched off");
        }
        if (!group.broadcastEnabled() && members.isBroadcasting(group.name(), connection)) {
            return forbidden("consumer group " + group.name() + " may not broadcast");
        }
        if (topics.readable(request.topic(), request.queueId())
                instanceof TopicLookup.Refused refused) {
            return refused.refusal();
        }
        return groupTopics.mayRead(group.name(), request.topic())
                ? null
                : forbidden(
                        "consumer group "
                                + group.name()
                                + " may not read topic "
                                + request.topic());
    }

    private static Refusal forbidden(String detail) {
        return Refusal.of(Refusal.Reason.NO_PERMISSION, detail);
    }

    private Refusal problem(PullRequest request, Subscription subscription) {
        if (!subscription.isByTag()) {
            return Refusal.of(
                    Refusal.Reason.FILTER_UNSUPPORTED,
                    "filter type "
                            + Excerpt.of(subscription.expressionType())
                            + " is not supported yet by this version of Bolide; subscribe by tags");
        }
        if (!request.has(PullRequest.SUBSCRIPTION)
                && subscription.version() < request.subVersion()) {
            return Refusal.of(
                    Refusal.Reason.SUBSCRIPTION_OUTDATED,
                    "the broker knows version "
                            + subscription.version()
                            + " of this subscription, the request is of version "
                            + request.subVersion()
                            + "; the client's next heartbeat mends that");
        }
        return null;
    }

    private Optional<Subscription> subscription(PullRequest request, Reply<PullResult> reply) {
        if (!request.has(PullRequest.SUBSCRIPTION)) {
            return members.subscription(
                    request.group(), request.topic(), reply.caller().connection());
        }
        if (request.expressionType().isEmpty()
                || request.expressionType().equals(Subscription.TAG)) {
            return Optional.of(
                    Subscription.ofTags(
                            request.topic(), request.subscription(), request.subVersion()));
        }
        return Optional.of(
                new Subscription(
                        request.topic(),
                        request.subscription(),
                        request.expressionType(),
                        Set.of(),
                        request.subVersion()));
    }

    private static String subscriptionUnknown(PullRequest request) {
        return "no member of consumer group "
                + request.group()
                + " that is online has subscribed to topic "
                + request.topic()
                + "; the client's next heartbeat mends that";
    }

    private static PullResult.Refused refused(Refusal.Reason reason, String detail) {
        return new PullResult.Refused(Refusal.of(reason, detail));
    }

    /// One request on its way to an answer. At any time it is either being read for, by one thread,
    /// or parked; whoever unparks it goes on with it.
    private final class Pull {
        private final PullRequest request;
        private final TagFilter filter;
        private final Reply<PullResult> reply;
        private final QueueKey queue;
        private final Runnable wake = this::woken;
        private long offset;
        private PullResult waitingAnswer;
        private Timers.Timer timer;
        private volatile boolean timeUp;

        private Pull(PullRequest request, TagFilter filter, Reply<PullResult> reply) {
            this.request = request;
            this.filter = filter;
            this.reply = reply;
            this.queue = new QueueKey(request.topic(), request.queueId());
            this.offset = request.queueOffset();
            this.timeUp = !request.has(PullRequest.SUSPEND) || request.suspendMillis() <= 0;
        }

        private void begin() {
            if (isSentElsewhere()) {
                return;
            }
            if (reader.isCold(queue, offset)) {
                readLater();
            } else {
                readAtOnce();
            }
        }

        /// Tells the consumer so, when somebody has decided that its group goes on elsewhere.
        private boolean isSentElsewhere() {
            OptionalLong target =
                    offsets.takeReset(request.group(), request.topic(), request.queueId());
            if (target.isEmpty()) {
                return false;
            }
            answer(reader.movedTo(queue, target.getAsLong()));
            return true;
        }

        /// On the connection's event loop.
        private void readAtOnce() {
            Optional<PullResult> result =
                    reader.readAtOnce(
                            queue, offset, request.maxMessages(), request.maxBytes(), filter);
            if (result.isPresent()) {
                answerOrHold(result.get());
            } else {
                readLater();
            }
        }

        private void readLater() {
            try {
                coldReads.execute(() -> alone(this::read));
            } catch (RejectedExecutionException full) {
                answer(
                        refused(
                                Refusal.Reason.BUSY,
                                "too many reads of old messages wait for the disk; try again"));
            }
        }

        /// Where nobody else would answer after a bug.
        private void alone(Runnable reading) {
            try {
                reading.run();
            } catch (RuntimeException bug) {
                LOG.error("a pull of {} failed", queue, bug);
                reply.fail(
                        Answer.refused(
                                ResponseCode.SYSTEM_ERROR,
                                "the server failed on this pull; its log says more"));
            }
        }

        /// On a thread that may wait for the disk.
        private void read() {
            answerOrHold(
                    reader.read(queue, offset, request.maxMessages(), request.maxBytes(), filter));
        }

        private void answerOrHold(PullResult result) {
            switch (result) {
                case PullResult.NothingNew nothing when !timeUp -> hold(nothing);
                case PullResult.NoneMatched none when isCaughtUp(none) && !timeUp -> {
                    offset = none.response().nextBeginOffset(); // what was passed over stays so
                    hold(none);
                }
                default -> answer(result);
            }
        }

        private static boolean isCaughtUp(PullResult.NoneMatched none) {
            return none.response().nextBeginOffset() == none.response().maxOffset();
        }

        /// Parks, then looks again for what may have happened while it was not parked yet.
        private void hold(PullResult answerWhenTimeIsUp) {
            waitingAnswer = answerWhenTimeIsUp;
            if (timer == null) {
                long millis = Math.min(request.suspendMillis(), MOST_SUSPEND_MILLIS);
                timer = timers.after(millis, this::timeUp);
                note();
            }
            arrivals.park(queue, wake);
            if (timeUp) {
                answerWhenUnparked();
            } else if (!reply.caller().connection().isOpen()) {
                drop();
            } else if (hasNews() && arrivals.unpark(queue, wake)) {
                woken();
            }
        }

        private boolean hasNews() {
            return reader.hasMoved(queue, offset)
                    || offsets.hasReset(request.group(), request.topic(), request.queueId());
        }

        private void note() {
            held.compute(
                    reply.caller().connection(),
                    (connection, present) -> {
                        Set<Pull> pulls = present == null ? ConcurrentHashMap.newKeySet() : present;
                        pulls.add(this);
                        return pulls;
                    });
        }

        private void forget() {
            held.computeIfPresent(
                    reply.caller().connection(),
                    (connection, pulls) -> {
                        pulls.remove(this);
                        return pulls.isEmpty() ? null : pulls;
                    });
        }

        /// Whoever reads for it just now finds the connection closed.
        private void drop() {
            arrivals.unpark(queue, wake);
            timer.cancel();
            forget();
        }

        private void woken() {
            reply.caller().connection().execute(() -> alone(this::readAgain));
        }

        /// What was allowed when the pull came may be forbidden by now.
        private void readAgain() {
            Refusal refusal = problem(request, reply.caller().connection());
            if (refusal != null) {
                answer(new PullResult.Refused(refusal));
            } else if (!isSentElsewhere()) {
                readAtOnce();
            }
        }

        private void timeUp() {
            timeUp = true;
            answerWhenUnparked();
        }

        private void answerWhenUnparked() {
            if (arrivals.unpark(queue, wake)) {
                answer(waitingAnswer);
            } // otherwise somebody reads for it just now, and answers
        }

        private void answer(PullResult result) {
            if (timer != null) {
                timer.cancel();
                forget();
            }
            count(result);
            reply.send(result);
        }

        private void count(PullResult result) {
            if (result instanceof PullResult.Found found) {
                traffic.handedOut(
                        request.topic(), request.group(), found.count(), found.messages().size());
            } else {
                traffic.missed();
            }
        }
    }
}
