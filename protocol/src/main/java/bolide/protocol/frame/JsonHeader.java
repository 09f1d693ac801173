package bolide.protocol.frame;

import bolide.protocol.json.JsonException;
import bolide.protocol.json.JsonReader;
import bolide.protocol.json.JsonWriter;
import bolide.protocol.text.RecentTexts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The JSON header: an object with {@code code}, {@code language}, {@code version}, {@code opaque},
 * {@code flag}, {@code remark} and {@code extFields}. Unknown keys are passed over; numbers and
 * truth values among the extension fields count as their text, nulls as absent. A language that is
 * not known, or no name at all, is nothing to close a connection for.
 */
final class JsonHeader {
    // What stands between the values of a header. Benchmark: SendHeaderBenchmark.answer.
    private static final byte[] CODE = ascii("{\"code\":");
    private static final byte[] FIELDS = ascii(",\"extFields\":{");
    private static final byte[] FIELDS_END = ascii("}");
    private static final byte[] FLAG = ascii(",\"flag\":");
    private static final byte[] LANGUAGE = ascii(",\"language\":");
    private static final byte[] OPAQUE = ascii(",\"opaque\":");
    private static final byte[] REMARK = ascii(",\"remark\":");
    private static final byte[] VERSION =
            ascii(",\"serializeTypeCurrentRPC\":\"JSON\",\"version\":");
    private static final byte[] END = ascii("}");

    private JsonHeader() {}

    /**
     * @param header stays with the frame's fields; escapes in it are replaced where they stand
     */
    static Frame decode(byte[] header, FrameLimits limits, RecentTexts recent) {
        try {
            return read(
                    new JsonReader(ByteBuffer.wrap(header), FrameLimits.JSON_DEPTH),
                    header,
                    limits,
                    recent);
        } catch (JsonException malformed) {
            throw new ProtocolException("header is not JSON: " + malformed.getMessage());
        }
    }

    private static Frame read(
            JsonReader json, byte[] header, FrameLimits limits, RecentTexts recent) {
        int code = 0;
        Language language = Language.OTHER;
        int version = 0;
        int opaque = 0;
        int flag = 0;
        String remark = "";
        Fields fields = Fields.NONE;
        json.beginObject();
        while (json.hasNext()) {
            switch (name(json, header, recent)) {
                case "code" -> code = json.nextInt(0);
                case "language" -> language = language(json, header, recent);
                case "version" -> version = json.nextInt(0);
                case "opaque" -> opaque = json.nextInt(0);
                case "flag" -> flag = json.nextInt(0);
                case "remark" -> remark = json.nextText("");
                case "extFields" -> fields = fields(json, header, limits, recent);
                default -> json.skipValue();
            }
        }
        json.endObject();
        json.end();
        return new Frame(
                HeaderFormat.JSON,
                code,
                language,
                version,
                opaque,
                flag,
                remark,
                fields,
                Frame.emptyBody());
    }

    private static String name(JsonReader json, byte[] header, RecentTexts recent) {
        return json.nextNameInPlace()
                ? recent.of(header, json.placeFrom(), json.placeTo())
                : json.nextName();
    }

    private static Language language(JsonReader json, byte[] header, RecentTexts recent) {
        return Language.ofName(
                json.nextInPlace()
                        ? recent.of(header, json.placeFrom(), json.placeTo())
                        : json.nextAsText());
    }

    private static Fields fields(
            JsonReader json, byte[] header, FrameLimits limits, RecentTexts recent) {
        if (json.nextIsNull()) {
            return Fields.NONE;
        }
        ReadEntries.Builder fields = new ReadEntries.Builder(header, recent);
        json.beginObject();
        while (json.hasNext()) {
            if (!json.nextNameInPlace()) {
                return oddFields(json, fields.build(), limits);
            }
            int nameFrom = json.placeFrom();
            int nameTo = json.placeTo();
            FieldLimits.checkName(nameTo - nameFrom, limits);
            if (json.nextIsNull()) {
                continue;
            }
            if (json.nextInPlace()) {
                fields.put(nameFrom, nameTo, json.placeFrom(), json.placeTo());
            } else {
                fields.put(nameFrom, nameTo, json.nextAsText());
            }
            FieldLimits.checkCount(fields.size(), limits);
        }
        json.endObject();
        return fields.build();
    }

    /** Reads on from a name that is no plain text. */
    private static Fields oddFields(JsonReader json, Fields before, FrameLimits limits) {
        Fields.Builder fields = Fields.builder();
        before.forEach(fields::put);
        do {
            String name = json.nextName();
            FieldLimits.checkName(name, limits);
            if (!json.nextIsNull()) {
                fields.put(name, json.nextAsText());
                FieldLimits.checkCount(fields.size(), limits);
            }
        } while (json.hasNext());
        json.endObject();
        return fields.build();
    }

    static void encode(Frame frame, JsonWriter json) {
        json.raw(CODE).value(frame.code());
        if (frame.fields().size() > 0 || frame.isResponse()) {
            json.raw(FIELDS);
            frame.fields().write(json);
            json.raw(FIELDS_END);
        }
        json.raw(FLAG).value(frame.flag());
        json.raw(LANGUAGE).value(frame.language().name());
        json.raw(OPAQUE).value(frame.opaque());
        if (!frame.remark().isEmpty()) {
            json.raw(REMARK).value(frame.remark());
        }
        json.raw(VERSION).value(frame.version());
        json.raw(END);
    }

    private static byte[] ascii(String piece) {
        return piece.getBytes(StandardCharsets.US_ASCII);
    }
}
