package bolide.protocol.frame;

import bolide.protocol.text.Excerpt;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * The extension fields of a header, by name, in the order in which they were written. On the wire
 * every value is text; numbers and truth values are read from it on demand.
 */
public final class Fields {
    /** No field at all. */
    public static final Fields NONE = new Fields(new String[0], 0);

    private final String[] pairs; // name, value, name, value ...
    private final int length;

    private Fields(String[] pairs, int length) {
        this.pairs = pairs;
        this.length = length;
    }

    /**
     * @return a builder without any field
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * @return how many fields there are
     */
    public int size() {
        return length / 2;
    }

    /**
     * @return whether there is such a field, be its value empty
     */
    public boolean has(String name) {
        return indexOf(name) >= 0;
    }

    /**
     * @throws InvalidRequestException when there is no such field
     */
    public String text(String name) {
        int at = indexOf(name);
        if (at < 0) {
            throw new InvalidRequestException("header field " + name + " is missing");
        }
        return pairs[at + 1];
    }

    /**
     * @return the value; the fallback when there is no such field
     */
    public String text(String name, String fallback) {
        int at = indexOf(name);
        return at < 0 ? fallback : pairs[at + 1];
    }

    /**
     * @throws InvalidRequestException when there is no such field or it is no 32-bit number
     */
    public int integer(String name) {
        return parseInteger(name, text(name));
    }

    /**
     * @throws InvalidRequestException when the field is there and is no 32-bit number
     */
    public int integer(String name, int fallback) {
        int at = indexOf(name);
        return at < 0 ? fallback : parseInteger(name, pairs[at + 1]);
    }

    /**
     * @throws InvalidRequestException when there is no such field or it is no 64-bit number
     */
    public long number(String name) {
        return parseNumber(name, text(name));
    }

    /**
     * @throws InvalidRequestException when the field is there and is no 64-bit number
     */
    public long number(String name, long fallback) {
        int at = indexOf(name);
        return at < 0 ? fallback : parseNumber(name, pairs[at + 1]);
    }

    /**
     * @return whether the field says "true" in any case; the fallback when there is none
     */
    public boolean truth(String name, boolean fallback) {
        int at = indexOf(name);
        return at < 0 ? fallback : "true".equalsIgnoreCase(pairs[at + 1]);
    }

    /** Hands over names and values in the order in which they were put. */
    public void forEach(BiConsumer<String, String> action) {
        for (int at = 0; at < length; at += 2) {
            action.accept(pairs[at], pairs[at + 1]);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fields that
                && Arrays.equals(pairs, 0, length, that.pairs, 0, that.length);
    }

    @Override
    public int hashCode() {
        return Arrays.asList(pairs).subList(0, length).hashCode();
    }

    /**
     * @return names and values for people, each cut short and on one line
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int at = 0; at < length; at += 2) {
            text.append(at == 0 ? "" : ", ").append(Excerpt.of(pairs[at]));
            text.append('=').append(Excerpt.of(pairs[at + 1]));
        }
        return text.append('}').toString();
    }

    private int indexOf(String name) {
        for (int at = 0; at < length; at += 2) {
            if (pairs[at].equals(name)) {
                return at;
            }
        }
        return -1;
    }

    private static int parseInteger(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException notANumber) {
            throw new InvalidRequestException(
                    "header field " + name + " is not a 32-bit number: " + Excerpt.of(value));
        }
    }

    private static long parseNumber(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException notANumber) {
            throw new InvalidRequestException(
                    "header field " + name + " is not a 64-bit number: " + Excerpt.of(value));
        }
    }

    /** Collects fields; a name given again replaces the value given before. */
    public static final class Builder {
        private String[] pairs = new String[16];
        private int length;

        private Builder() {}

        /**
         * @param value replaces the name's value when it has one, in the same place
         */
        public Builder put(String name, String value) {
            for (int at = 0; at < length; at += 2) {
                if (pairs[at].equals(name)) {
                    pairs[at + 1] = value;
                    return this;
                }
            }
            if (length == pairs.length) {
                pairs = Arrays.copyOf(pairs, 2 * length);
            }
            pairs[length++] = name;
            pairs[length++] = value;
            return this;
        }

        public Builder put(String name, long value) {
            return put(name, Long.toString(value));
        }

        public Builder put(String name, boolean value) {
            return put(name, Boolean.toString(value));
        }

        public int size() {
            return length / 2;
        }

        public Fields build() {
            return length == 0 ? NONE : new Fields(Arrays.copyOf(pairs, length), length);
        }
    }
}
