package bolide.protocol.frame;

import java.nio.charset.StandardCharsets;

/** The limits on extension fields, which hold for both header formats. */
final class FieldLimits {
    private FieldLimits() {}

    static void checkCount(int count, FrameLimits limits) {
        if (count > limits.fields()) {
            throw new ProtocolException(
                    "header has more than " + limits.fields() + " fields; send fewer");
        }
    }

    static void checkName(String name, FrameLimits limits) {
        if (3L * name.length() > limits.fieldNameBytes()) { // no character takes more than three
            checkName(name.getBytes(StandardCharsets.UTF_8).length, limits);
        }
    }

    static void checkName(int bytes, FrameLimits limits) {
        if (bytes > limits.fieldNameBytes()) {
            throw new ProtocolException(
                    "field name of " + bytes + " bytes exceeds " + limits.fieldNameBytes());
        }
    }
}
