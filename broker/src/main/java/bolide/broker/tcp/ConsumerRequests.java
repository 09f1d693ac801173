package bolide.broker.tcp;

import static bolide.protocol.frame.RequestCode.*;

import bolide.broker.client.ConsumerCalls;
import bolide.broker.refusal.Outcome;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.offset.ConsumerStatus;
import bolide.remoting.Answer;
import bolide.remoting.Payload;
import bolide.remoting.PeerCalls;
import bolide.remoting.RequestTable;

/// What people ask of consumers through the broker, a line each.
///
/// @param calls how consumers are asked
public record ConsumerRequests(ConsumerCalls consumers, PeerCalls calls) {

    public void addTo(RequestTable table) {
        table.blocking(
                        GET_CONSUMER_RUNNING_INFO,
                        frame -> frame,
                        consumers::runningInfo,
                        ConsumerRequests::handOn)
                .blocking(
                        CONSUME_MESSAGE_DIRECTLY,
                        frame -> frame,
                        consumers::consumeDirectly,
                        ConsumerRequests::handOn)
                .blocking(
                        INVOKE_BROKER_TO_GET_CONSUMER_STATUS,
                        ConsumerStatus.Question::decode,
                        consumers::status,
                        outcome ->
                                RefusalCodes.answer(
                                        outcome,
                                        members -> Answer.ok(ConsumerStatus.encode(members))));
        calls.addTo(table);
    }

    private static Answer handOn(Outcome<Frame> outcome) {
        return RefusalCodes.answer(
                outcome,
                response ->
                        new Answer(
                                response.code(),
                                response.remark(),
                                Fields.NONE,
                                Payload.of(response.body())));
    }
}
