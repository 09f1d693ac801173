package bolide.client.simulated;

import static java.nio.charset.StandardCharsets.UTF_8;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.group.ConsumerData;
import bolide.protocol.group.ConsumerIds;
import bolide.protocol.group.Heartbeat;
import bolide.protocol.group.Subscription;
import bolide.protocol.group.UnregisterClient;
import bolide.protocol.message.BatchBody;
import bolide.protocol.message.NewRecord;
import bolide.protocol.message.OffsetMessageId;
import bolide.protocol.message.RecordCrc;
import bolide.protocol.message.RecordLayout;
import bolide.protocol.message.RecordView;
import bolide.protocol.message.TagHash;
import bolide.protocol.offset.CommitOffset;
import bolide.protocol.offset.CommittedOffset;
import bolide.protocol.offset.QueueRequest;
import bolide.protocol.pull.PullRequest;
import bolide.protocol.pull.PullResponse;
import bolide.protocol.send.SendRequest;
import bolide.protocol.send.SendResponse;
import bolide.protocol.topic.CreateTopic;
import bolide.protocol.topic.Names;
import bolide.protocol.topic.Permission;
import bolide.protocol.topic.TopicConfig;
import bolide.remoting.Answer;
import bolide.remoting.Connection;
import bolide.remoting.Network;
import bolide.remoting.Payload;
import bolide.remoting.RemotingServer;
import bolide.remoting.Reply;
import bolide.remoting.RequestTable;
import bolide.remoting.Timers;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.CRC32;

/**
 * A broker as far as clients can tell, without a disk: stores, gives out, holds pulls, keeps
 * offsets and members; and refuses what a test tells it to. For any thread.
 */
public final class FakeBroker {
    /** What a queue is known by. */
    private record QueueKey(String topic, int queueId) {}

    /** A pull that waits for a message. */
    private record HeldPull(PullRequest request, Reply<Answer> reply) {}

    private final String name;
    private final Timers timers;
    private final SortedMap<String, TopicConfig> topics = new TreeMap<>();
    private final Map<QueueKey, List<ByteBuffer>> queues = new HashMap<>();
    private final Map<QueueKey, Long> firstOffsets = new HashMap<>();
    private final Map<String, Long> committed = new HashMap<>();
    private final SortedMap<String, SortedMap<String, Connection>> members = new TreeMap<>();
    private final List<HeldPull> held = new ArrayList<>();
    private final Queue<Integer> sendRefusals = new ArrayDeque<>();
    private final Queue<Answer> pullAnswers = new ArrayDeque<>();
    private final List<SendRequest> sends = new ArrayList<>();
    private final List<Heartbeat> heartbeats = new ArrayList<>();
    private final List<PullRequest> pulls = new ArrayList<>();
    private final List<CommitOffset> commits = new ArrayList<>();
    private final List<UnregisterClient> farewells = new ArrayList<>();
    private String address = "";
    private boolean mute;
    private long noteMillis;
    private int refusedCommits;
    private boolean refusesTopics;
    private long position;

    public FakeBroker(String name, Timers timers) {
        this.name = name;
        this.timers = timers;
    }

    public synchronized FakeBroker withTopic(String topic, int queueCount) {
        topics.put(topic, TopicConfig.of(topic, queueCount));
        return this;
    }

    /** Creates unknown topics with the first message. */
    public synchronized FakeBroker creatingTopics() {
        topics.put(
                Names.AUTO_CREATE,
                TopicConfig.of(Names.AUTO_CREATE, 8)
                        .withPerm(Permission.READ_WRITE | Permission.INHERIT));
        return this;
    }

    /** Takes that long for a heartbeat, and answers other questions meanwhile. */
    public synchronized void noteMembersAfter(long millis) {
        noteMillis = millis;
    }

    /** Refuses so many of the next commits. */
    public synchronized void refuseCommits(int count) {
        refusedCommits = count;
    }

    /** Answers the next sends with these codes and stores nothing. */
    public synchronized void refuseSends(int... codes) {
        for (int code : codes) {
            sendRefusals.add(code);
        }
    }

    /** Creates no more topics. */
    public synchronized void refuseTopics() {
        refusesTopics = true;
    }

    /** Takes sends and does not answer them. */
    public synchronized void mute(boolean silent) {
        mute = silent;
    }

    /** Gives these answers to the next pulls, whatever they ask. */
    public synchronized void answerPulls(Answer... answers) {
        pullAnswers.addAll(List.of(answers));
    }

    /** Drops what the queue has before the offset, which may lie behind its end. */
    public synchronized void begin(String topic, int queueId, long offset) {
        QueueKey key = new QueueKey(topic, queueId);
        List<ByteBuffer> records = records(key);
        long first = first(key);
        int dropped = (int) Math.min(records.size(), Math.max(0, offset - first));
        records.subList(0, dropped).clear();
        firstOffsets.put(key, offset);
    }

    public Network.Listener listen(Network network, String where) {
        return listen(network, MemoryNetwork.parse(where));
    }

    public synchronized Network.Listener listen(Network network, InetSocketAddress where) {
        RequestTable table = new RequestTable();
        Function<Answer, Answer> asIs = Function.identity();
        table.inline(RequestCode.SEND_MESSAGE_V2, FakeBroker::decodeSend, this::send, asIs)
                .inline(RequestCode.SEND_BATCH_MESSAGE, FakeBroker::decodeSend, this::send, asIs)
                .inline(RequestCode.PULL_MESSAGE, PullRequest::decode, this::pull, asIs)
                .inline(
                        RequestCode.QUERY_CONSUMER_OFFSET,
                        CommittedOffset::decode,
                        this::committed,
                        asIs)
                .inline(
                        RequestCode.UPDATE_CONSUMER_OFFSET,
                        CommitOffset::decode,
                        this::commit,
                        asIs)
                .inline(
                        RequestCode.GET_MIN_OFFSET,
                        QueueRequest::decode,
                        (QueueRequest queue, Reply<Answer> reply) -> reply.send(min(queue)),
                        asIs)
                .inline(
                        RequestCode.GET_MAX_OFFSET,
                        QueueRequest::decode,
                        (QueueRequest queue, Reply<Answer> reply) -> reply.send(max(queue)),
                        asIs)
                .inline(RequestCode.HEART_BEAT, Heartbeat::decode, this::heartbeat, asIs)
                .inline(
                        RequestCode.UNREGISTER_CLIENT,
                        UnregisterClient::decode,
                        this::farewell,
                        asIs)
                .inline(
                        RequestCode.GET_CONSUMER_LIST_BY_GROUP,
                        ConsumerIds::groupOf,
                        this::memberIds,
                        asIs)
                .inline(
                        RequestCode.UPDATE_AND_CREATE_TOPIC,
                        CreateTopic::decode,
                        this::createTopic,
                        asIs)
                .afterClose(this::gone);
        Network.Listener listener = network.listen(where, new RemotingServer(table, Runnable::run));
        address = "127.0.0.1:" + listener.address().getPort();
        return listener;
    }

    public String name() {
        return name;
    }

    public synchronized String address() {
        return address;
    }

    public synchronized Optional<TopicConfig> config(String topic) {
        return Optional.ofNullable(topics.get(topic));
    }

    public synchronized List<SendRequest> sends() {
        return List.copyOf(sends);
    }

    public synchronized List<Heartbeat> heartbeats() {
        return List.copyOf(heartbeats);
    }

    public synchronized List<PullRequest> pulls() {
        return List.copyOf(pulls);
    }

    public synchronized List<CommitOffset> commits() {
        return List.copyOf(commits);
    }

    public synchronized List<UnregisterClient> farewells() {
        return List.copyOf(farewells);
    }

    public synchronized List<String> members(String group) {
        return List.copyOf(members.getOrDefault(group, new TreeMap<>()).keySet());
    }

    public synchronized Optional<Long> committed(String group, String topic, int queueId) {
        return Optional.ofNullable(committed.get(key(group, topic, queueId)));
    }

    public synchronized void commit(String group, String topic, int queueId, long offset) {
        committed.put(key(group, topic, queueId), offset);
    }

    public synchronized long stored(String topic) {
        return queues.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic))
                .mapToLong(entry -> entry.getValue().size())
                .sum();
    }

    /** Stores messages without a producer: bodies that say their number. */
    public synchronized void fill(String topic, int queueId, int count) {
        for (int i = 0; i < count; i++) {
            String body = "message " + end(new QueueKey(topic, queueId));
            append(topic, queueId, 0, "", ByteBuffer.wrap(body.getBytes(UTF_8)), 0);
        }
        wake();
    }

    private static SendRequest decodeSend(Frame frame) {
        ByteBuffer body = ByteBuffer.allocate(frame.body().remaining());
        return SendRequest.decode(frame.withBody(body.put(frame.body().duplicate()).flip()));
    }

    private synchronized void send(SendRequest request, Reply<Answer> reply) {
        sends.add(request);
        if (mute) {
            return;
        }
        Integer refusal = sendRefusals.poll();
        if (refusal != null && refusal != ResponseCode.FLUSH_DISK_TIMEOUT) {
            reply.send(Answer.refused(refusal, "refused as told"));
            return;
        }
        if (!topics.containsKey(request.topic())) {
            if (!topics.containsKey(request.defaultTopic())) {
                reply.send(Answer.refused(ResponseCode.TOPIC_NOT_EXIST, "no such topic"));
                return;
            }
            withTopic(request.topic(), request.defaultTopicQueues());
        }
        long first = end(new QueueKey(request.topic(), request.queueId()));
        String ids = store(request);
        wake();
        SendResponse response = new SendResponse(ids, request.queueId(), first, "");
        int code = refusal == null ? ResponseCode.SUCCESS : refusal;
        reply.send(new Answer(code, "", response.encode(), Payload.empty()));
    }

    private String store(SendRequest request) {
        if (!request.batch()) {
            return append(
                    request.topic(),
                    request.queueId(),
                    request.sysFlag(),
                    request.propertyText(),
                    request.body(),
                    request.bornTimestamp());
        }
        List<String> ids = new ArrayList<>();
        for (BatchBody.Element element : BatchBody.decode(request.body())) {
            ids.add(
                    append(
                            request.topic(),
                            request.queueId(),
                            request.sysFlag(),
                            element.propertyText(),
                            element.body(),
                            request.bornTimestamp()));
        }
        return String.join(",", ids);
    }

    private String append(
            String topic,
            int queueId,
            int sysFlag,
            String properties,
            ByteBuffer body,
            long bornTimestamp) {
        QueueKey key = new QueueKey(topic, queueId);
        InetSocketAddress host = new InetSocketAddress("127.0.0.1", 1);
        NewRecord record =
                new NewRecord(
                        topic.getBytes(UTF_8),
                        queueId,
                        0,
                        sysFlag,
                        bornTimestamp,
                        host,
                        host,
                        0,
                        0,
                        body,
                        properties.getBytes(UTF_8));
        CRC32 crc = new CRC32();
        ByteBuffer bytes = ByteBuffer.allocate(record.encodedBytes());
        record.encode(bytes, crc);
        bytes.flip();
        RecordLayout.number(bytes, 0, end(key), position, bornTimestamp);
        RecordCrc.seal(bytes, 0, crc);
        records(key).add(bytes);
        String id = new OffsetMessageId(host, position).encode();
        position += bytes.remaining();
        return id;
    }

    private synchronized void pull(PullRequest request, Reply<Answer> reply) {
        pulls.add(request);
        Answer scripted = pullAnswers.poll();
        if (scripted != null) {
            reply.send(scripted);
            return;
        }
        Optional<Answer> now = answerNow(request);
        if (now.isPresent()) {
            reply.send(now.get());
        } else if (!request.has(PullRequest.SUSPEND)) {
            reply.send(answer(ResponseCode.PULL_NOT_FOUND, request, request.queueOffset()));
        } else {
            HeldPull pull = new HeldPull(request, reply);
            held.add(pull);
            timers.after(request.suspendMillis(), () -> release(pull));
        }
    }

    private synchronized void release(HeldPull pull) {
        if (held.remove(pull)) {
            PullRequest request = pull.request();
            pull.reply().send(answer(ResponseCode.PULL_NOT_FOUND, request, request.queueOffset()));
        }
    }

    private void wake() {
        for (HeldPull pull : List.copyOf(held)) {
            answerNow(pull.request())
                    .ifPresent(answer -> {
                        held.remove(pull);
                        pull.reply().send(answer);
                    });
        }
    }

    private Optional<Answer> answerNow(PullRequest request) {
        QueueKey key = new QueueKey(request.topic(), request.queueId());
        long offset = request.queueOffset();
        if (offset < first(key) || offset > end(key)) {
            long nearest = offset < first(key) ? first(key) : end(key);
            return Optional.of(answer(ResponseCode.PULL_OFFSET_MOVED, request, nearest));
        }
        if (offset == end(key)) {
            return Optional.empty();
        }
        Set<Long> wanted = new HashSet<>();
        Subscription.ofTags(request.topic(), request.subscription(), 0)
                .tags()
                .forEach(tag -> wanted.add(TagHash.of(tag)));
        List<ByteBuffer> found = new ArrayList<>();
        RecordView view = new RecordView();
        long next = offset;
        while (next < end(key) && found.size() < request.maxMessages()) {
            ByteBuffer record = records(key).get((int) (next - first(key)));
            view.look(record, 0, record.limit());
            if (wanted.isEmpty() || wanted.contains(view.tagHash())) {
                found.add(record.duplicate());
            }
            next++;
        }
        if (found.isEmpty()) {
            return Optional.of(answer(ResponseCode.PULL_RETRY_IMMEDIATELY, request, next));
        }
        Fields fields = new PullResponse(0, next, first(key), end(key)).encode();
        return Optional.of(
                new Answer(
                        ResponseCode.SUCCESS,
                        "",
                        fields,
                        new Payload(found.toArray(ByteBuffer[]::new), () -> {})));
    }

    private Answer answer(int code, PullRequest request, long next) {
        QueueKey key = new QueueKey(request.topic(), request.queueId());
        Fields fields = new PullResponse(0, next, first(key), end(key)).encode();
        return new Answer(code, "", fields, Payload.empty());
    }

    private synchronized void committed(CommittedOffset question, Reply<Answer> reply) {
        Long offset = committed.get(key(question.group(), question.topic(), question.queueId()));
        reply.send(
                offset == null
                        ? Answer.refused(ResponseCode.QUERY_NOT_FOUND, "never been there")
                        : offset(offset));
    }

    private synchronized void commit(CommitOffset commit, Reply<Answer> reply) {
        if (refusedCommits > 0) {
            refusedCommits--;
            reply.send(Answer.refused(ResponseCode.SYSTEM_BUSY, "later"));
            return;
        }
        commits.add(commit);
        commit(commit.group(), commit.topic(), commit.queueId(), commit.offset());
        reply.send(Answer.ok());
    }

    private synchronized Answer min(QueueRequest queue) {
        return offset(first(new QueueKey(queue.topic(), queue.queueId())));
    }

    private synchronized Answer max(QueueRequest queue) {
        return offset(end(new QueueKey(queue.topic(), queue.queueId())));
    }

    private static Answer offset(long offset) {
        return Answer.ok(Fields.builder().put("offset", offset).build());
    }

    private synchronized void heartbeat(Heartbeat heartbeat, Reply<Answer> reply) {
        if (noteMillis > 0) {
            timers.after(noteMillis, () -> note(heartbeat, reply));
        } else {
            note(heartbeat, reply);
        }
    }

    private synchronized void note(Heartbeat heartbeat, Reply<Answer> reply) {
        heartbeats.add(heartbeat);
        Connection connection = reply.caller().connection();
        for (ConsumerData consumer : heartbeat.consumers()) {
            Connection before =
                    members.computeIfAbsent(consumer.group(), group -> new TreeMap<>())
                            .put(heartbeat.clientId(), connection);
            if (before != connection) {
                tellMembers(consumer.group());
            }
        }
        reply.send(Answer.ok());
    }

    private synchronized void farewell(UnregisterClient farewell, Reply<Answer> reply) {
        farewells.add(farewell);
        SortedMap<String, Connection> group = members.get(farewell.consumerGroup());
        if (group != null && group.remove(farewell.clientId()) != null) {
            tellMembers(farewell.consumerGroup());
        }
        reply.send(Answer.ok());
    }

    private synchronized void gone(Connection connection) {
        members.forEach((group, connections) -> {
            if (connections.values().removeIf(one -> one == connection)) {
                tellMembers(group);
            }
        });
    }

    private void tellMembers(String group) {
        members.get(group)
                .values()
                .forEach(
                        connection -> connection.send(ConsumerIds.changed(group), Payload.empty()));
    }

    private synchronized void memberIds(String group, Reply<Answer> reply) {
        List<String> ids = members(group);
        reply.send(
                ids.isEmpty()
                        ? Answer.refused(ResponseCode.SYSTEM_ERROR, "nobody is in " + group)
                        : Answer.ok(ConsumerIds.encode(ids)));
    }

    private synchronized void createTopic(CreateTopic request, Reply<Answer> reply) {
        if (refusesTopics) {
            reply.send(Answer.refused(ResponseCode.NO_PERMISSION, "no more topics"));
            return;
        }
        topics.put(request.config().name(), request.config());
        reply.send(Answer.ok());
    }

    private List<ByteBuffer> records(QueueKey key) {
        return queues.computeIfAbsent(key, unused -> new ArrayList<>());
    }

    private long first(QueueKey key) {
        return firstOffsets.getOrDefault(key, 0L);
    }

    private long end(QueueKey key) {
        return first(key) + records(key).size();
    }

    private static String key(String group, String topic, int queueId) {
        return group + "@" + topic + "@" + queueId;
    }
}
