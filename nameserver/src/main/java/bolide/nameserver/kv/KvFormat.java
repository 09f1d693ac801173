package bolide.nameserver.kv;

import bolide.protocol.config.KvTable;
import bolide.protocol.frame.FrameLimits;
import bolide.protocol.json.JsonException;
import bolide.protocol.json.JsonReader;
import bolide.protocol.json.JsonWriter;
import java.nio.ByteBuffer;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;

/// The bytes of all values: the JSON file of Apache's name server, `{"configTable":{namespace:{key:
/// value}}}`, with one entry more, `checksum`, the CRC-32 of that table as it is written here. A
/// file without it is taken as it is.
final class KvFormat {
    private static final String TABLE = "configTable";
    private static final String CHECKSUM = "checksum";
    private static final long NO_CHECKSUM = -1;

    private KvFormat() {}

    static ByteBuffer encode(SortedMap<String, SortedMap<String, String>> namespaces) {
        JsonWriter json = new JsonWriter();
        json.beginObject();
        json.name(CHECKSUM).value(checksum(namespaces));
        json.name(TABLE);
        write(json, namespaces);
        json.endObject();
        return ByteBuffer.wrap(json.toUtf8());
    }

    /// @throws KvStorageException when they are something else or have been changed; the message
    ///   continues a sentence that names the file
    static SortedMap<String, SortedMap<String, String>> decode(ByteBuffer bytes) {
        SortedMap<String, SortedMap<String, String>> namespaces = new TreeMap<>();
        long announced;
        try {
            announced = read(new JsonReader(bytes, FrameLimits.JSON_DEPTH), namespaces);
        } catch (JsonException malformed) {
            throw new KvStorageException(
                    "is damaged, or no name server's: " + malformed.getMessage());
        }
        long found = checksum(namespaces);
        if (announced != NO_CHECKSUM && announced != found) {
            throw new KvStorageException(
                    "is damaged: its content has the checksum " + found + ", not " + announced);
        }
        return namespaces;
    }

    /// @return the checksum that is announced
    private static long read(
            JsonReader json, SortedMap<String, SortedMap<String, String>> namespaces) {
        long checksum = NO_CHECKSUM;
        boolean found = false;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case CHECKSUM -> checksum = json.nextLong(NO_CHECKSUM);
                case TABLE -> {
                    found = true;
                    readTable(json, namespaces);
                }
                default -> json.skipValue();
            }
        }
        json.endObject();
        json.end();
        if (!found) {
            throw new JsonException("there is no " + TABLE);
        }
        return checksum;
    }

    private static void readTable(
            JsonReader json, SortedMap<String, SortedMap<String, String>> namespaces) {
        if (json.nextIsNull()) {
            return;
        }
        json.beginObject();
        while (json.hasNext()) {
            namespaces.put(json.nextName(), KvTable.readEntries(json));
        }
        json.endObject();
    }

    private static long checksum(SortedMap<String, SortedMap<String, String>> namespaces) {
        JsonWriter json = new JsonWriter();
        write(json, namespaces);
        CRC32 crc = new CRC32();
        crc.update(json.toUtf8());
        return crc.getValue();
    }

    private static void write(
            JsonWriter json, SortedMap<String, SortedMap<String, String>> namespaces) {
        json.beginObject();
        namespaces.forEach((namespace, entries) -> {
            json.name(namespace).beginObject();
            entries.forEach((key, value) -> json.name(key).value(value));
            json.endObject();
        });
        json.endObject();
    }
}
