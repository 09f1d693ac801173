package bolide.protocol.frame;

import bolide.protocol.json.JsonException;
import bolide.protocol.json.JsonReader;
import bolide.protocol.json.JsonWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The JSON header: an object with {@code code}, {@code language}, {@code version}, {@code opaque},
 * {@code flag}, {@code remark} and {@code extFields}. Unknown keys are passed over; numbers and
 * truth values among the extension fields count as their text, nulls as absent. A language that is
 * not known, or no name at all, is nothing to close a connection for.
 */
final class JsonHeader {
    private JsonHeader() {}

    static Frame decode(ByteBuffer header, FrameLimits limits) {
        try {
            return read(new JsonReader(header, FrameLimits.JSON_DEPTH), limits);
        } catch (JsonException malformed) {
            throw new ProtocolException("header is not JSON: " + malformed.getMessage());
        }
    }

    private static Frame read(JsonReader json, FrameLimits limits) {
        int code = 0;
        Language language = Language.OTHER;
        int version = 0;
        int opaque = 0;
        int flag = 0;
        String remark = "";
        Fields fields = Fields.NONE;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "code" -> code = json.nextInt(0);
                case "language" -> language = Language.ofName(json.nextAsText());
                case "version" -> version = json.nextInt(0);
                case "opaque" -> opaque = json.nextInt(0);
                case "flag" -> flag = json.nextInt(0);
                case "remark" -> remark = json.nextText("");
                case "extFields" -> fields = fields(json, limits);
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

    private static Fields fields(JsonReader json, FrameLimits limits) {
        if (json.nextIsNull()) {
            return Fields.NONE;
        }
        Fields.Builder fields = Fields.builder();
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            FieldLimits.checkName(name, limits);
            if (!json.nextIsNull()) {
                fields.put(name, json.nextAsText());
                FieldLimits.checkCount(fields.size(), limits);
            }
        }
        json.endObject();
        return fields.build();
    }

    static byte[] encode(Frame frame) {
        JsonWriter json = new JsonWriter();
        json.beginObject();
        json.name("code").value(frame.code());
        if (frame.fields().size() > 0 || frame.isResponse()) {
            json.name("extFields").beginObject();
            frame.fields().forEach((name, value) -> json.name(name).value(value));
            json.endObject();
        }
        json.name("flag").value(frame.flag());
        json.name("language").value(frame.language().name());
        json.name("opaque").value(frame.opaque());
        if (!frame.remark().isEmpty()) {
            json.name("remark").value(frame.remark());
        }
        json.name("serializeTypeCurrentRPC").value("JSON");
        json.name("version").value(frame.version());
        json.endObject();
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
