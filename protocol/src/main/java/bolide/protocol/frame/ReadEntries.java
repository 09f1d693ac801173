package bolide.protocol.frame;

import bolide.protocol.text.AsciiText;
import bolide.protocol.text.RecentTexts;
import java.util.Arrays;

/**
 * Entries as they were read: places in a header's bytes. Most of a request's fields are small
 * numbers, and nobody asks for some of the others, so texts are made only when asked for.
 */
final class ReadEntries implements FieldEntries {
    private final byte[] header;
    private final RecentTexts recent;
    private final int[] places; // of each entry: name from, to, value from, to
    private final String[] values; // those that the bytes cannot say; null for the others
    private final int size;

    private ReadEntries(Builder read) {
        this.header = read.header;
        this.recent = read.recent;
        this.places = read.places;
        this.values = read.values;
        this.size = read.size;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean isNamed(int at, String name) {
        int from = places[4 * at];
        int length = places[4 * at + 1] - from;
        if (length < name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 0x80) {
                return name(at).equals(name);
            }
            if (header[from + i] != c) {
                return false;
            }
        }
        return length == name.length();
    }

    @Override
    public String name(int at) {
        return recent.of(header, places[4 * at], places[4 * at + 1]);
    }

    @Override
    public String value(int at) {
        return isApart(at) ? values[at] : recent.of(header, places[4 * at + 2], places[4 * at + 3]);
    }

    @Override
    public long number(int at) {
        return isApart(at)
                ? Long.parseLong(values[at])
                : AsciiText.parseLong(header, places[4 * at + 2], places[4 * at + 3]);
    }

    private boolean isApart(int at) {
        return values.length > at && values[at] != null;
    }

    @Override
    public boolean isTrue(int at) {
        if (isApart(at)) {
            return Boolean.parseBoolean(values[at]);
        }
        int from = places[4 * at + 2];
        return places[4 * at + 3] - from == 4
                && (header[from] | 0x20) == 't'
                && (header[from + 1] | 0x20) == 'r'
                && (header[from + 2] | 0x20) == 'u'
                && (header[from + 3] | 0x20) == 'e';
    }

    /** Collects entries as they are found; a name found again replaces the value found before. */
    static final class Builder {
        private static final String[] NONE = new String[0];
        private static final int USUAL_FIELDS = 16;

        private final byte[] header;
        private final RecentTexts recent;
        private int[] places = new int[4 * USUAL_FIELDS];
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
            put(place(nameFrom, nameTo), valueFrom, valueTo);
        }

        /** The same with a value that does not stand in the header as it is meant. */
        void put(int nameFrom, int nameTo, String value) {
            int at = place(nameFrom, nameTo);
            put(at, 0, 0);
            if (values.length <= at) {
                values = Arrays.copyOf(values, places.length / 4);
            }
            values[at] = value;
        }

        private void put(int at, int valueFrom, int valueTo) {
            places[4 * at + 2] = valueFrom;
            places[4 * at + 3] = valueTo;
            if (values.length > at) {
                values[at] = null;
            }
        }

        private int place(int nameFrom, int nameTo) {
            int length = nameTo - nameFrom;
            for (int at = 0; at < size; at++) {
                int from = places[4 * at];
                if (places[4 * at + 1] - from == length && isSame(from, nameFrom, length)) {
                    return at;
                }
            }
            if (4 * size == places.length) {
                places = Arrays.copyOf(places, 2 * places.length);
            }
            places[4 * size] = nameFrom;
            places[4 * size + 1] = nameTo;
            return size++;
        }

        /** Most names differ in their first byte. */
        private boolean isSame(int one, int other, int length) {
            for (int i = 0; i < length; i++) {
                if (header[one + i] != header[other + i]) {
                    return false;
                }
            }
            return true;
        }

        int size() {
            return size;
        }

        Fields build() {
            return size == 0 ? Fields.NONE : new Fields(new ReadEntries(this));
        }
    }
}
