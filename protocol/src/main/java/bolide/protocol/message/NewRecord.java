package bolide.protocol.message;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * A message on its way into the log: everything about it but its place and its time there.
 *
 * @param topic the topic in UTF-8, at most 65,535 bytes; older peers read no more than 127
 * @param queueId the queue, counted from 0
 * @param flag the application's number
 * @param sysFlag see {@link SysFlag}; the two address bits are set by {@link #encode}
 * @param bornTimestamp the producer's clock, milliseconds
 * @param bornHost the producer's address
 * @param storeHost the broker's address as clients know it
 * @param reconsumeTimes how often the message has been delivered in vain
 * @param preparedTransactionOffset the half message's position, or 0
 * @param body the body from position to limit; for one thread at a time
 * @param properties the properties in UTF-8, empty or ending in 0x02, without the record checksum
 *     and short enough for it: {@link #MAX_PROPERTIES_BYTES}
 */
public record NewRecord(
        byte[] topic,
        int queueId,
        int flag,
        int sysFlag,
        long bornTimestamp,
        RecordHost bornHost,
        RecordHost storeHost,
        int reconsumeTimes,
        long preparedTransactionOffset,
        ByteBuffer body,
        byte[] properties) {
    /** Most bytes of properties that leave room for the record checksum. */
    public static final int MAX_PROPERTIES_BYTES = MessageProperties.MAX_BYTES - RecordCrc.BYTES;

    private static final int MAX_TOPIC_BYTES = 0xFFFF;

    /**
     * @throws IllegalArgumentException when topic or properties do not fit into a record, or the
     *     properties do not end where another one may begin
     */
    public NewRecord {
        if (topic.length > MAX_TOPIC_BYTES) {
            throw new IllegalArgumentException("topic of " + topic.length + " bytes");
        }
        if (properties.length > MAX_PROPERTIES_BYTES) {
            throw new IllegalArgumentException(
                    "properties of "
                            + properties.length
                            + " bytes; at most "
                            + MAX_PROPERTIES_BYTES
                            + " fit into a record");
        }
        if (properties.length > 0
                && properties[properties.length - 1] != MessageProperties.VALUE_END) {
            throw new IllegalArgumentException("properties do not end in 0x02");
        }
    }

    /**
     * @param bornHost the producer's address, resolved
     * @param storeHost the broker's address as clients know it, resolved
     */
    public NewRecord(
            byte[] topic,
            int queueId,
            int flag,
            int sysFlag,
            long bornTimestamp,
            InetSocketAddress bornHost,
            InetSocketAddress storeHost,
            int reconsumeTimes,
            long preparedTransactionOffset,
            ByteBuffer body,
            byte[] properties) {
        this(
                topic,
                queueId,
                flag,
                sysFlag,
                bornTimestamp,
                RecordHost.of(bornHost),
                RecordHost.of(storeHost),
                reconsumeTimes,
                preparedTransactionOffset,
                body,
                properties);
    }

    /**
     * @return how many bytes {@link #encode} writes
     */
    public int encodedBytes() {
        return 48
                + bornHost.size()
                + 8
                + storeHost.size()
                + 4
                + 8
                + 4
                + body.remaining()
                + (isV2() ? 2 : 1)
                + topic.length
                + 2
                + properties.length
                + RecordCrc.BYTES;
    }

    /**
     * Writes the record at the buffer's position, with zeros for queue offset, position, store time
     * and record checksum; {@link RecordLayout#number} and {@link RecordCrc#seal} fill those in.
     *
     * @param crc for reuse; reset here
     */
    public void encode(ByteBuffer out, CRC32 crc) {
        int bodyFrom = body.position();
        int bodyBytes = body.remaining();
        crc.reset();
        crc.update(body);
        body.position(bodyFrom);
        out.putInt(encodedBytes());
        out.putInt(isV2() ? RecordLayout.MAGIC_V2 : RecordLayout.MAGIC_V1);
        out.putInt((int) crc.getValue() & 0x7FFFFFFF);
        out.putInt(queueId);
        out.putInt(flag);
        out.putLong(0); // queue offset
        out.putLong(0); // position
        out.putInt(sysFlagWithHosts());
        out.putLong(bornTimestamp);
        bornHost.put(out);
        out.putLong(0); // store timestamp
        storeHost.put(out);
        out.putInt(reconsumeTimes);
        out.putLong(preparedTransactionOffset);
        out.putInt(bodyBytes);
        out.put(body);
        body.position(bodyFrom);
        if (isV2()) {
            out.putShort((short) topic.length);
        } else {
            out.put((byte) topic.length);
        }
        out.put(topic);
        out.putShort((short) (properties.length + RecordCrc.BYTES));
        out.put(properties);
        RecordCrc.reserve(out);
    }

    private boolean isV2() {
        return topic.length > RecordLayout.V1_TOPIC_BYTES;
    }

    private int sysFlagWithHosts() {
        return sysFlag & ~(SysFlag.BORN_HOST_V6 | SysFlag.STORE_HOST_V6)
                | (bornHost.isV6() ? SysFlag.BORN_HOST_V6 : 0)
                | (storeHost.isV6() ? SysFlag.STORE_HOST_V6 : 0);
    }
}
