package bolide.protocol.frame;

import bolide.protocol.json.JsonWriter;
import java.nio.ByteBuffer;

/** Names and values in their order, by index; no name occurs twice. Never changes. */
interface FieldEntries {
    int size();

    String name(int at);

    String value(int at);

    /**
     * @return the value's UTF-8 bytes from position to limit, not to be changed
     */
    ByteBuffer utf8(int at);

    /**
     * @throws NumberFormatException when the value is no 64-bit number
     */
    long number(int at);

    /**
     * @return whether the value is "true" in any case
     */
    boolean isTrue(int at);

    /** Writes the value as a text. */
    void writeValue(int at, JsonWriter json);
}
