package bolide.broker.client;

import bolide.broker.group.Members;
import bolide.broker.query.ViewMessage;
import bolide.broker.refusal.Outcome;
import bolide.broker.refusal.Refusal;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.message.OffsetMessageId;
import bolide.protocol.offset.ConsumerStatus;
import bolide.protocol.route.MessageQueue;
import bolide.protocol.text.Excerpt;
import bolide.remoting.Caller;
import bolide.remoting.Connection;
import bolide.remoting.PeerCalls;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// Asks consumers what somebody wants to know of them, over the connections they have opened, and
/// hands their answers on, whatever their codes. For threads that may wait.
public final class ConsumerCalls {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Members members;
    private final ViewMessage view;
    private final PeerCalls calls;

    public ConsumerCalls(Members members, ViewMessage view, PeerCalls calls) {
        this.members = members;
        this.view = view;
        this.calls = calls;
    }

    /// What the consumer is at. The request goes on as it came.
    public Outcome<Frame> runningInfo(Frame request, Caller caller) {
        return forward(request, request.body());
    }

    /// The consumer is to consume one message now, whatever its turn; what comes of it.
    public Outcome<Frame> consumeDirectly(Frame request, Caller caller) {
        return switch (view.handle(positionOf(request.fields().text("msgId")), caller)) {
            case ViewMessage.Result.Refused refused -> new Outcome.Refused<>(refused.refusal());
            case ViewMessage.Result.Found found ->
                    forward(request, ByteBuffer.wrap(found.record()));
        };
    }

    private static long positionOf(String id) {
        try {
            return OffsetMessageId.decode(id).position();
        } catch (IllegalArgumentException other) {
            throw new InvalidRequestException(
                    "message id " + Excerpt.of(id) + " names no place in a broker's log");
        }
    }

    private Outcome<Frame> forward(Frame request, ByteBuffer body) {
        String group = request.fields().text("consumerGroup");
        String clientId = request.fields().text("clientId");
        Connection connection = members.channels(group).get(clientId);
        if (connection == null) {
            return Outcome.refused(
                    Refusal.Reason.NOT_FOUND,
                    "no consumer " + Excerpt.of(clientId) + " of " + name(group) + " is online");
        }
        Frame question = Frame.request(request.code(), request.fields(), body);
        return switch (calls.request(connection, question, PATIENCE).join()) {
            case PeerCalls.Outcome.Answered answered -> Outcome.of(answered.response());
            case PeerCalls.Outcome.TimeUp late ->
                    Outcome.refused(
                            Refusal.Reason.CLIENT_SILENT,
                            "consumer "
                                    + clientId
                                    + " did not answer within "
                                    + PATIENCE.toSeconds()
                                    + " s");
            case PeerCalls.Outcome.Lost lost ->
                    Outcome.refused(
                            Refusal.Reason.NOT_FOUND,
                            "consumer " + clientId + " went offline before it answered");
        };
    }

    private static String name(String group) {
        return "consumer group " + Excerpt.of(group);
    }

    /// How far the members say they have come, by member: all of the group's, or the one that is
    /// named. Who does not answer is left out.
    public Outcome<SortedMap<String, SortedMap<MessageQueue, Long>>> status(
            ConsumerStatus.Question question, Caller caller) {
        Map<String, CompletableFuture<PeerCalls.Outcome>> asked = new HashMap<>();
        members.channels(question.group())
                .forEach((clientId, connection) -> {
                    if (question.clientId().isEmpty() || question.clientId().equals(clientId)) {
                        asked.put(
                                clientId, calls.request(connection, question.toMember(), PATIENCE));
                    }
                });
        if (asked.isEmpty()) {
            return Outcome.refused(
                    Refusal.Reason.NOT_FOUND,
                    "no consumer of " + name(question.group()) + " is online that is asked for");
        }
        SortedMap<String, SortedMap<MessageQueue, Long>> answers = new TreeMap<>();
        asked.forEach((clientId, outcome) -> {
            if (outcome.join() instanceof PeerCalls.Outcome.Answered answered
                    && answered.response().code() == ResponseCode.SUCCESS) {
                answers.put(clientId, ConsumerStatus.decodeMember(answered.response().body()));
            }
        });
        return answers.isEmpty()
                ? Outcome.refused(
                        Refusal.Reason.CLIENT_SILENT,
                        "none of the " + asked.size() + " consumers has told its offsets")
                : Outcome.of(answers);
    }
}
