package bolide.protocol.frame;

import java.nio.ByteBuffer;

/**
 * One request or response.
 *
 * @param format how its header is, or is to be, written
 * @param code what is asked, or how it went
 * @param language the sender's implementation language
 * @param version the sender's version, see {@link Version}
 * @param opaque the number that pairs a response with its request on one connection
 * @param flag bit 0: a response; bit 1: one-way, never to be answered
 * @param remark free text for people, empty when there is none
 * @param fields the extension fields
 * @param body the bytes behind the header; position and limit bound them. A reader must not keep it
 *     longer than the giver's contract allows
 */
public record Frame(
        HeaderFormat format,
        int code,
        Language language,
        int version,
        int opaque,
        int flag,
        String remark,
        Fields fields,
        ByteBuffer body) {
    private static final int RESPONSE = 1;
    private static final int ONE_WAY = 2;
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    /**
     * @return a body without bytes
     */
    public static ByteBuffer emptyBody() {
        return EMPTY;
    }

    /** A request as Bolide's own client writes it; the connection gives it its number. */
    public static Frame request(int code, Fields fields, ByteBuffer body) {
        return new Frame(
                HeaderFormat.JSON, code, Language.JAVA, Version.OURS, 0, 0, "", fields, body);
    }

    public static Frame request(int code, Fields fields) {
        return request(code, fields, EMPTY);
    }

    /**
     * @return an answer to this request, in its format and with its number
     */
    public Frame answer(int responseCode, String text, Fields answerFields, ByteBuffer answerBody) {
        return new Frame(
                format,
                responseCode,
                Language.JAVA,
                Version.OURS,
                opaque,
                RESPONSE,
                text,
                answerFields,
                answerBody);
    }

    public Frame withOpaque(int number) {
        return new Frame(format, code, language, version, number, flag, remark, fields, body);
    }

    public Frame asOneWay() {
        return new Frame(
                format, code, language, version, opaque, flag | ONE_WAY, remark, fields, body);
    }

    public Frame withFields(Fields otherFields) {
        return new Frame(format, code, language, version, opaque, flag, remark, otherFields, body);
    }

    public Frame withBody(ByteBuffer otherBody) {
        return new Frame(format, code, language, version, opaque, flag, remark, fields, otherBody);
    }

    /**
     * @return the same with a body of its own, for whoever keeps it when the network has gone on
     */
    public Frame withOwnBody() {
        return body.hasRemaining()
                ? withBody(ByteBuffer.allocate(body.remaining()).put(body.duplicate()).flip())
                : withBody(emptyBody());
    }

    public boolean isResponse() {
        return (flag & RESPONSE) != 0;
    }

    public boolean isOneWay() {
        return (flag & ONE_WAY) != 0;
    }
}
