package bolide.protocol.json;

import java.util.Arrays;

/**
 * Names of members as they were written lately, quoted and with their colon: most objects have the
 * same few names. Any thread may ask; one that misses what another has just found writes it anew.
 */
final class WrittenNames {
    private static final int SLOTS = 256;
    private static final int MOST_CHARS = 64;

    private record Written(String name, byte[] bytes) {}

    private final Written[] met = new Written[SLOTS];

    /**
     * @return not to be changed
     */
    byte[] of(String name) {
        int hash = name.hashCode();
        int slot = (hash ^ hash >>> 16) & SLOTS - 1;
        Written written = met[slot];
        if (written == null || !written.name().equals(name)) {
            written = new Written(name, write(name));
            if (name.length() <= MOST_CHARS) {
                met[slot] = written;
            }
        }
        return written.bytes();
    }

    private static byte[] write(String name) {
        byte[] quoted = new JsonWriter().value(name).toUtf8();
        byte[] bytes = Arrays.copyOf(quoted, quoted.length + 1);
        bytes[quoted.length] = ':';
        return bytes;
    }
}
