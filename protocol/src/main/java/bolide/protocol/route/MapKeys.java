package bolide.protocol.route;

import bolide.protocol.json.JsonWriter;

/**
 * How numbers are written as keys of a JSON object: which of the two a peer can read depends on it.
 */
public enum MapKeys {
    /** {@code {"0":…}}: standard JSON. */
    QUOTED,
    /** {@code {0:…}}: what Apache's peers write, and older clients in other languages expect. */
    BARE;

    void write(JsonWriter json, long key) {
        if (this == BARE) {
            json.bareName(key);
        } else {
            json.name(Long.toString(key));
        }
    }
}
