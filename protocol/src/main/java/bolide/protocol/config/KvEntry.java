package bolide.protocol.config;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;

/**
 * A value that a name server is to keep: request 100.
 *
 * @param at under what
 * @param value what
 */
public record KvEntry(KvKey at, String value) {
    /**
     * @throws bolide.protocol.frame.InvalidRequestException when a field is missing
     */
    public static KvEntry decode(Frame frame) {
        return new KvEntry(KvKey.decode(frame), frame.fields().text("value"));
    }

    public Frame encode() {
        return Frame.request(RequestCode.PUT_KV_CONFIG, at.encode().put("value", value).build());
    }
}
