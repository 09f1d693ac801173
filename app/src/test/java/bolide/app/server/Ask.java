package bolide.app.server;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.message.RecordView;
import bolide.protocol.offset.QueueRequest;
import bolide.protocol.pull.PullRequest;
import bolide.protocol.send.SendRequest;
import bolide.protocol.topic.CreateTopic;
import bolide.protocol.topic.Names;
import bolide.protocol.topic.TopicConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Requests as a decent client makes them, and what it reads from the answers.
public final class Ask {
    private static final long PULL_VERSION = 1;

    private Ask() {}

    public static Frame createTopic(String topic, int queues) {
        return new CreateTopic(TopicConfig.of(topic, queues), Names.AUTO_CREATE).encode();
    }

    public static Frame send(String topic, int queueId, String body) {
        return send(topic, queueId, "", bytes(body));
    }

    public static Frame send(String topic, int queueId, String properties, ByteBuffer body) {
        return new SendRequest(
                        "producers",
                        topic,
                        Names.AUTO_CREATE,
                        4,
                        queueId,
                        0,
                        1_700_000_000_000L,
                        0,
                        properties,
                        0,
                        false,
                        -1,
                        false,
                        body)
                .encode();
    }

    /// @param suspendMillis for how long to wait for something new; 0: not at all
    public static Frame pull(
            String group, String topic, int queueId, long offset, long suspendMillis) {
        int flags = PullRequest.SUBSCRIPTION | (suspendMillis > 0 ? PullRequest.SUSPEND : 0);
        return new PullRequest(
                        group,
                        topic,
                        queueId,
                        offset,
                        32,
                        flags,
                        0,
                        suspendMillis,
                        PULL_VERSION,
                        "*",
                        "TAG",
                        0)
                .encode();
    }

    public static Frame route(String topic) {
        return Frame.request(
                RequestCode.GET_ROUTEINFO_BY_TOPIC, Fields.builder().put("topic", topic).build());
    }

    public static Frame maxOffset(String topic, int queueId) {
        return new QueueRequest(topic, queueId).encode(RequestCode.GET_MAX_OFFSET);
    }

    /// @return the bodies of the messages that a pull brought
    public static List<String> bodies(Frame pulled) {
        List<String> bodies = new ArrayList<>();
        ByteBuffer records = pulled.body();
        RecordView view = new RecordView();
        int at = records.position();
        while (at < records.limit()) {
            if (view.look(records, at, records.limit()) != RecordView.Found.RECORD) {
                throw new AssertionError("no record at " + at + ": " + view.damage());
            }
            bodies.add(text(view.body()));
            at += view.totalSize();
        }
        return bodies;
    }

    public static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    public static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
