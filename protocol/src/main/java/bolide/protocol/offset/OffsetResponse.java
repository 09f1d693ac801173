package bolide.protocol.offset;

import bolide.protocol.frame.Fields;

/**
 * An offset: the answer to requests 14 (committed), 29 (of a time), 30 (max) and 31 (min).
 *
 * @param offset a message's number in its queue, or one past the last
 */
public record OffsetResponse(long offset) {
    private static final String OFFSET = "offset";

    public Fields encode() {
        return Fields.builder().put(OFFSET, offset).build();
    }

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when the field is missing or no number
     */
    public static OffsetResponse decode(Fields fields) {
        return new OffsetResponse(fields.number(OFFSET));
    }
}
