package bolide.broker.reply;

import bolide.broker.group.Producers;
import bolide.broker.refusal.Outcome;
import bolide.broker.refusal.Refusal;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.message.MessageProperties;
import bolide.protocol.message.PropertyNames;
import bolide.protocol.send.PushedReply;
import bolide.protocol.send.SendRequest;
import bolide.protocol.send.SendResponse;
import bolide.protocol.text.Excerpt;
import bolide.remoting.Caller;
import bolide.remoting.Connection;
import bolide.remoting.InlineHandler;
import bolide.remoting.PeerCalls;
import bolide.remoting.Reply;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Hands a reply to the client that has sent a request and waits, over the connection it has
/// opened, and answers when that client has. Nothing is kept of a reply: who does not wait any more
/// does not need it.
public final class ReplyHandler implements InlineHandler<SendRequest, Outcome<SendResponse>> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String NO_PLACE = "0"; // what Apache's broker gives for a message's id

    private final Producers producers;
    private final PeerCalls calls;
    private final String storeHost;
    private final InstantSource clock;

    /// @param storeHost the broker's address as clients know it, resolved
    public ReplyHandler(
            Producers producers,
            PeerCalls calls,
            InetSocketAddress storeHost,
            InstantSource clock) {
        this.producers = producers;
        this.calls = calls;
        this.storeHost = text(storeHost);
        this.clock = clock;
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    @Override
    public void handle(SendRequest request, Reply<Outcome<SendResponse>> reply) {
        Map<String, String> properties = MessageProperties.decode(request.propertyText());
        String clientId = properties.getOrDefault(PropertyNames.REPLY_TO_CLIENT, "");
        if (clientId.isEmpty()) {
            reply.send(
                    Outcome.refused(
                            Refusal.Reason.MESSAGE_ILLEGAL,
                            "property "
                                    + PropertyNames.REPLY_TO_CLIENT
                                    + " is missing, so nobody is named who waits for this reply;"
                                    + " make it from the request, which names its sender"));
            return;
        }
        Optional<Connection> waiting = producers.channel(clientId);
        if (waiting.isEmpty()) {
            reply.send(notHandedOver(clientId, "has no connection to this broker"));
            return;
        }
        int queueId = Math.max(0, request.queueId());
        calls.request(waiting.get(), pushed(request, properties, reply.caller()), PATIENCE)
                .thenAccept(outcome -> reply.send(result(outcome, clientId, queueId)));
    }

    private Frame pushed(SendRequest request, Map<String, String> properties, Caller caller) {
        long now = clock.millis();
        properties.put(PropertyNames.PUSH_REPLY_TIME, Long.toString(now));
        return new PushedReply(
                        request,
                        MessageProperties.encode(properties),
                        text(caller.connection().remoteAddress()),
                        storeHost,
                        now)
                .encode()
                .withOwnBody(); // the request's is read over before the client has taken it
    }

    private static Outcome<SendResponse> result(
            PeerCalls.Outcome outcome, String clientId, int queueId) {
        return switch (outcome) {
            case PeerCalls.Outcome.Answered answered ->
                    answered.response().code() == ResponseCode.SUCCESS
                            ? Outcome.of(new SendResponse(NO_PLACE, queueId, 0, ""))
                            : notHandedOver(
                                    clientId,
                                    "refused it with code "
                                            + answered.response().code()
                                            + ": "
                                            + Excerpt.of(answered.response().remark()));
            case PeerCalls.Outcome.TimeUp late ->
                    notHandedOver(
                            clientId, "did not take it within " + PATIENCE.toSeconds() + " s");
            case PeerCalls.Outcome.NotTaken stuck ->
                    notHandedOver(clientId, "does not take what was sent to it before");
            case PeerCalls.Outcome.Lost lost -> notHandedOver(clientId, "went offline just now");
        };
    }

    private static Outcome<SendResponse> notHandedOver(String clientId, String why) {
        return Outcome.refused(
                Refusal.Reason.NOT_FOUND,
                "the reply is not handed over: client "
                        + Excerpt.of(clientId)
                        + ", which is to wait for it, "
                        + why
                        + "; it has to send its request again");
    }
}
