package bolide.remoting;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.ResponseCode;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reply to one request: goes out once, in the format and with the number of the request, or
 * never if that was one-way. The payload of an outcome that does not go out is released. For
 * several threads.
 */
final class OneReply<R> implements Reply<R> {
    private static final Logger LOG = LoggerFactory.getLogger(OneReply.class);

    private final Frame request; // without its fields and body, as it may be kept for long
    private final Caller caller;
    private final Function<R, Answer> encode;
    private final AtomicBoolean given = new AtomicBoolean();

    OneReply(Connection connection, Frame request, Function<R, Answer> encode) {
        this.request =
                new Frame(
                        request.format(),
                        request.code(),
                        request.language(),
                        request.version(),
                        request.opaque(),
                        request.flag(),
                        "",
                        Fields.NONE,
                        Frame.emptyBody());
        this.caller = new Caller(connection, request.language(), request.version());
        this.encode = encode;
    }

    /**
     * @return what is answered when a handler failed; the cause is for the log only
     */
    static Answer failed(Throwable bug) {
        return Answer.refused(
                ResponseCode.SYSTEM_ERROR,
                "the server failed on this request ("
                        + bug.getClass().getSimpleName()
                        + "); its log says more");
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public void send(R outcome) {
        Answer answer;
        try {
            answer = encode.apply(outcome);
        } catch (RuntimeException bug) { // not the fault of the thread that brings the outcome
            LOG.error("the outcome of request {} cannot be encoded", request.code(), bug);
            answer = failed(bug);
        }
        fail(answer);
    }

    @Override
    public void fail(Answer answer) {
        if (request.isOneWay() || !given.compareAndSet(false, true)) {
            answer.body().released().run();
            return;
        }
        Frame head =
                request.answer(answer.code(), answer.remark(), answer.fields(), Frame.emptyBody());
        caller.connection().send(head, answer.body());
    }
}
