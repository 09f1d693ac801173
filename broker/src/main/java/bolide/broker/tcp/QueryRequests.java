package bolide.broker.tcp;

import static bolide.protocol.frame.RequestCode.*;

import bolide.broker.query.DumpQueue;
import bolide.broker.query.QueryMessages;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.query.MessageQuestion;
import bolide.protocol.query.QueueDumpQuestion;
import bolide.remoting.Answer;
import bolide.remoting.Payload;
import bolide.remoting.RequestTable;
import java.nio.ByteBuffer;

/// What people look up in the store, a line each.
public record QueryRequests(QueryMessages messages, DumpQueue queue) {

    public void addTo(RequestTable table) {
        table.blocking(
                        QUERY_MESSAGE,
                        MessageQuestion::decode,
                        messages,
                        outcome -> RefusalCodes.answer(outcome, QueryRequests::encode))
                .blocking(
                        QUERY_CONSUME_QUEUE,
                        QueueDumpQuestion::decode,
                        queue,
                        outcome -> RefusalCodes.answer(outcome, dump -> Answer.ok(dump.encode())));
    }

    private static Answer encode(QueryMessages.Found found) {
        return new Answer(
                ResponseCode.SUCCESS,
                "",
                Fields.builder()
                        .put("indexLastUpdateTimestamp", found.newestMillis())
                        .put("indexLastUpdatePhyoffset", found.newestPosition())
                        .build(),
                new Payload(
                        found.records().stream().map(ByteBuffer::wrap).toArray(ByteBuffer[]::new),
                        () -> {}));
    }
}
