package bolide.protocol.route;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/** Bodies of compressed registrations as the fact sheet describes them. */
final class Compressed {
    private static final Deflater DEFLATER = new Deflater(); // making one is dear

    private Compressed() {}

    /**
     * @param dataVersion as JSON
     * @param topics one line each
     */
    static ByteBuffer registration(String dataVersion, String... topics) {
        return deflated(ByteBuffer.wrap(parts(dataVersion, topics)));
    }

    /** The same before it is compressed. */
    static byte[] parts(String dataVersion, String... topics) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        part(out, dataVersion);
        out.writeBytes(ByteBuffer.allocate(4).putInt(topics.length).array());
        for (String topic : topics) {
            part(out, topic);
        }
        part(out, "[]"); // filter servers
        out.writeBytes(ByteBuffer.allocate(4).putInt(0).array()); // queue mappings
        return out.toByteArray();
    }

    private static void part(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(ByteBuffer.allocate(4).putInt(bytes.length).array());
        out.writeBytes(bytes);
    }

    static synchronized ByteBuffer deflated(ByteBuffer plain) {
        DEFLATER.reset();
        DEFLATER.setInput(plain.duplicate());
        DEFLATER.finish();
        ByteBuffer out = ByteBuffer.allocate(plain.remaining() + 100);
        DEFLATER.deflate(out);
        return out.flip();
    }
}
