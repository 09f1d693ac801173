package bolide.protocol.message;

import bolide.protocol.frame.ProtocolException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A stored message taken apart, as a consumer wants it.
 *
 * @param topic the topic it lies in
 * @param queueId the queue, counted from 0
 * @param queueOffset its number in the queue
 * @param position the record's first byte in the commit log
 * @param flag the application's number
 * @param sysFlag see {@link SysFlag}
 * @param bornTimestamp the producer's clock, milliseconds
 * @param bornHost the producer's address
 * @param storeTimestamp the broker's clock, milliseconds
 * @param storeHost the broker's address
 * @param reconsumeTimes how often it has been delivered in vain
 * @param body the body as stored, compressed when the flag says so
 * @param properties the properties, without the record checksum
 */
public record MessageRecord(
        String topic,
        int queueId,
        long queueOffset,
        long position,
        int flag,
        int sysFlag,
        long bornTimestamp,
        InetSocketAddress bornHost,
        long storeTimestamp,
        InetSocketAddress storeHost,
        int reconsumeTimes,
        byte[] body,
        Map<String, String> properties) {

    /**
     * @param records whole records, one behind the other; read to the limit
     * @throws ProtocolException when they are anything else
     */
    public static List<MessageRecord> decodeAll(ByteBuffer records) {
        List<MessageRecord> decoded = new ArrayList<>();
        while (records.hasRemaining()) {
            decoded.add(decode(records));
        }
        return decoded;
    }

    /**
     * @param records a whole record; its position is moved behind it
     * @throws ProtocolException when it is anything else
     */
    public static MessageRecord decode(ByteBuffer records) {
        int start = records.position();
        RecordView view = new RecordView();
        if (view.look(records, start, records.limit()) != RecordView.Found.RECORD) {
            throw new ProtocolException("not a message record: " + view.damage());
        }
        ByteBuffer in = records.slice(start, view.totalSize());
        records.position(start + view.totalSize());
        try {
            return read(in, view);
        } catch (BufferUnderflowException | UnknownHostException impossible) {
            throw new ProtocolException("not a message record: " + impossible);
        }
    }

    private static MessageRecord read(ByteBuffer in, RecordView view) throws UnknownHostException {
        int sysFlag = view.sysFlag();
        int flag = in.getInt(RecordLayout.FLAG_AT);
        in.position(RecordLayout.BORN_TIMESTAMP_AT);
        long bornTimestamp = in.getLong();
        InetSocketAddress bornHost = host(in, (sysFlag & SysFlag.BORN_HOST_V6) != 0);
        long storeTimestamp = in.getLong();
        InetSocketAddress storeHost = host(in, (sysFlag & SysFlag.STORE_HOST_V6) != 0);
        int reconsumeTimes = in.getInt();
        in.getLong(); // prepared transaction offset, of no use to a consumer
        byte[] body = new byte[in.getInt()];
        in.get(body);
        String topic = view.topicText();
        in.position(in.limit() - view.propertiesLength());
        byte[] properties = new byte[view.propertiesLength()];
        in.get(properties);
        Map<String, String> decoded =
                MessageProperties.decode(new String(properties, StandardCharsets.UTF_8));
        decoded.remove(PropertyNames.RECORD_CRC);
        return new MessageRecord(
                topic,
                view.queueId(),
                view.queueOffset(),
                view.position(),
                flag,
                sysFlag,
                bornTimestamp,
                bornHost,
                storeTimestamp,
                storeHost,
                reconsumeTimes,
                body,
                decoded);
    }

    private static InetSocketAddress host(ByteBuffer in, boolean v6) throws UnknownHostException {
        byte[] address = new byte[v6 ? 16 : 4];
        in.get(address);
        int port = in.getInt();
        if (port < 0 || port > 0xFFFF) {
            throw new ProtocolException("not a message record: port " + port);
        }
        return new InetSocketAddress(InetAddress.getByAddress(address), port);
    }
}
