package bolide.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * Bytes and texts as Apache's peers write them, kept as files; lines beginning with # are remarks.
 */
public final class Golden {
    private Golden() {}

    /**
     * @return the file's lines without remarks and empty ones
     */
    public static List<String> lines(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no golden file " + name);
            }
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return all.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * @return the file's only line
     */
    public static String text(String name) {
        List<String> lines = lines(name);
        if (lines.size() != 1) {
            throw new IllegalArgumentException(name + " has " + lines.size() + " lines, not one");
        }
        return lines.get(0);
    }

    /**
     * @return the file's only line as a body
     */
    public static ByteBuffer body(String name) {
        return utf8(text(name));
    }

    /**
     * @return what the file's lines, joined, say in hex; spaces do not count
     */
    public static byte[] bytes(String name) {
        return hex(String.join("", lines(name)));
    }

    public static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    public static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @return the buffer's bytes from position to limit as text
     */
    public static String text(ByteBuffer utf8) {
        return StandardCharsets.UTF_8.decode(utf8.duplicate()).toString();
    }
}
