package bolide.client.producer;

import bolide.client.producer.SendReceipt.Safety;
import bolide.client.route.Failures;
import bolide.client.route.Route;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.route.MessageQueue;
import bolide.protocol.send.SendResponse;
import bolide.protocol.text.Excerpt;
import bolide.remoting.RemotingClient;
import bolide.remoting.Timers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Brings messages to brokers: finds the route, chooses the queue, asks, and tries elsewhere what
 * may succeed elsewhere. For any thread; never waits.
 */
final class Sender implements AutoCloseable {
    private static final long PAUSE_MILLIS = 50; // before a broker that failed is asked again

    private final String group;
    private final ProducerSettings settings;
    private final RemotingClient remoting;
    private final SendRoutes routes;
    private final QueueChoice choice;
    private final Timers timers;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Set<Sending> pausing = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Sender(
            String group,
            ProducerSettings settings,
            RemotingClient remoting,
            SendRoutes routes,
            QueueChoice choice,
            Timers timers,
            InstantSource clock,
            LongSupplier nanos) {
        this.group = group;
        this.settings = settings;
        this.remoting = remoting;
        this.routes = routes;
        this.choice = choice;
        this.timers = timers;
        this.clock = clock;
        this.nanos = nanos;
    }

    /**
     * @return the broker's word; failed with {@link SendException}
     */
    CompletableFuture<Stored> send(Outgoing message) {
        Sending sending = new Sending(message);
        sending.tryOnce();
        return sending.result;
    }

    /**
     * Tries once and wants no answer.
     *
     * @param send takes the broker's address and the request
     * @return done when the request was handed over; failed with {@link SendException}
     */
    CompletableFuture<Void> sendOneWay(Outgoing message, OneWaySend send) {
        Optional<Route> known = routes.known(message.topic());
        return known.map(CompletableFuture::completedFuture)
                .orElseGet(() -> routes.find(message.topic()))
                .thenAccept(route -> {
                    MessageQueue queue = choice.choose(route, message.orderingKey(), Set.of());
                    send.send(
                            route.masterOf(queue.brokerName()).orElseThrow(),
                            message.encode(group, queue.queueId(), clock.millis()));
                });
    }

    /** Takes a request to a broker. */
    @FunctionalInterface
    interface OneWaySend {
        void send(String address, Frame request);
    }

    /** Fails what pauses before its next try; what is with a broker ends with the connection. */
    @Override
    public void close() {
        closed = true;
        for (Sending sending : pausing) {
            if (pausing.remove(sending)) {
                sending.tryOnce();
            }
        }
    }

    /** One message, or batch, on its way through its tries. One try at a time is under way. */
    private final class Sending {
        private final Outgoing message;
        private final long bornTimestamp = clock.millis();
        private final long deadlineNanos = nanos.getAsLong() + settings.timeout().toNanos();
        private final CompletableFuture<Stored> result = new CompletableFuture<>();
        private final Set<String> triedInVain = new HashSet<>();
        private int tries;

        Sending(Outgoing message) {
            this.message = message;
        }

        void tryOnce() {
            if (closed) {
                fail(SendException.NO_ANSWER, "the producer is closed", "", "make a new one");
                return;
            }
            Optional<Route> known = routes.known(message.topic());
            if (known.isPresent()) {
                ask(known.get());
                return;
            }
            Timers.Timer timer =
                    timers.after(
                            leftMillis(),
                            () ->
                                    fail(
                                            SendException.NO_ANSWER,
                                            "no name server has told its route within "
                                                    + settings.timeout().toMillis()
                                                    + " ms",
                                            "",
                                            "check that one is running"));
            routes.find(message.topic())
                    .whenComplete((route, failure) -> {
                        timer.cancel();
                        if (failure == null) {
                            ask(route);
                        } else {
                            result.completeExceptionally(Failures.cause(failure));
                        }
                    });
        }

        private void ask(Route route) {
            tries++;
            MessageQueue queue = choice.choose(route, message.orderingKey(), triedInVain);
            String brokerName = queue.brokerName();
            String address = route.masterOf(brokerName).orElseThrow(); // writable only with one
            remoting.request(
                            address,
                            message.encode(group, queue.queueId(), bornTimestamp),
                            Duration.ofMillis(leftMillis()))
                    .handle((answer, failure) -> {
                        if (failure == null) {
                            choice.answered(brokerName);
                            answered(answer, route, queue);
                        } else {
                            choice.failed(brokerName);
                            routes.doubt(message.topic());
                            lost(Failures.cause(failure), route, brokerName);
                        }
                        return result;
                    })
                    .whenComplete((same, bug) -> failOn(bug));
        }

        private void answered(Frame answer, Route route, MessageQueue queue) {
            Optional<Safety> safety = SendCodes.accepted(answer.code());
            if (safety.isPresent()) {
                accept(safety.get(), answer, queue);
            } else if (SendCodes.isWorthAnotherTry(answer.code()) && mayTryAgain()) {
                tryAgain(route, queue.brokerName());
            } else {
                fail(
                        answer.code(),
                        answer.remark(),
                        queue.brokerName(),
                        SendCodes.remedy(answer.code()));
            }
        }

        private void accept(Safety safety, Frame answer, MessageQueue queue) {
            try {
                SendResponse response = SendResponse.decode(answer.fields());
                MessageQueue chosen =
                        new MessageQueue(queue.topic(), queue.brokerName(), response.queueId());
                result.complete(new Stored(safety, chosen, response));
            } catch (InvalidRequestException malformed) {
                fail(
                        answer.code(),
                        "the answer makes no sense: " + malformed.getMessage(),
                        queue.brokerName(),
                        "see what runs at the broker's address");
            }
        }

        private void lost(Throwable cause, Route route, String brokerName) {
            if (mayTryAgain()) {
                tryAgain(route, brokerName);
            } else {
                fail(
                        SendException.NO_ANSWER,
                        cause.getMessage(),
                        brokerName,
                        "it may have been stored all the same; send it again if it must not be"
                                + " lost, and expect it twice");
            }
        }

        private boolean mayTryAgain() {
            return tries <= settings.retries() && leftMillis() > 1;
        }

        /** At once on another broker; after a pause when there is none. */
        private void tryAgain(Route route, String brokerName) {
            triedInVain.add(brokerName);
            boolean hasOther =
                    message.orderingKey().isEmpty()
                            && route.writable().stream()
                                    .anyMatch(queue -> !triedInVain.contains(queue.brokerName()));
            if (hasOther) {
                tryOnce();
                return;
            }
            pausing.add(this);
            timers.after(
                    Math.min(PAUSE_MILLIS << tries, leftMillis() / 2),
                    () -> {
                        if (pausing.remove(this)) {
                            tryOnce();
                        }
                    });
            if (closed && pausing.remove(this)) {
                tryOnce();
            }
        }

        private long leftMillis() {
            long left = deadlineNanos - nanos.getAsLong();
            return Math.max(1, Duration.ofNanos(left).toMillis());
        }

        private void fail(int code, String remark, String brokerName, String remedy) {
            StringBuilder text = new StringBuilder("message to topic ");
            text.append(Excerpt.of(message.topic())).append(" was not acknowledged");
            text.append(" in ").append(tries).append(tries == 1 ? " try and " : " tries and ");
            text.append(settings.timeout().toMillis() - leftMillis()).append(" ms");
            text.append(": ");
            if (code != SendException.NO_ANSWER) {
                text.append("CODE: ").append(code).append("  DESC: ");
            }
            text.append(remark);
            if (!brokerName.isEmpty()) {
                text.append(" (broker ").append(brokerName).append(')');
            }
            text.append("; ").append(remedy);
            result.completeExceptionally(
                    new SendException(text.toString(), code, remark, message.topic(), brokerName));
        }

        /** Nobody is to wait for ever because of a mistake in here. */
        private void failOn(Throwable bug) {
            if (bug != null) {
                result.completeExceptionally(bug);
            }
        }
    }
}
