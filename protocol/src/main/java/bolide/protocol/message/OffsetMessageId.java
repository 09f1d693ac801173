package bolide.protocol.message;

import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.text.Excerpt;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Where a message is stored, as text: upper-case hex of the broker's address (4 or 16 bytes), its
 * port (i32) and the record's position (i64).
 *
 * @param storeHost the broker's address
 * @param position the record's first byte in its commit log
 */
public record OffsetMessageId(InetSocketAddress storeHost, long position) {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /**
     * @return 32 digits for a V4 address, 56 for a V6 one
     */
    public String encode() {
        byte[] address = storeHost.getAddress().getAddress();
        ByteBuffer bytes = ByteBuffer.allocate(address.length + 12);
        bytes.put(address).putInt(storeHost.getPort()).putLong(position);
        return HEX.formatHex(bytes.array());
    }

    /**
     * @throws InvalidRequestException when the text is no such id
     */
    public static OffsetMessageId decode(String text) {
        if (text.length() != 32 && text.length() != 56) {
            throw invalid(text);
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(HEX.parseHex(text));
            byte[] address = new byte[bytes.remaining() - 12];
            bytes.get(address);
            int port = bytes.getInt();
            return new OffsetMessageId(
                    new InetSocketAddress(InetAddress.getByAddress(address), port),
                    bytes.getLong());
        } catch (IllegalArgumentException | UnknownHostException notHex) {
            throw invalid(text);
        }
    }

    private static InvalidRequestException invalid(String text) {
        return new InvalidRequestException(
                "an offset message id has 32 or 56 hex digits; this is " + Excerpt.of(text));
    }
}
