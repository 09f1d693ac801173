package bolide.protocol.frame;

import bolide.protocol.text.RecentTexts;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The binary header.
 *
 * <pre>
 * code     i16 | language u8 | version i16 | opaque i32 | flag i32
 * remark   i32 length, UTF-8
 * fields   i32 length in bytes, then entries: name i16 length + UTF-8, value i32 length + UTF-8
 * </pre>
 *
 * <p>Code and version have room for 16 bits: of larger ones the rest is lost on writing, here as
 * with every peer, so requests from 65,536 on can only be asked for in JSON.
 */
final class BinaryHeader {
    private static final int FIXED_BYTES = 2 + 1 + 2 + 4 + 4 + 4 + 4;
    private static final int LONGEST_NAME = 0xFFFF;

    private BinaryHeader() {}

    static Frame decode(ByteBuffer wire, FrameLimits limits, RecentTexts recent) {
        byte[] bytes = new byte[wire.remaining()]; // a copy, for the fields to stay in
        wire.get(wire.position(), bytes);
        ByteBuffer header = ByteBuffer.wrap(bytes);
        try {
            int code = header.getShort() & 0xFFFF;
            Language language = Language.ofCode(header.get() & 0xFF);
            int version = header.getShort() & 0xFFFF;
            int opaque = header.getInt();
            int flag = header.getInt();
            String remark = remark(header, header.getInt(), recent);
            Fields fields = fields(header, header.getInt(), limits, recent);
            if (header.hasRemaining()) {
                throw new ProtocolException(header.remaining() + " bytes after a binary header");
            }
            return new Frame(
                    HeaderFormat.BINARY,
                    code,
                    language,
                    version,
                    opaque,
                    flag,
                    remark,
                    fields,
                    Frame.emptyBody());
        } catch (BufferUnderflowException tooShort) {
            throw new ProtocolException("binary header ends early");
        }
    }

    private static Fields fields(
            ByteBuffer header, int bytes, FrameLimits limits, RecentTexts recent) {
        if (bytes < 0 || bytes > header.remaining()) {
            throw new ProtocolException(
                    "fields of " + bytes + " bytes in " + header.remaining() + " that are left");
        }
        int end = header.position() + bytes;
        ReadEntries.Builder fields = new ReadEntries.Builder(header.array(), recent);
        while (header.position() < end) {
            int nameLength = header.getShort() & 0xFFFF;
            FieldLimits.checkName(nameLength, limits);
            int nameAt = skip(header, nameLength, "field name");
            int valueLength = header.getInt();
            int valueAt = skip(header, valueLength, "field value");
            fields.put(nameAt, nameAt + nameLength, valueAt, valueAt + valueLength);
            FieldLimits.checkCount(fields.size(), limits);
        }
        if (header.position() != end) {
            throw new ProtocolException("the last field reaches past the announced " + bytes);
        }
        return fields.build();
    }

    private static String remark(ByteBuffer header, int length, RecentTexts recent) {
        int at = skip(header, length, "remark");
        return recent.of(header.array(), at, at + length);
    }

    /**
     * @return where what is skipped begins
     */
    private static int skip(ByteBuffer header, int length, String what) {
        if (length < 0 || length > header.remaining()) {
            throw new ProtocolException(
                    what + " of " + length + " bytes in " + header.remaining() + " that are left");
        }
        int at = header.position();
        header.position(at + length);
        return at;
    }

    static byte[] encode(Frame frame) {
        byte[] remark = frame.remark().getBytes(StandardCharsets.UTF_8);
        byte[][] pairs = new byte[2 * frame.fields().size()][];
        int[] used = new int[2]; // pairs filled, bytes of them
        frame.fields()
                .forEach((name, value) -> {
                    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
                    if (nameBytes.length > LONGEST_NAME) {
                        throw new IllegalArgumentException(
                                "field name of " + nameBytes.length + " bytes");
                    }
                    byte[] valueBytes = value.getBytes(StandardCharsets.UTF_8);
                    pairs[used[0]++] = nameBytes;
                    pairs[used[0]++] = valueBytes;
                    used[1] += 2 + nameBytes.length + 4 + valueBytes.length;
                });
        ByteBuffer out = ByteBuffer.allocate(FIXED_BYTES + remark.length + used[1]);
        out.putShort((short) frame.code());
        out.put((byte) frame.language().ordinal());
        out.putShort((short) frame.version());
        out.putInt(frame.opaque());
        out.putInt(frame.flag());
        out.putInt(remark.length).put(remark);
        out.putInt(used[1]);
        for (int at = 0; at < pairs.length; at += 2) {
            out.putShort((short) pairs[at].length).put(pairs[at]);
            out.putInt(pairs[at + 1].length).put(pairs[at + 1]);
        }
        return out.array();
    }
}
