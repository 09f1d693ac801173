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
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks consumers what somebody wants to know of them, over the connections they have opened, and
/// hands their answers on, whatever their codes. Who asks waits, and with them a message at times:
/// few may at once. For threads that may wait.
public final class ConsumerCalls {
    /// Most questions under way at once; what is asked of all members of a group is one.
    public static final int MOST_QUESTIONS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerCalls.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Semaphore room = new Semaphore(MOST_QUESTIONS);
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
        return inRoom(() -> forward(request, request.body()));
    }

    private <T> Outcome<T> inRoom(Supplier<Outcome<T>> question) {
        if (!room.tryAcquire()) {
            return Outcome.refused(
                    Refusal.Reason.BUSY,
                    MOST_QUESTIONS
                            + " questions to consumers wait for their answers at present, which is"
                            + " the limit; try again in "
                            + PATIENCE.toSeconds()
                            + " s");
        }
        try {
            return question.get();
        } finally {
            room.release();
        }
    }

    /// The consumer is to consume one message now, whatever its turn; what comes of it.
    public Outcome<Frame> consumeDirectly(Frame request, Caller caller) {
        return inRoom(() -> consumeNow(request, caller));
    }

    private Outcome<Frame> consumeNow(Frame request, Caller caller) {
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
            case PeerCalls.Outcome.NotTaken stuck ->
                    Outcome.refused(
                            Refusal.Reason.BUSY,
                            "consumer "
                                    + clientId
                                    + " does not take what was sent to it before, so it is not"
                                    + " asked; see whether it hangs, and try again");
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
    /// named. Who does not answer, or with something else, is left out.
    public Outcome<SortedMap<String, SortedMap<MessageQueue, Long>>> status(
            ConsumerStatus.Question question, Caller caller) {
        return inRoom(() -> gathered(question));
    }

    private Outcome<SortedMap<String, SortedMap<MessageQueue, Long>>> gathered(
            ConsumerStatus.Question question) {
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
                add(answers, clientId, answered.response());
            }
        });
        return answers.isEmpty()
                ? Outcome.refused(
                        Refusal.Reason.CLIENT_SILENT,
                        "none of the " + asked.size() + " consumers has told its offsets")
                : Outcome.of(answers);
    }

    private static void add(
            SortedMap<String, SortedMap<MessageQueue, Long>> answers,
            String clientId,
            Frame answer) {
        try {
            answers.put(clientId, ConsumerStatus.decodeMember(answer.body()));
        } catch (InvalidRequestException other) {
            LOG.debug("what {} tells of its offsets is left out", clientId, other);
        }
    }
}
