package bolide.protocol.body;

import bolide.protocol.frame.FrameLimits;
import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.json.JsonException;
import bolide.protocol.json.JsonReader;
import bolide.protocol.json.JsonWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Frame bodies that are one JSON value. */
public final class JsonBody {
    private JsonBody() {}

    /**
     * @param what names the value in an error
     * @throws InvalidRequestException when the body is not that value
     */
    public static <T> T read(ByteBuffer body, String what, Function<JsonReader, T> reader) {
        try {
            JsonReader json = new JsonReader(body, FrameLimits.JSON_DEPTH);
            T value = reader.apply(json);
            json.end();
            return value;
        } catch (JsonException malformed) {
            throw new InvalidRequestException(
                    "body is not " + what + ": " + malformed.getMessage());
        }
    }

    /**
     * @return the bytes of what the writer is told to write
     */
    public static ByteBuffer write(Consumer<JsonWriter> content) {
        JsonWriter json = new JsonWriter();
        content.accept(json);
        return ByteBuffer.wrap(json.toUtf8());
    }

    /**
     * @return the entries of an array; none when it is null
     */
    public static <T> List<T> readList(JsonReader json, Function<JsonReader, T> entry) {
        List<T> entries = new ArrayList<>();
        if (json.nextIsNull()) {
            return entries;
        }
        json.beginArray();
        while (json.hasNext()) {
            entries.add(entry.apply(json));
        }
        json.endArray();
        return entries;
    }

    /**
     * @return the texts of an array; none when it is null
     */
    public static List<String> readTexts(JsonReader json) {
        return readList(json, texts -> texts.nextText(""));
    }

    /**
     * @return the values of an object as texts, sorted by name and without nulls; none when it is
     *     null itself
     */
    public static SortedMap<String, String> readTextsByName(JsonReader json) {
        SortedMap<String, String> texts = new TreeMap<>();
        if (json.nextIsNull()) {
            return texts;
        }
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (!json.nextIsNull()) {
                texts.put(name, json.nextAsText());
            }
        }
        json.endObject();
        return texts;
    }

    /** Writes an array of texts. */
    public static void writeTexts(JsonWriter json, Iterable<String> texts) {
        json.beginArray();
        texts.forEach(json::value);
        json.endArray();
    }
}
