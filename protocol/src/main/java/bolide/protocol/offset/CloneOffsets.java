package bolide.protocol.offset;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;

/**
 * Lets a group begin where another one is: request 314.
 *
 * @param from the group whose offsets are copied
 * @param to the group that gets them
 * @param topic the only topic it is about; empty: all topics
 */
public record CloneOffsets(String from, String to, String topic) {
    /**
     * @throws bolide.protocol.frame.InvalidRequestException when a field is missing
     */
    public static CloneOffsets decode(Frame frame) {
        Fields fields = frame.fields();
        return new CloneOffsets(
                fields.text("srcGroup"), fields.text("destGroup"), fields.text("topic", ""));
    }

    public Frame encode() {
        Fields fields =
                Fields.builder()
                        .put("srcGroup", from)
                        .put("destGroup", to)
                        .put("topic", topic)
                        .put("offline", false)
                        .build();
        return Frame.request(RequestCode.CLONE_GROUP_OFFSET, fields);
    }
}
