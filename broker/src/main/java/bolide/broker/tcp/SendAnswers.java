package bolide.broker.tcp;

import bolide.broker.send.SendResult;
import bolide.protocol.message.OffsetMessageId;
import bolide.protocol.send.SendResponse;
import bolide.remoting.Answer;
import java.net.InetSocketAddress;
import java.util.HexFormat;

/// Puts the outcome of a send into the words of the binary protocol.
final class SendAnswers {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final String host; // what all ids begin with

    /// @param storeHost the broker's address as clients know it, part of every message id
    SendAnswers(InetSocketAddress storeHost) {
        String id = new OffsetMessageId(storeHost, 0).encode();
        this.host = id.substring(0, id.length() - 2 * Long.BYTES);
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
        if (positions.length == 1) {
            return host + HEX.toHexDigits(positions[0]);
        }
        StringBuilder ids = new StringBuilder(positions.length * (host.length() + 17));
        for (long position : positions) {
            ids.append(ids.isEmpty() ? "" : ",").append(host).append(HEX.toHexDigits(position));
        }
        return ids.toString();
    }
}
