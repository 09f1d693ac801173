package bolide.broker.tcp;

import bolide.broker.send.SendResult;
import bolide.protocol.message.OffsetMessageId;
import bolide.protocol.send.SendResponse;
import bolide.remoting.Answer;
import java.net.InetSocketAddress;
import java.util.StringJoiner;

/// Puts the outcome of a send into the words of the binary protocol.
final class SendAnswers {
    private final InetSocketAddress storeHost;

    /// @param storeHost the broker's address as clients know it, part of every message id
    SendAnswers(InetSocketAddress storeHost) {
        this.storeHost = storeHost;
    }

    Answer encode(SendResult result) {
        return switch (result) {
            case SendResult.Refused refused -> RefusalCodes.answer(refused.refusal());
            case SendResult.Stored stored ->
                    Answer.ok(
                            new SendResponse(
                                            ids(stored.positions()),
                                            stored.queueId(),
                                            stored.queueOffset(),
                                            stored.uniqueKey())
                                    .encode());
        };
    }

    private String ids(long[] positions) {
        StringJoiner ids = new StringJoiner(",");
        for (long position : positions) {
            ids.add(new OffsetMessageId(storeHost, position).encode());
        }
        return ids.toString();
    }
}
