package bolide.protocol.frame;

/** The limits on extension fields, which hold for both header formats. */
final class FieldLimits {
    private FieldLimits() {}

    static void checkCount(int count, FrameLimits limits) {
        if (count > limits.fields()) {
            throw new ProtocolException(
                    "header has more than " + limits.fields() + " fields; send fewer");
        }
    }

    static void checkName(int bytes, FrameLimits limits) {
        if (bytes > limits.fieldNameBytes()) {
            throw new ProtocolException(
                    "field name of " + bytes + " bytes exceeds " + limits.fieldNameBytes());
        }
    }
}
