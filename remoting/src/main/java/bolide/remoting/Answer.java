package bolide.remoting;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.ResponseCode;
import java.nio.ByteBuffer;

/**
 * What is answered to a request; number, format and version are added by the connection.
 *
 * @param code see {@link ResponseCode}
 * @param remark one sentence for people, empty for none: cause, value, limit and remedy of a
 *     refusal
 * @param fields the extension fields
 * @param body the body
 */
public record Answer(int code, String remark, Fields fields, Payload body) {
    public static Answer ok() {
        return ok(Fields.NONE);
    }

    public static Answer ok(Fields fields) {
        return new Answer(ResponseCode.SUCCESS, "", fields, Payload.empty());
    }

    public static Answer ok(ByteBuffer body) {
        return new Answer(ResponseCode.SUCCESS, "", Fields.NONE, Payload.of(body));
    }

    public static Answer refused(int code, String remark) {
        return new Answer(code, remark, Fields.NONE, Payload.empty());
    }
}
