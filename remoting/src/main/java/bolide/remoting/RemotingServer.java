package bolide.remoting;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.FrameLimits;
import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.frame.ProtocolException;
import bolide.protocol.frame.ResponseCode;
import bolide.remoting.RequestTable.Entry;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the requests of a table to whoever connects. Whatever becomes of a request, it is answered
 * once, unless it is one-way: then it is never answered.
 */
public final class RemotingServer implements ConnectionEvents {
    private static final Logger LOG = LoggerFactory.getLogger(RemotingServer.class);

    private final RequestTable table;
    private final Executor blocking;
    private final FrameLimits limits;
    private final Waiting waiting = new Waiting();

    /**
     * @param blocking runs the handlers that may wait, each on a thread of its own
     */
    public RemotingServer(RequestTable table, Executor blocking) {
        this(table, blocking, FrameLimits.SERVER);
    }

    /**
     * @param limits what the network accepts, to be named to those who send more
     */
    public RemotingServer(RequestTable table, Executor blocking, FrameLimits limits) {
        this.table = table;
        this.blocking = blocking;
        this.limits = limits;
    }

    @Override
    public void opened(Connection connection) {
        LOG.debug("{} is open", connection);
    }

    @Override
    public void received(Connection connection, Frame frame) {
        if (frame.isResponse()) {
            if (!table.isAwaited(connection, frame)) {
                LOG.debug("{}: nobody waits for the response {}", connection, frame.opaque());
            }
            return;
        }
        Optional<Entry<?, ?>> entry = table.entry(frame.code());
        if (entry.isEmpty()) {
            refuse(
                    connection,
                    frame,
                    ResponseCode.REQUEST_CODE_NOT_SUPPORTED,
                    "request type " + frame.code() + " not supported by this server");
        } else {
            serve(entry.get(), connection, frame);
        }
    }

    @Override
    public void receivedTooLong(Connection connection, Frame head, int bodyBytes) {
        if (!head.isResponse()) {
            refuse(
                    connection,
                    head,
                    ResponseCode.MESSAGE_ILLEGAL,
                    "body of "
                            + bodyBytes
                            + " bytes exceeds the limit of "
                            + limits.bodyBytesOf(head.code())
                            + "; send less at a time");
        }
    }

    @Override
    public void passEnded(Connection connection) {
        for (Runnable action : table.passEnds()) {
            try {
                action.run();
            } catch (RuntimeException bug) { // what the others do is not only for this connection
                LOG.error("an action at the end of a pass failed", bug);
            }
        }
    }

    @Override
    public void closed(Connection connection) {
        LOG.debug("{} is closed", connection);
        for (Consumer<Connection> action : table.closes()) {
            try {
                action.accept(connection);
            } catch (RuntimeException bug) { // the others have to forget the connection, too
                LOG.error("an action at the end of {} failed", connection, bug);
            }
        }
    }

    private <Q, R> void serve(Entry<Q, R> entry, Connection connection, Frame frame) {
        OneReply<R> reply = new OneReply<>(connection, frame, entry.encode());
        if (entry instanceof Entry.Inline<Q, R> inline) {
            serveInline(inline, frame, reply);
        } else if (entry instanceof Entry.Blocking<Q, R> waits) {
            serveWaiting(waits, frame, reply);
        }
    }

    private static <Q, R> void serveInline(
            Entry.Inline<Q, R> entry, Frame frame, OneReply<R> reply) {
        try {
            entry.handler().handle(entry.decode().apply(frame), reply);
        } catch (RuntimeException failure) {
            answerFailure(failure, frame, reply);
        }
    }

    private <Q, R> void serveWaiting(Entry.Blocking<Q, R> entry, Frame frame, OneReply<R> reply) {
        int bytes = frame.body().remaining();
        if (!waiting.enter(bytes)) {
            reply.fail(Answer.refused(ResponseCode.SYSTEM_BUSY, Waiting.FULL));
            return;
        }
        boolean accepted = false;
        try {
            Frame kept = frame.withOwnBody();
            blocking.execute(() -> serveBlocking(entry, kept, reply));
            accepted = true;
        } catch (RejectedExecutionException ended) {
            reply.fail(Answer.refused(ResponseCode.SYSTEM_BUSY, "the server is shutting down"));
        } finally {
            if (!accepted) {
                waiting.leave(bytes);
            }
        }
    }

    private <Q, R> void serveBlocking(Entry.Blocking<Q, R> entry, Frame kept, OneReply<R> reply) {
        int bytes = kept.body().remaining();
        try {
            reply.send(entry.handler().handle(entry.decode().apply(kept), reply.caller()));
        } catch (RuntimeException | Error failure) { // behind it there is nobody who would answer
            answerFailure(failure, kept, reply);
        } finally {
            waiting.leave(bytes);
        }
    }

    private static void answerFailure(Throwable failure, Frame frame, OneReply<?> reply) {
        if (failure instanceof InvalidRequestException || failure instanceof ProtocolException) {
            reply.fail(Answer.refused(ResponseCode.SYSTEM_ERROR, failure.getMessage()));
        } else {
            LOG.error("request {} failed", frame.code(), failure);
            reply.fail(OneReply.failed(failure));
        }
    }

    private static void refuse(Connection connection, Frame request, int code, String remark) {
        new OneReply<Answer>(connection, request, answer -> answer)
                .send(Answer.refused(code, remark));
    }
}
