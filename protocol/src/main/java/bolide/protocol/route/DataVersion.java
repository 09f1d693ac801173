package bolide.protocol.route;

import bolide.protocol.json.JsonReader;
import bolide.protocol.json.JsonWriter;

/**
 * Which state of a broker's topics somebody has seen; equal versions mean equal topics.
 *
 * @param stateVersion grows when a broker's role changes
 * @param timestamp when the broker's count began or moved, milliseconds
 * @param counter grows with each change
 */
public record DataVersion(long stateVersion, long timestamp, long counter) {
    /** What somebody has seen who has seen nothing. */
    public static final DataVersion NONE = new DataVersion(0, 0, 0);

    /**
     * @return the version after one more change
     */
    public DataVersion next(long nowMillis) {
        return new DataVersion(stateVersion, nowMillis, counter + 1);
    }

    /**
     * @return the next value; NONE when it is null
     * @throws bolide.protocol.json.JsonException when it is no data version
     */
    public static DataVersion read(JsonReader json) {
        long stateVersion = 0;
        long timestamp = 0;
        long counter = 0;
        if (json.nextIsNull()) {
            return NONE;
        }
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "stateVersion" -> stateVersion = json.nextLong(0);
                case "timestamp" -> timestamp = json.nextLong(0);
                case "counter" -> counter = json.nextLong(0);
                default -> json.skipValue();
            }
        }
        json.endObject();
        return new DataVersion(stateVersion, timestamp, counter);
    }

    public void write(JsonWriter json) {
        json.beginObject();
        json.name("counter").value(counter);
        json.name("stateVersion").value(stateVersion);
        json.name("timestamp").value(timestamp);
        json.endObject();
    }
}
