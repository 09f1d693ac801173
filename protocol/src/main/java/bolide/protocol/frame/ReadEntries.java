package bolide.protocol.frame;

import bolide.protocol.json.JsonWriter;
import bolide.protocol.text.AsciiText;
import bolide.protocol.text.RecentTexts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Entries as they were read: names, and the places of their values in a header's bytes. Most of a
 * request's values are small numbers, and nobody asks for some of the others, so texts are made of
 * them only when asked for.
 */
final class ReadEntries implements FieldEntries {
    private static final String[] NONE = new String[0];

    private final byte[] header;
    private final RecentTexts recent;
    private final String[] names; // may be more than there are entries
    private final int[] places; // of each entry's value: from, to
    private final String[] values; // those that the bytes cannot say; null for the others
    private final int size;

    /**
     * @param names of the entries, in order and each once; not to be changed
     * @param places in the header of each entry's value: from, to
     */
    ReadEntries(byte[] header, RecentTexts recent, String[] names, int[] places) {
        this.header = header;
        this.recent = recent;
        this.names = names;
        this.places = places;
        this.values = NONE;
        this.size = names.length;
    }

    private ReadEntries(Builder read) {
        this.header = read.header;
        this.recent = read.recent;
        this.names = read.names;
        this.places = read.places;
        this.values = read.values;
        this.size = read.size;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public String name(int at) {
        return names[at];
    }

    @Override
    public String value(int at) {
        return isApart(at) ? values[at] : recent.of(header, places[2 * at], places[2 * at + 1]);
    }

    @Override
    public ByteBuffer utf8(int at) {
        int from = places[2 * at];
        return isApart(at)
                ? ByteBuffer.wrap(values[at].getBytes(StandardCharsets.UTF_8))
                : ByteBuffer.wrap(header, from, places[2 * at + 1] - from);
    }

    @Override
    public long number(int at) {
        return isApart(at)
                ? Long.parseLong(values[at])
                : AsciiText.parseLong(header, places[2 * at], places[2 * at + 1]);
    }

    private boolean isApart(int at) {
        return values.length > at && values[at] != null;
    }

    @Override
    public boolean isTrue(int at) {
        if (isApart(at)) {
            return Boolean.parseBoolean(values[at]);
        }
        int from = places[2 * at];
        return places[2 * at + 1] - from == 4
                && (header[from] | 0x20) == 't'
                && (header[from + 1] | 0x20) == 'r'
                && (header[from + 2] | 0x20) == 'u'
                && (header[from + 3] | 0x20) == 'e';
    }

    @Override
    public void writeValue(int at, JsonWriter json) {
        json.value(value(at));
    }

    /** Collects entries as they are found; a name found again replaces the value found before. */
    static final class Builder {
        private static final int USUAL_FIELDS = 16;

        private final byte[] header;
        private final RecentTexts recent;
        private String[] names = new String[USUAL_FIELDS];
        private int[] places = new int[2 * USUAL_FIELDS];
        private String[] values = NONE;
        private int size;

        /**
         * @param header nobody changes the places in it any more once they are put
         */
        Builder(byte[] header, RecentTexts recent) {
            this.header = header;
            this.recent = recent;
        }

        void put(int nameFrom, int nameTo, int valueFrom, int valueTo) {
            put(indexOf(nameFrom, nameTo), valueFrom, valueTo);
        }

        /** The same with a value that does not stand in the header as it is meant. */
        void put(int nameFrom, int nameTo, String value) {
            int at = indexOf(nameFrom, nameTo);
            put(at, 0, 0);
            if (values.length <= at) {
                values = Arrays.copyOf(values, names.length);
            }
            values[at] = value;
        }

        private void put(int at, int valueFrom, int valueTo) {
            places[2 * at] = valueFrom;
            places[2 * at + 1] = valueTo;
            if (values.length > at) {
                values[at] = null;
            }
        }

        private int indexOf(int nameFrom, int nameTo) {
            String name = recent.of(header, nameFrom, nameTo);
            for (int at = 0; at < size; at++) {
                if (names[at].equals(name)) {
                    return at;
                }
            }
            if (size == names.length) {
                names = Arrays.copyOf(names, 2 * size);
                places = Arrays.copyOf(places, 2 * places.length);
            }
            names[size] = name;
            return size++;
        }

        int size() {
            return size;
        }

        Fields build() {
            return size == 0 ? Fields.NONE : new Fields(new ReadEntries(this));
        }
    }
}
