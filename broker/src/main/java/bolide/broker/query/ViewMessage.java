package bolide.broker.query;

import bolide.broker.refusal.Refusal;
import bolide.protocol.message.RecordView;
import bolide.protocol.topic.Names;
import bolide.remoting.BlockingHandler;
import bolide.remoting.Caller;
import bolide.store.commitlog.CommitLog;
import bolide.store.commitlog.Segment;

/// Finds the one message that a position in the log names.
public final class ViewMessage implements BlockingHandler<Long, ViewMessage.Result> {
    /// What was found.
    public sealed interface Result {
        /// @param record the whole record, a copy
        record Found(byte[] record) implements Result {}

        record Refused(Refusal refusal) implements Result {}
    }

    private final CommitLog log;

    public ViewMessage(CommitLog log) {
        this.log = log;
    }

    @Override
    public Result handle(Long position, Caller caller) {
        long readable = log.readable().get();
        if (position < log.segments().all()[0].start() || position >= readable) {
            return refused(position, "the log reaches to " + readable);
        }
        Segment segment = log.segments().find(position);
        if (segment == null || !segment.retain()) {
            return refused(position, "that part of the log has been deleted");
        }
        try {
            return read(segment, position, readable);
        } finally {
            segment.release();
        }
    }

    private static Result read(Segment segment, long position, long readable) {
        RecordView view = new RecordView();
        int at = segment.indexOf(position);
        int limit = (int) (Math.min(readable, segment.end()) - segment.start());
        if (view.look(segment.bytes(), at, limit) != RecordView.Found.RECORD) {
            return refused(position, "no message begins there");
        }
        String damage = view.verify(position);
        if (!damage.isEmpty()) {
            return refused(position, damage);
        }
        if (Names.isOwn(view.topicText())) {
            return refused(position, "what is there belongs to the broker itself");
        }
        byte[] record = new byte[view.totalSize()];
        segment.bytes().get(at, record);
        return new Result.Found(record);
    }

    private static Result refused(long position, String why) {
        return new Result.Refused(
                Refusal.of(
                        Refusal.Reason.NOT_FOUND,
                        "no message at position " + position + ": " + why));
    }
}
