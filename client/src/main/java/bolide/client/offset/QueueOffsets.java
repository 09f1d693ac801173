package bolide.client.offset;

import bolide.client.route.BrokerCalls;
import bolide.client.route.BrokerException;
import bolide.client.route.Failures;
import bolide.client.route.RouteCache;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.offset.CommitOffset;
import bolide.protocol.offset.CommittedOffset;
import bolide.protocol.offset.OffsetResponse;
import bolide.protocol.offset.QueueRequest;
import bolide.protocol.route.MessageQueue;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The offsets of queues, and how far groups have come in them, as brokers keep them. For any
 * thread.
 */
public final class QueueOffsets {
    private final BrokerCalls brokers;
    private final RouteCache routes;

    public QueueOffsets(BrokerCalls brokers, RouteCache routes) {
        this.brokers = brokers;
        this.routes = routes;
    }

    /**
     * @return the first offset not yet consumed; none when the group has never been there
     */
    public CompletableFuture<OptionalLong> committed(String group, MessageQueue queue) {
        Frame request = new CommittedOffset(group, queue.topic(), queue.queueId(), false).encode();
        return ask("the offset of " + group + " in " + queue, queue, request)
                .handle((answer, failure) -> {
                    if (failure == null) {
                        return OptionalLong.of(OffsetResponse.decode(answer.fields()).offset());
                    }
                    Throwable cause = Failures.cause(failure);
                    if (cause instanceof BrokerException refusal
                            && refusal.code() == ResponseCode.QUERY_NOT_FOUND) {
                        return OptionalLong.empty();
                    }
                    throw new CompletionException(cause);
                });
    }

    /**
     * @param offset the first one not yet consumed
     * @return done when the broker has it
     */
    public CompletableFuture<Void> commit(String group, MessageQueue queue, long offset) {
        Frame request = new CommitOffset(group, queue.topic(), queue.queueId(), offset).encode();
        return ask("a commit of " + group + " in " + queue, queue, request)
                .thenAccept(answer -> {});
    }

    /**
     * @return the first readable offset
     */
    public CompletableFuture<Long> min(MessageQueue queue) {
        return bound(queue, RequestCode.GET_MIN_OFFSET, "the first offset of ");
    }

    /**
     * @return one past the last readable offset
     */
    public CompletableFuture<Long> max(MessageQueue queue) {
        return bound(queue, RequestCode.GET_MAX_OFFSET, "the last offset of ");
    }

    private CompletableFuture<Long> bound(MessageQueue queue, int code, String asked) {
        Frame request = new QueueRequest(queue.topic(), queue.queueId()).encode(code);
        return ask(asked + queue, queue, request)
                .thenApply(answer -> OffsetResponse.decode(answer.fields()).offset());
    }

    private CompletableFuture<Frame> ask(String asked, MessageQueue queue, Frame request) {
        return routes.route(queue.topic())
                .thenCompose(route -> brokers.ask(asked, route.addressFor(queue), request));
    }
}
