package bolide.protocol.frame;

import bolide.protocol.json.JsonWriter;
import bolide.protocol.text.Excerpt;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * The extension fields of a header, by name, in the order in which they were written. On the wire
 * every value is text; numbers and truth values are read from it on demand.
 */
public final class Fields {
    /** No field at all. */
    public static final Fields NONE = new Fields(new MadeEntries());

    private final FieldEntries entries;
    // Names are mostly asked for in the order in which they were written, so a search begins behind
    // the last find. Only a hint: whatever another thread leaves there is a place to begin.
    private int next;

    Fields(FieldEntries entries) {
        this.entries = entries;
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
        return entries.size();
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
        return entries.value(present(name));
    }

    /**
     * @return the value; the fallback when there is no such field
     */
    public String text(String name, String fallback) {
        int at = indexOf(name);
        return at < 0 ? fallback : entries.value(at);
    }

    /**
     * @return the value's bytes from position to limit, as the peer wrote them and not to be
     *     changed; none when there is no such field
     */
    public ByteBuffer utf8(String name) {
        int at = indexOf(name);
        return at < 0 ? Frame.emptyBody() : entries.utf8(at);
    }

    /**
     * @throws InvalidRequestException when there is no such field or it is no 32-bit number
     */
    public int integer(String name) {
        return integerAt(present(name));
    }

    /**
     * @throws InvalidRequestException when the field is there and is no 32-bit number
     */
    public int integer(String name, int fallback) {
        int at = indexOf(name);
        return at < 0 ? fallback : integerAt(at);
    }

    /**
     * @throws InvalidRequestException when there is no such field or it is no 64-bit number
     */
    public long number(String name) {
        return numberAt(present(name));
    }

    /**
     * @throws InvalidRequestException when the field is there and is no 64-bit number
     */
    public long number(String name, long fallback) {
        int at = indexOf(name);
        return at < 0 ? fallback : numberAt(at);
    }

    /**
     * @return whether the field says "true" in any case; the fallback when there is none
     */
    public boolean truth(String name, boolean fallback) {
        int at = indexOf(name);
        return at < 0 ? fallback : entries.isTrue(at);
    }

    /** Hands over names and values in the order in which they were put. */
    public void forEach(BiConsumer<String, String> action) {
        for (int at = 0; at < entries.size(); at++) {
            action.accept(entries.name(at), entries.value(at));
        }
    }

    /** Writes names and values as the entries of a JSON object. */
    void write(JsonWriter json) {
        for (int at = 0; at < entries.size(); at++) {
            json.name(entries.name(at));
            entries.writeValue(at, json);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fields that && Arrays.equals(pairs(), that.pairs());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pairs());
    }

    /**
     * @return names and values for people, each cut short and on one line
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        forEach((name, value) -> {
            text.append(text.length() == 1 ? "" : ", ").append(Excerpt.of(name));
            text.append('=').append(Excerpt.of(value));
        });
        return text.append('}').toString();
    }

    private String[] pairs() {
        String[] pairs = new String[2 * entries.size()];
        for (int at = 0; at < entries.size(); at++) {
            pairs[2 * at] = entries.name(at);
            pairs[2 * at + 1] = entries.value(at);
        }
        return pairs;
    }

    private int present(String name) {
        int at = indexOf(name);
        if (at < 0) {
            throw new InvalidRequestException("header field " + name + " is missing");
        }
        return at;
    }

    private int indexOf(String name) {
        int size = entries.size();
        int from = Math.min(next, size);
        for (int at = from; at < size; at++) {
            if (entries.name(at).equals(name)) {
                next = at + 1;
                return at;
            }
        }
        for (int at = 0; at < from; at++) {
            if (entries.name(at).equals(name)) {
                next = at + 1;
                return at;
            }
        }
        return -1;
    }

    private int integerAt(int at) {
        try {
            return Math.toIntExact(entries.number(at));
        } catch (ArithmeticException | NumberFormatException notANumber) {
            throw notANumber(at, 32);
        }
    }

    private long numberAt(int at) {
        try {
            return entries.number(at);
        } catch (NumberFormatException notANumber) {
            throw notANumber(at, 64);
        }
    }

    private InvalidRequestException notANumber(int at, int bits) {
        return new InvalidRequestException(
                "header field "
                        + entries.name(at)
                        + " is not a "
                        + bits
                        + "-bit number: "
                        + Excerpt.of(entries.value(at)));
    }

    /** Collects fields; a name given again replaces the value given before. */
    public static final class Builder {
        private MadeEntries entries = new MadeEntries();
        private boolean built;

        private Builder() {}

        /**
         * @param value replaces the name's value when it has one, in the same place
         */
        public Builder put(String name, String value) {
            own().put(name, value);
            return this;
        }

        public Builder put(String name, long value) {
            own().put(name, value);
            return this;
        }

        public Builder put(String name, boolean value) {
            return put(name, Boolean.toString(value));
        }

        public int size() {
            return entries.size();
        }

        public Fields build() {
            built = true;
            return size() == 0 ? NONE : new Fields(entries);
        }

        /** What has been built never changes. */
        private MadeEntries own() {
            if (built) {
                built = false;
                entries = new MadeEntries(entries);
            }
            return entries;
        }
    }
}
