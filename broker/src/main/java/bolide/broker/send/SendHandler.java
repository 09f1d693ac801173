package bolide.broker.send;

import bolide.broker.group.GroupLookup;
import bolide.broker.group.Groups;
import bolide.broker.refusal.Refusal;
import bolide.broker.statistics.Traffic;
import bolide.broker.topic.TopicLookup;
import bolide.broker.topic.Topics;
import bolide.protocol.message.BatchBody;
import bolide.protocol.message.MessageProperties;
import bolide.protocol.message.NewRecord;
import bolide.protocol.message.RecordCrc;
import bolide.protocol.message.RecordHost;
import bolide.protocol.message.SysFlag;
import bolide.protocol.send.SendRequest;
import bolide.protocol.topic.Names;
import bolide.protocol.topic.TopicConfig;
import bolide.remoting.InlineHandler;
import bolide.remoting.Reply;
import bolide.store.commitlog.AppendListener;
import bolide.store.commitlog.Appender;
import bolide.store.commitlog.StoreRefusal;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// Takes messages from producers: checks them, stages them in the log, and answers when the log
/// says that they may be acknowledged. The log is published once per read pass, see
/// [bolide.broker.tcp.BrokerRequests].
public final class SendHandler implements InlineHandler<SendRequest, SendResult> {
    private static final int CLOSED_FLAGS =
            SysFlag.PREPARED | SysFlag.NEEDS_UNWRAP | SysFlag.INNER_BATCH;

    private final Topics topics;
    private final Groups groups;
    private final Appender appender;
    private final PropertyRules rules;
    private final RecordHost storeHost;
    private final Traffic traffic;
    private final IntUnaryOperator random;

    /// @param storeHost the broker's address as clients know it, resolved
    /// @param random a number from 0 to below its argument
    SendHandler(
            Topics topics,
            Groups groups,
            Appender appender,
            PropertyRules rules,
            InetSocketAddress storeHost,
            Traffic traffic,
            IntUnaryOperator random) {
        this.topics = topics;
        this.groups = groups;
        this.appender = appender;
        this.rules = rules;
        this.storeHost = RecordHost.of(storeHost);
        this.traffic = traffic;
        this.random = random;
    }

    @Override
    public void handle(SendRequest request, Reply<SendResult> reply) {
        TopicLookup lookup =
                topics.writable(request.topic(), request.defaultTopic(), wantedQueues(request));
        switch (lookup) {
            case TopicLookup.Refused refused -> refuse(refused.refusal(), reply);
            case TopicLookup.Usable usable -> send(request, usable.topic(), false, reply);
            case TopicLookup.ToBeMade made -> send(request, made.topic(), true, reply);
        }
    }

    private int wantedQueues(SendRequest request) {
        if (!Names.isRetry(request.topic())) {
            return request.defaultTopicQueues();
        }
        return switch (groups.existing(retried(request.topic()))) {
            case GroupLookup.Usable usable -> usable.group().retryQueues();
            case GroupLookup.Refused unknown -> 1; // and the message is refused in the end
        };
    }

    private static String retried(String retryTopic) {
        return retryTopic.substring(Names.RETRY_PREFIX.length());
    }

    private void send(
            SendRequest request, TopicConfig topic, boolean toBeMade, Reply<SendResult> reply) {
        Refusal refusal = problem(request, topic);
        if (refusal != null) {
            refuse(refusal, reply);
            return;
        }
        int queueId =
                request.queueId() < 0 ? random.applyAsInt(topic.writeQueues()) : request.queueId();
        Draft draft = new Draft(request, queueId, reply.caller().connection().remoteAddress());
        String problem = request.batch() ? draft.addBatch() : draft.addSingle();
        if (!problem.isEmpty()) {
            refuse(Refusal.of(Refusal.Reason.MESSAGE_ILLEGAL, problem), reply);
            return;
        }
        try {
            if (toBeMade && !topics.ensure(topic).equals(topic)) {
                handle(request, reply); // somebody has just made it, and otherwise
                return;
            }
            appender.stage(
                    request.topic(),
                    draft.records,
                    new Pending(queueId, draft.uniqueKey(), new long[draft.records.size()], reply));
        } catch (StoreRefusal full) {
            refuse(Refusal.of(Refusal.Reason.STORE_UNAVAILABLE, full.getMessage()), reply);
            return;
        }
        traffic.taken(topic.name(), draft.records.size(), draft.bytes());
    }

    private void refuse(Refusal refusal, Reply<SendResult> reply) {
        traffic.refused();
        reply.send(new SendResult.Refused(refusal));
    }

    /// @return why the message is not taken; null when it is
    private Refusal problem(SendRequest request, TopicConfig topic) {
        if (request.queueId() >= topic.queues()) {
            return Refusal.of(
                    Refusal.Reason.INVALID_PARAMETER,
                    "topic "
                            + topic.name()
                            + " has queues 0 to "
                            + (topic.queues() - 1)
                            + ", not "
                            + request.queueId());
        }
        if (Names.isRetry(topic.name())) {
            if (request.batch()) {
                return Refusal.of(
                        Refusal.Reason.MESSAGE_ILLEGAL,
                        "a retry topic takes no batches; send the messages one by one");
            }
            if (groups.existing(retried(topic.name())) instanceof GroupLookup.Refused refused) {
                return refused.refusal();
            }
        }
        if ((request.sysFlag() & CLOSED_FLAGS) != 0) {
            return Refusal.of(
                    Refusal.Reason.MESSAGE_ILLEGAL,
                    "sysFlag "
                            + request.sysFlag()
                            + " asks for a transactional message or an inner batch, which this"
                            + " version of Bolide does not support yet");
        }
        return null;
    }

    /// The records that one request becomes.
    private final class Draft {
        private final SendRequest request;
        private final int queueId;
        private final RecordHost bornHost;
        private final byte[] topic;
        private final ArrayList<NewRecord> records = new ArrayList<>(1);
        private PropertyRules.Ruling.Taken last;

        private Draft(SendRequest request, int queueId, InetSocketAddress bornHost) {
            this.request = request;
            this.queueId = queueId;
            this.bornHost = RecordHost.of(bornHost);
            this.topic = request.topic().getBytes(StandardCharsets.UTF_8);
        }

        private String addSingle() {
            return add(request.flag(), request.body(), request.properties());
        }

        private String addBatch() {
            List<BatchBody.Element> elements = BatchBody.decode(request.body());
            records.ensureCapacity(elements.size());
            for (BatchBody.Element element : elements) {
                String problem = add(element.flag(), element.body(), element.properties());
                if (!problem.isEmpty()) {
                    return "message " + records.size() + " of the batch: " + problem;
                }
            }
            return "";
        }

        /// @return the message's key; empty for several messages
        private String uniqueKey() {
            return records.size() == 1 ? last.uniqueKey() : "";
        }

        /// @return what the records take in the log
        private long bytes() {
            long bytes = 0;
            for (int i = 0; i < records.size(); i++) { // an iterator would be an object for each
                bytes += records.get(i).encodedBytes();
            }
            return bytes;
        }

        /// @return why the message is not taken; empty when it is
        private String add(int flag, ByteBuffer body, ByteBuffer properties) {
            return switch (rules.rule(properties)) {
                case PropertyRules.Ruling.Refused refused -> refused.problem();
                case PropertyRules.Ruling.Taken taken -> add(flag, body, taken);
            };
        }

        private String add(int flag, ByteBuffer body, PropertyRules.Ruling.Taken properties) {
            last = properties;
            byte[] stored = properties.stored();
            if (stored.length + RecordCrc.BYTES > MessageProperties.MAX_BYTES) {
                return "properties take "
                        + (stored.length + RecordCrc.BYTES)
                        + " bytes with those the broker adds; at most "
                        + MessageProperties.MAX_BYTES
                        + " are allowed, so shorten them";
            }
            records.add(
                    new NewRecord(
                            topic,
                            queueId,
                            flag,
                            request.sysFlag() & ~SysFlag.TRANSACTION_MASK,
                            request.bornTimestamp(),
                            bornHost,
                            storeHost,
                            request.reconsumeTimes(),
                            0,
                            body,
                            stored));
            return "";
        }
    }

    /// A staged message, or batch, that waits to be acknowledged.
    private static final class Pending implements AppendListener {
        private final int queueId;
        private final String uniqueKey;
        private final long[] positions;
        private final Reply<SendResult> reply;
        private long queueOffset;

        private Pending(int queueId, String uniqueKey, long[] positions, Reply<SendResult> reply) {
            this.queueId = queueId;
            this.uniqueKey = uniqueKey;
            this.positions = positions;
            this.reply = reply;
        }

        @Override
        public void placed(int index, long offset, long position) {
            positions[index] = position;
            if (index == 0) {
                queueOffset = offset;
            }
        }

        @Override
        public void readable() {
            reply.send(new SendResult.Stored(positions, queueId, queueOffset, uniqueKey));
        }
    }
}
