package bolide.broker.tcp;

import static bolide.protocol.frame.RequestCode.*;

import bolide.broker.group.HeartbeatHandler;
import bolide.broker.group.Members;
import bolide.broker.group.Producers;
import bolide.broker.lock.LockHandler;
import bolide.broker.offset.CommitHandler;
import bolide.broker.pull.PullHandler;
import bolide.broker.query.FindCommitted;
import bolide.broker.query.QueueQueries;
import bolide.broker.query.ViewMessage;
import bolide.broker.refusal.Outcome;
import bolide.broker.reply.ReplyHandler;
import bolide.broker.send.SendHandler;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.group.ConsumerIds;
import bolide.protocol.group.Heartbeat;
import bolide.protocol.group.UnregisterClient;
import bolide.protocol.lock.LockRequest;
import bolide.protocol.offset.CommittedOffset;
import bolide.protocol.offset.QueueRequest;
import bolide.protocol.offset.SearchOffset;
import bolide.protocol.pull.PullRequest;
import bolide.protocol.route.MessageQueue;
import bolide.protocol.send.SendRequest;
import bolide.protocol.send.SendResponse;
import bolide.protocol.text.Excerpt;
import bolide.remoting.Answer;
import bolide.remoting.RequestTable;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// The broker's requests in the binary protocol, a line each.
///
/// @param storeHost the broker's address as clients know it
public record BrokerRequests(
        InetSocketAddress storeHost,
        SendHandler send,
        ReplyHandler reply,
        PullHandler pull,
        HeartbeatHandler heartbeat,
        Members members,
        Producers producers,
        LockHandler locks,
        CommitHandler commit,
        FindCommitted committed,
        QueueQueries queues,
        ViewMessage view) {

    public void addTo(RequestTable table) {
        SendAnswers sent = new SendAnswers(storeHost);
        table.inline(SEND_MESSAGE, SendRequest::decode, send, sent::encode)
                .inline(SEND_MESSAGE_V2, SendRequest::decode, send, sent::encode)
                .inline(SEND_BATCH_MESSAGE, SendRequest::decode, send, sent::encode)
                .inline(SEND_REPLY_MESSAGE, SendRequest::decode, reply, BrokerRequests::replied)
                .inline(SEND_REPLY_MESSAGE_V2, SendRequest::decode, reply, BrokerRequests::replied)
                .inline(PULL_MESSAGE, PullRequest::decode, pull, PullAnswers::encode)
                .inline(LITE_PULL_MESSAGE, PullRequest::decode, pull, PullAnswers::encode)
                .inline(HEART_BEAT, Heartbeat::decode, heartbeat, RefusalCodes::answerOrOk)
                .inline(
                        UNREGISTER_CLIENT,
                        UnregisterClient::decode,
                        (farewell, reply) -> {
                            producers.unregister(farewell, reply.caller().connection());
                            members.unregister(farewell, reply.caller().connection());
                            reply.send(Optional.empty());
                        },
                        RefusalCodes::answerOrOk)
                .inline(
                        GET_CONSUMER_LIST_BY_GROUP,
                        ConsumerIds::groupOf,
                        (group, reply) -> reply.send(new Ids(group, members.clientIds(group))),
                        Ids::encode)
                .blocking(LOCK_BATCH_MQ, LockRequest::decode, locks::lock, BrokerRequests::locked)
                .blocking(
                        UNLOCK_BATCH_MQ,
                        LockRequest::decode,
                        locks::unlock,
                        RefusalCodes::answerOrOk)
                .blocking(
                        UPDATE_CONSUMER_OFFSET,
                        CommitHandler.Commit::decode,
                        commit,
                        RefusalCodes::answerOrOk)
                .blocking(
                        QUERY_CONSUMER_OFFSET,
                        CommittedOffset::decode,
                        committed::handle,
                        result -> number("offset", result))
                .blocking(
                        GET_MAX_OFFSET,
                        QueueRequest::decode,
                        queues::maxOffset,
                        result -> number("offset", result))
                .blocking(
                        GET_MIN_OFFSET,
                        QueueRequest::decode,
                        queues::minOffset,
                        result -> number("offset", result))
                .blocking(
                        SEARCH_OFFSET_BY_TIMESTAMP,
                        SearchOffset::decode,
                        queues::offsetAt,
                        result -> number("offset", result))
                .blocking(
                        GET_EARLIEST_MSG_STORETIME,
                        QueueRequest::decode,
                        queues::earliestTime,
                        result -> number("timestamp", result))
                .blocking(
                        VIEW_MESSAGE_BY_ID,
                        frame -> frame.fields().number("offset"),
                        view,
                        BrokerRequests::record)
                .afterClose(producers::closed)
                .afterClose(members::closed)
                .afterClose(pull::closed);
    }

    private static Answer replied(Outcome<SendResponse> outcome) {
        return RefusalCodes.answer(outcome, response -> Answer.ok(response.encode()));
    }

    private static Answer locked(Outcome<List<MessageQueue>> outcome) {
        return RefusalCodes.answer(outcome, queues -> Answer.ok(LockRequest.encodeLocked(queues)));
    }

    private static Answer number(String field, QueueQueries.NumberResult result) {
        return switch (result) {
            case QueueQueries.NumberResult.Found found ->
                    Answer.ok(Fields.builder().put(field, found.number()).build());
            case QueueQueries.NumberResult.Refused refused ->
                    RefusalCodes.answer(refused.refusal());
        };
    }

    private static Answer record(ViewMessage.Result result) {
        return switch (result) {
            case ViewMessage.Result.Found found -> Answer.ok(ByteBuffer.wrap(found.record()));
            case ViewMessage.Result.Refused refused -> RefusalCodes.answer(refused.refusal());
        };
    }

    /// The members of a group that somebody asked for.
    private record Ids(String group, List<String> clientIds) {
        private Answer encode() {
            return clientIds.isEmpty()
                    ? Answer.refused(
                            ResponseCode.SYSTEM_ERROR,
                            "no consumer of group " + Excerpt.of(group) + " is online")
                    : Answer.ok(ConsumerIds.encode(clientIds));
        }
    }
}
