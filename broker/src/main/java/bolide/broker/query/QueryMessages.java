package bolide.broker.query;

import bolide.broker.refusal.Outcome;
import bolide.broker.refusal.Refusal;
import bolide.broker.topic.Topics;
import bolide.protocol.message.RecordView;
import bolide.protocol.query.MessageQuestion;
import bolide.protocol.text.Excerpt;
import bolide.protocol.topic.Names;
import bolide.remoting.BlockingHandler;
import bolide.remoting.Caller;
import bolide.store.index.KeyIndex;
import bolide.store.index.KeyKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Finds messages of a topic by key, the newest first.
public final class QueryMessages
        implements BlockingHandler<MessageQuestion, Outcome<QueryMessages.Found>> {
    /// @param records whole records, copies; at least one
    /// @param newestMillis when the newest of them was stored
    /// @param newestPosition where it lies
    public record Found(List<byte[]> records, long newestMillis, long newestPosition) {}

    private static final int MOST_MESSAGES = 64;
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private final Topics topics;
    private final KeyIndex keys;
    private final ViewMessage view;

    public QueryMessages(Topics topics, KeyIndex keys, ViewMessage view) {
        this.topics = topics;
        this.keys = keys;
        this.view = view;
    }

    @Override
    public Outcome<Found> handle(MessageQuestion question, Caller caller) {
        if (Names.isOwn(question.topic()) || topics.find(question.topic()).isEmpty()) {
            return Outcome.refused(
                    Refusal.Reason.TOPIC_UNKNOWN,
                    "topic " + Excerpt.of(question.topic()) + " does not exist on this broker");
        }
        long[] positions =
                keys.find(
                        question.topic(),
                        question.key(),
                        kind(question),
                        Math.clamp(question.most(), 1, MOST_MESSAGES),
                        question.begin(),
                        question.end());
        List<byte[]> records = new ArrayList<>();
        int bytes = 0;
        for (long position : positions) {
            // what has gone or was damaged since it was found is not there
            if (view.handle(position, caller) instanceof ViewMessage.Result.Found found) {
                bytes += found.record().length;
                if (bytes > MOST_BYTES) {
                    break;
                }
                records.add(found.record());
            }
        }
        return records.isEmpty()
                ? Outcome.refused(
                        Refusal.Reason.NO_MESSAGE,
                        "no message of topic "
                                + question.topic()
                                + " has the key "
                                + Excerpt.of(question.key())
                                + " in that time")
                : Outcome.of(found(records));
    }

    private static Found found(List<byte[]> records) {
        RecordView newest = new RecordView();
        newest.look(ByteBuffer.wrap(records.getFirst()), 0, records.getFirst().length);
        return new Found(records, newest.storeTimestamp(), newest.position());
    }

    private static KeyKind kind(MessageQuestion question) {
        return switch (question.kind()) {
            case UNIQUE -> KeyKind.UNIQUE;
            case KEY -> KeyKind.KEY;
            case TAG -> KeyKind.TAG;
        };
    }
}
