package bolide.client.consumer;

import bolide.client.route.BrokerException;
import bolide.client.route.RouteCache;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.group.Subscription;
import bolide.protocol.pull.PullRequest;
import bolide.protocol.pull.PullResponse;
import bolide.protocol.route.MessageQueue;
import bolide.remoting.RemotingClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks brokers for messages. For any thread. */
final class Puller {
    private static final Duration GRACE = Duration.ofSeconds(15); // on top of what may be held

    private final String group;
    private final RemotingClient remoting;
    private final RouteCache routes;
    private final RecordReader reader;

    Puller(String group, RemotingClient remoting, RouteCache routes, RecordReader reader) {
        this.group = group;
        this.remoting = remoting;
        this.routes = routes;
        this.reader = reader;
    }

    /**
     * @param hold for how long the broker may keep the request while there is nothing to give
     * @return what came of it; failed with {@link BrokerException}, {@link
     *     bolide.remoting.NetworkException}, {@link bolide.client.route.NoRouteException}, or
     *     {@link bolide.protocol.frame.ProtocolException} when what came is damaged
     */
    CompletableFuture<PullResult> pull(
            MessageQueue queue, Subscription wanted, long offset, int max, Duration hold) {
        int flags = PullRequest.SUBSCRIPTION | (hold.isZero() ? 0 : PullRequest.SUSPEND);
        PullRequest request =
                new PullRequest(
                        group,
                        queue.topic(),
                        queue.queueId(),
                        offset,
                        max,
                        flags,
                        0,
                        hold.toMillis(),
                        wanted.version(),
                        wanted.expression(),
                        wanted.expressionType(),
                        0);
        return routes.route(queue.topic())
                .thenCompose(route -> {
                    String address = route.addressFor(queue);
                    return remoting.request(address, request.encode(), hold.plus(GRACE))
                            .thenApply(answer -> read(answer, queue, wanted, address));
                });
    }

    private PullResult read(Frame answer, MessageQueue queue, Subscription wanted, String address) {
        PullResult.Status status =
                switch (answer.code()) {
                    case ResponseCode.SUCCESS -> PullResult.Status.FOUND;
                    case ResponseCode.PULL_NOT_FOUND -> PullResult.Status.NOTHING_NEW;
                    case ResponseCode.PULL_RETRY_IMMEDIATELY -> PullResult.Status.NOTHING_MATCHED;
                    case ResponseCode.PULL_OFFSET_MOVED -> PullResult.Status.OFFSET_MOVED;
                    default -> throw new BrokerException("a pull of " + queue, address, answer);
                };
        PullResponse response = PullResponse.decode(answer.fields());
        int sentBytes = answer.body().remaining();
        List<ReceivedMessage> messages =
                status == PullResult.Status.FOUND
                        ? reader.read(answer.body(), wanted, queue.brokerName())
                        : List.of();
        return new PullResult(
                status,
                messages,
                response.nextBeginOffset(),
                response.minOffset(),
                response.maxOffset(),
                Math.max(sentBytes, bodyBytes(messages)));
    }

    /** Bodies may have been sent compressed. */
    private static int bodyBytes(List<ReceivedMessage> messages) {
        long bytes = 0;
        for (ReceivedMessage message : messages) {
            bytes += message.body().length;
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }
}
