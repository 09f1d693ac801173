package bolide.protocol.frame;

import bolide.protocol.json.Escapes;
import bolide.protocol.json.JsonException;
import bolide.protocol.json.JsonReader;
import bolide.protocol.text.AsciiText;
import bolide.protocol.text.RecentTexts;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What JSON headers of one peer have in common: all but the request's number and the extension
 * fields' values. A header of a shape that has been met is read by comparing what is between its
 * values; whatever else it is, {@link JsonHeader} says. Never changes. Benchmark: {@code
 * SendHeaderBenchmark.read}.
 */
final class JsonShape {
    /** Longest header that a shape is made of, in bytes. */
    static final int MOST_BYTES = 2048;

    private static final byte QUOTE = '"';
    private static final byte ESCAPE = '\\';
    private static final int MOST_DIGITS = 10;

    private final byte[] between;
    private final int[] ends; // in between, of what stands before each value
    private final int numberAt; // which of the values is the request's number
    private final String[] names; // of the fields, whose values are the others
    private final Frame model;

    private JsonShape(byte[] between, int[] ends, int numberAt, String[] names, Frame model) {
        this.between = between;
        this.ends = ends;
        this.numberAt = numberAt;
        this.names = names;
        this.model = model;
    }

    /**
     * @param header a whole header of at most {@link #MOST_BYTES}, untouched; not kept
     * @param frame what it says
     * @return its shape; null when it has none that is worth keeping
     */
    static JsonShape of(byte[] header, Frame frame) {
        try {
            return new Learning(header).learn(frame);
        } catch (JsonException odd) {
            return null;
        }
    }

    /**
     * @param header stays with the frame's fields; escapes in it are replaced where they stand,
     *     also in vain
     * @return the frame, without its body; null when the header has not exactly this shape
     */
    Frame read(byte[] header, RecentTexts recent) {
        int[] places = new int[2 * names.length];
        int field = 0;
        long number = 0;
        int at = 0;
        int from = 0;
        for (int i = 0; i < ends.length; i++) {
            at = behind(header, at, from, ends[i]);
            if (at < 0) {
                return null;
            }
            from = ends[i];
            if (i == numberAt) {
                int end = endOfDigits(header, at);
                if (end == at) {
                    return null;
                }
                number = AsciiText.parseLong(header, at, end);
                at = end;
            } else {
                int end = AsciiText.indexOfEither(header, at, header.length, QUOTE, ESCAPE);
                int textEnd = end;
                if (end < header.length && header[end] == ESCAPE) {
                    int escape = end;
                    end = Escapes.endOfText(header, escape, header.length, QUOTE);
                    textEnd = end < 0 ? -1 : Escapes.unescapeAscii(header, escape, end);
                }
                if (textEnd < 0) {
                    return null;
                }
                places[field++] = at;
                places[field++] = textEnd;
                at = end;
            }
        }
        at = behind(header, at, from, between.length);
        if (at != header.length || number != (int) number) {
            return null;
        }
        return frame((int) number, new ReadEntries(header, recent, names, places));
    }

    /**
     * @return the index behind that part of what is between the values, if it stands there; else -1
     */
    private int behind(byte[] header, int at, int from, int to) {
        int length = to - from;
        return AsciiText.isSame(header, at, between, from, length) ? at + length : -1;
    }

    private static int endOfDigits(byte[] header, int from) {
        int limit = Math.min(header.length, from + MOST_DIGITS);
        int at = from;
        while (at < limit && header[at] >= '0' && header[at] <= '9') {
            at++;
        }
        return at;
    }

    private Frame frame(int number, ReadEntries entries) {
        return new Frame(
                HeaderFormat.JSON,
                model.code(),
                model.language(),
                model.version(),
                number,
                model.flag(),
                model.remark(),
                names.length == 0 ? Fields.NONE : new Fields(entries),
                Frame.emptyBody());
    }

    /** Walks through a header once more and notes where its values are. */
    private static final class Learning {
        private final byte[] header;
        private final JsonReader json;
        private final ByteArrayOutputStream between = new ByteArrayOutputStream();
        private final List<Integer> ends = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private int at; // behind the last value
        private int numberAt = -1;

        Learning(byte[] header) {
            this.header = header;
            this.json = new JsonReader(ByteBuffer.wrap(header.clone()), FrameLimits.JSON_DEPTH);
        }

        JsonShape learn(Frame frame) {
            json.beginObject();
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "opaque" -> number();
                    case "extFields" -> fields();
                    default -> json.skipValue();
                }
            }
            json.endObject();
            json.end();
            between.write(header, at, header.length - at);
            require(numberAt >= 0 && frame.remark().isEmpty()); // remarks differ
            require(names.size() == frame.fields().size()); // else one of them was given twice
            return new JsonShape(
                    between.toByteArray(),
                    ends.stream().mapToInt(Integer::intValue).toArray(),
                    numberAt,
                    names.toArray(String[]::new),
                    frame.withFields(Fields.NONE));
        }

        private void number() {
            require(numberAt < 0 && json.nextInPlace() && !isQuoted());
            numberAt = ends.size();
            value(json.placeTo());
        }

        private void fields() {
            require(names.isEmpty());
            if (json.nextIsNull()) {
                return;
            }
            json.beginObject();
            while (json.hasNext()) {
                String name = json.nextName().intern(); // as those are that it is compared with
                if (!json.nextIsNull()) {
                    names.add(name);
                    require(json.nextInPlace() && isQuoted());
                    value(json.offset() - 1);
                }
            }
            json.endObject();
        }

        private static void require(boolean usual) {
            if (!usual) {
                throw new JsonException("not written as peers usually do");
            }
        }

        private boolean isQuoted() {
            int before = json.placeFrom() - 1;
            return before >= 0 && header[before] == QUOTE;
        }

        private void value(int end) {
            between.write(header, at, json.placeFrom() - at);
            ends.add(between.size());
            at = end;
        }
    }
}
