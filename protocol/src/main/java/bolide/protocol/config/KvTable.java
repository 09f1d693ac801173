package bolide.protocol.config;

import bolide.protocol.body.JsonBody;
import bolide.protocol.json.JsonReader;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values by key, as tools are told them: the answer to request 219, and what a broker learns with
 * its registration (103) of topics whose order somebody relies on.
 *
 * @param entries all of them, sorted; copied
 */
public record KvTable(SortedMap<String, String> entries) {
    public KvTable {
        entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    }

    public ByteBuffer encode() {
        return JsonBody.write(json -> {
            json.beginObject();
            json.name("table").beginObject();
            entries.forEach((key, value) -> json.name(key).value(value));
            json.endObject();
            json.endObject();
        });
    }

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when the body is not that
     */
    public static KvTable decode(ByteBuffer body) {
        return JsonBody.read(body, "a table of keys and values", KvTable::read);
    }

    private static KvTable read(JsonReader json) {
        SortedMap<String, String> entries = Collections.emptySortedMap();
        json.beginObject();
        while (json.hasNext()) {
            if (json.nextName().equals("table")) {
                entries = readEntries(json);
            } else {
                json.skipValue();
            }
        }
        json.endObject();
        return new KvTable(entries);
    }

    /**
     * @return the texts of an object by name; none when it is null
     * @throws bolide.protocol.json.JsonException when the next value is anything else
     */
    public static SortedMap<String, String> readEntries(JsonReader json) {
        SortedMap<String, String> entries = new TreeMap<>();
        if (json.nextIsNull()) {
            return entries;
        }
        json.beginObject();
        while (json.hasNext()) {
            entries.put(json.nextName(), json.nextText(""));
        }
        json.endObject();
        return entries;
    }
}
