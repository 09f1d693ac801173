package bolide.protocol.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The number by which a consume queue knows a tag: the hash code of its text; 0 is no tag. */
public final class TagHash {
    private static final byte[] TAGS = PropertyNames.TAGS.getBytes(StandardCharsets.US_ASCII);

    private TagHash() {}

    /**
     * @return the tag's hash, sign-extended
     */
    public static long of(String tag) {
        return tag.hashCode();
    }

    /** The same for a record's encoded properties, without making objects of ASCII tags. */
    static long ofProperties(ByteBuffer bytes, int from, int length) {
        long place = MessageProperties.find(bytes, from, length, TAGS);
        if (place < 0) {
            return 0;
        }
        int at = (int) (place >>> 32);
        int end = at + (int) place;
        int hash = 0;
        for (int i = at; i < end; i++) {
            byte b = bytes.get(i);
            if (b < 0) {
                return of(text(bytes, at, end - at));
            }
            hash = 31 * hash + b;
        }
        return hash;
    }

    private static String text(ByteBuffer bytes, int at, int length) {
        byte[] copy = new byte[length];
        bytes.get(at, copy);
        return new String(copy, StandardCharsets.UTF_8);
    }
}
