package bolide.protocol.pull;

import bolide.protocol.frame.Fields;

/**
 * What comes with the messages of a pull, or instead of them. Clients take all four numbers for
 * granted in the answers 0, 19, 20 and 21.
 *
 * @param suggestedBrokerId which broker to ask next; 0 is the master
 * @param nextBeginOffset the offset to ask for next
 * @param minOffset the queue's first readable offset
 * @param maxOffset one past the queue's last readable offset
 */
public record PullResponse(
        long suggestedBrokerId, long nextBeginOffset, long minOffset, long maxOffset) {

    public Fields encode() {
        return Fields.builder()
                .put("suggestWhichBrokerId", suggestedBrokerId)
                .put("nextBeginOffset", nextBeginOffset)
                .put("minOffset", minOffset)
                .put("maxOffset", maxOffset)
                .build();
    }

    /**
     * @throws bolide.protocol.frame.InvalidRequestException when a field is missing or no number
     */
    public static PullResponse decode(Fields fields) {
        return new PullResponse(
                fields.number("suggestWhichBrokerId"),
                fields.number("nextBeginOffset"),
                fields.number("minOffset"),
                fields.number("maxOffset"));
    }
}
