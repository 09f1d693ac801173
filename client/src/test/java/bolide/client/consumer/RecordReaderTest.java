package bolide.client.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.frame.ProtocolException;
import bolide.protocol.group.Subscription;
import bolide.protocol.message.MessageProperties;
import bolide.protocol.message.NewRecord;
import bolide.protocol.message.RecordCrc;
import bolide.protocol.message.RecordLayout;
import bolide.protocol.message.SysFlag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class RecordReaderTest {
    private static final Subscription ALL = Subscription.ofTags("orders", "*", 1);

    private final RecordReader reader = new RecordReader(new Inflation(1_000));

    @Test
    void shouldReadARecord() {
        // given
        ByteBuffer record =
                record("hello".getBytes(UTF_8), 0, "KEYS", "a b", "TAGS", "paid", "UNIQ_KEY", "U1");

        // when
        ReceivedMessage message = reader.read(record, ALL, "broker").get(0);

        // then
        assertThat(message.queue())
                .hasToString("MessageQueue[topic=orders, brokerName=broker, queueId=3]");
        assertThat(message.queueOffset()).isEqualTo(7);
        assertThat(message.messageId()).isEqualTo("U1");
        assertThat(message.offsetMessageId()).isEqualTo("7F000001000000010000000000000400");
        assertThat(message.keys()).containsExactly("a", "b");
        assertThat(message.tag()).isEqualTo("paid");
        assertThat(message.body()).isEqualTo("hello".getBytes(UTF_8));
        assertThat(message.bornTimestamp()).isEqualTo(5);
        assertThat(message.storeTimestamp()).isEqualTo(6);
        assertThat(message.properties()).doesNotContainKey("__CRC32#");
    }

    @Test
    void shouldNameAMessageByItsPlaceWhenItHasNoOtherName() {
        // given / when
        ReceivedMessage message = reader.read(record(new byte[0], 0), ALL, "broker").get(0);

        // then
        assertThat(message.messageId()).isEqualTo(message.offsetMessageId());
        assertThat(message.keys()).isEmpty();
        assertThat(message.tag()).isEmpty();
    }

    @Test
    void shouldInflateACompressedBody() throws IOException {
        // given
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
            out.write("hello hello hello".getBytes(UTF_8));
        }

        // when
        ReceivedMessage message =
                reader.read(record(deflated.toByteArray(), SysFlag.COMPRESSED), ALL, "b").get(0);

        // then
        assertThat(new String(message.body(), UTF_8)).isEqualTo("hello hello hello");
    }

    @Test
    void shouldLeaveOutOtherTags() {
        // given
        Subscription wanted = Subscription.ofTags("orders", "Aa || other", 1);
        ByteBuffer two = ByteBuffer.allocate(1_000);
        two.put(record(new byte[1], 0, "TAGS", "BB"));
        two.put(record(new byte[2], 0, "TAGS", "Aa"));

        // when
        List<ReceivedMessage> messages = reader.read(two.flip(), wanted, "broker");

        // then
        assertThat(messages).extracting(ReceivedMessage::tag).containsExactly("Aa");
    }

    @Test
    void shouldFindEveryFlippedByte() {
        // given
        ByteBuffer whole = record("hello".getBytes(UTF_8), 0, "TAGS", "paid");
        int checked = whole.limit() - RecordCrc.BYTES - 1; // without the name of the checksum

        // when / then
        for (int at = 0; at < checked; at++) {
            byte[] damaged = whole.array().clone();
            damaged[at] ^= 4;
            ByteBuffer bytes = ByteBuffer.wrap(damaged, 0, whole.limit());
            assertThatThrownBy(() -> reader.read(bytes, ALL, "broker"))
                    .as("byte %s", at)
                    .isInstanceOf(ProtocolException.class);
        }
    }

    private static ByteBuffer record(byte[] body, int sysFlag, String... properties) {
        Map<String, String> all = new TreeMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            all.put(properties[i], properties[i + 1]);
        }
        InetSocketAddress host = new InetSocketAddress("127.0.0.1", 1);
        NewRecord record =
                new NewRecord(
                        "orders".getBytes(UTF_8),
                        3,
                        0,
                        sysFlag,
                        5,
                        host,
                        host,
                        0,
                        0,
                        ByteBuffer.wrap(body),
                        MessageProperties.encode(all).getBytes(UTF_8));
        ByteBuffer bytes = ByteBuffer.allocate(record.encodedBytes());
        CRC32 crc = new CRC32();
        record.encode(bytes, crc);
        RecordLayout.number(bytes, 0, 7, 1024, 6);
        RecordCrc.seal(bytes, 0, crc);
        return bytes.flip();
    }
}
