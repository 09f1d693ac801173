package bolide.broker.tcp;

import bolide.broker.send.SendResult;
import bolide.protocol.message.OffsetMessageId;
import bolide.protocol.send.SendResponse;
import bolide.remoting.Answer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/// Puts the outcome of a send into the words of the binary protocol.
final class SendAnswers {
    private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.ISO_8859_1);
    private static final int ID_DIGITS = 2 * Long.BYTES; // of the position

    private final byte[] host; // what all ids begin with

    /// @param storeHost the broker's address as clients know it, part of every message id
    SendAnswers(InetSocketAddress storeHost) {
        String id = new OffsetMessageId(storeHost, 0).encode();
        this.host = id.substring(0, id.length() - ID_DIGITS).getBytes(StandardCharsets.ISO_8859_1);
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

    /// In place, digit by digit: a batch has many of them. Benchmark: `send-batch`, AllocationTest.
    private String ids(long[] positions) {
        int length = host.length + ID_DIGITS;
        byte[] ids = new byte[positions.length * (length + 1) - 1];
        for (int i = 0; i < positions.length; i++) {
            int at = i * (length + 1);
            if (i > 0) {
                ids[at - 1] = ',';
            }
            System.arraycopy(host, 0, ids, at, host.length);
            for (int digit = 0; digit < ID_DIGITS; digit++) {
                int shift = Long.SIZE - 4 * (digit + 1);
                ids[at + host.length + digit] = DIGITS[(int) (positions[i] >>> shift) & 0xF];
            }
        }
        return new String(ids, StandardCharsets.ISO_8859_1);
    }
}
