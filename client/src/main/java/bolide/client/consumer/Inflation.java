package bolide.client.consumer;

import bolide.protocol.frame.ProtocolException;
import bolide.protocol.message.SysFlag;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Undoes the compression of message bodies, up to a limit. */
final class Inflation {
    private static final int TYPE_SHIFT = 8;
    private static final int UNNAMED = 0; // what producers wrote before there was a choice
    private static final int ZLIB = 3;

    private final int maxBytes;

    /**
     * @param maxBytes the largest body that is made of a smaller one
     */
    Inflation(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * @return the body as its producer gave it
     * @throws ProtocolException when it cannot be had
     */
    byte[] plain(byte[] body, int sysFlag) {
        if ((sysFlag & SysFlag.COMPRESSED) == 0) {
            return body;
        }
        int type = (sysFlag & SysFlag.COMPRESSION_MASK) >> TYPE_SHIFT;
        if (type != UNNAMED && type != ZLIB) {
            throw new ProtocolException(
                    "body is compressed in a way this client cannot read ("
                            + type
                            + "); set the producer to zlib");
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(body);
            return inflate(inflater, body.length);
        } catch (DataFormatException damaged) {
            throw new ProtocolException("compressed body is damaged: " + damaged.getMessage());
        } finally {
            inflater.end();
        }
    }

    private byte[] inflate(Inflater inflater, int compressedBytes) throws DataFormatException {
        int room = (int) Math.min(maxBytes, Math.max(1024, 4L * compressedBytes)) + 1;
        byte[] out = new byte[room]; // one byte too many shows that there are more
        int length = 0;
        while (!inflater.finished()) {
            if (length == out.length) {
                out = Arrays.copyOf(out, (int) Math.min(maxBytes, 2L * length) + 1);
            }
            int got = inflater.inflate(out, length, out.length - length);
            if (got == 0 && !inflater.finished()) {
                throw new ProtocolException("compressed body ends early");
            }
            length += got;
            if (length > maxBytes) {
                throw new ProtocolException("compressed body has more than " + maxBytes + " bytes");
            }
        }
        return Arrays.copyOf(out, length);
    }
}
