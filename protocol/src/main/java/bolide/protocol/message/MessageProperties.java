package bolide.protocol.message;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A message's properties as text: {@code name 0x01 value 0x02}, repeated. The last 0x02 may be
 * missing; a name that occurs twice has its last value.
 */
public final class MessageProperties {
    /** Most bytes that the properties of one record may take, the record checksum included. */
    public static final int MAX_BYTES = 32767;

    static final char NAME_END = 1;
    static final char VALUE_END = 2;

    private MessageProperties() {}

    /**
     * @return the properties in their order; parts without a name are passed over
     */
    public static Map<String, String> decode(String text) {
        Map<String, String> properties = new LinkedHashMap<>();
        int nameEnd = text.indexOf(NAME_END);
        while (nameEnd >= 0) { // each character is looked at twice at most
            int nameAt = text.lastIndexOf(VALUE_END, nameEnd) + 1;
            int end = text.indexOf(VALUE_END, nameEnd);
            if (end < 0) {
                end = text.length();
            }
            if (nameEnd > nameAt) {
                properties.put(text.substring(nameAt, nameEnd), text.substring(nameEnd + 1, end));
            }
            nameEnd = text.indexOf(NAME_END, end);
        }
        return properties;
    }

    /**
     * @return the text, with 0x02 at its end; empty for no properties
     */
    public static String encode(Map<String, String> properties) {
        StringBuilder text = new StringBuilder(32 * properties.size());
        properties.forEach((name, value) ->
                text.append(name).append(NAME_END).append(value).append(VALUE_END));
        return text.toString();
    }

    /**
     * @return whether this can be a name or a value: whether it holds neither of the two separators
     */
    public static boolean isSeparatorFree(String text) {
        return text.indexOf(NAME_END) < 0 && text.indexOf(VALUE_END) < 0;
    }

    /**
     * Finds a property in encoded bytes without making objects.
     *
     * @param from where the properties begin
     * @param length how many bytes they have
     * @param name the name, in ASCII
     * @return the value's place as {@code start << 32 | length}; -1 when there is none
     */
    static long find(ByteBuffer bytes, int from, int length, byte[] name) {
        long found = -1;
        int end = from + length;
        int at = from;
        while (at < end) {
            int nameAt = at;
            while (at < end && bytes.get(at) != NAME_END && bytes.get(at) != VALUE_END) {
                at++;
            }
            if (at >= end || bytes.get(at) == VALUE_END) {
                at++;
                continue;
            }
            int nameLength = at - nameAt;
            int valueAt = ++at;
            while (at < end && bytes.get(at) != VALUE_END) {
                at++;
            }
            if (nameLength == name.length && same(bytes, nameAt, name)) {
                found = (long) valueAt << 32 | at - valueAt;
            }
            at++;
        }
        return found;
    }

    private static boolean same(ByteBuffer bytes, int at, byte[] name) {
        for (int i = 0; i < name.length; i++) {
            if (bytes.get(at + i) != name[i]) {
                return false;
            }
        }
        return true;
    }
}
