package bolide.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.group.ConsumerIds;
import bolide.protocol.group.Heartbeat;
import bolide.protocol.lock.LockRequest;
import bolide.protocol.message.BatchBody;
import bolide.protocol.message.MessageProperties;
import bolide.protocol.message.MessageRecord;
import bolide.protocol.route.BrokerIdentity;
import bolide.protocol.route.BrokerRegistration;
import bolide.protocol.route.ClusterInfo;
import bolide.protocol.route.TopicList;
import bolide.protocol.route.TopicRoute;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Input that makes as many objects out of as few bytes as it can, all of it well formed. */
class DenseInputTest {
    private static final int PARTS = 50_000;
    private static final int MEMORY_FACTOR = 40;

    private static void holds(
            String before, String part, String after, Consumer<ByteBuffer> decode) {
        holds(Golden.utf8(before + (part + ",").repeat(PARTS) + after), decode);
    }

    private static void holds(ByteBuffer input, Consumer<ByteBuffer> decode) {
        long allocated = Hostile.allocated(() -> decode.accept(input.duplicate()));
        assertThat(allocated).isLessThan((long) MEMORY_FACTOR * input.remaining());
    }

    private static void heartbeat(ByteBuffer body) {
        Heartbeat.decode(Frame.request(34, Fields.NONE, body));
    }

    private static void registration(ByteBuffer body) {
        Fields fields = new BrokerIdentity("", "", 0, "").encode().build();
        BrokerRegistration.decode(Frame.request(103, fields, body));
    }

    @Test
    void shouldHoldBodies() {
        // given, when, then
        holds("{\"producerDataSet\":[", "{}", "]}", DenseInputTest::heartbeat);
        holds("{\"consumerDataSet\":[", "{}", "]}", DenseInputTest::heartbeat);
        String subscriptions = "{\"consumerDataSet\":[{\"subscriptionDataSet\":[";
        holds(subscriptions, "{}", "]}]}", DenseInputTest::heartbeat);
        holds(subscriptions, "{\"tagsSet\":[]}", "]}]}", DenseInputTest::heartbeat);
        holds(subscriptions, "{\"tagsSet\":[\"\"]}", "]}]}", DenseInputTest::heartbeat);
        holds("{\"topicConfigTable\":{", "a:{}", "}}", DenseInputTest::registration);
        String attributes = "a:{\"attributes\":{a:1}}";
        holds("{\"topicConfigTable\":{", attributes, "}}", DenseInputTest::registration);
        holds("{\"brokerDatas\":[", "{}", "]}", TopicRoute::decode);
        holds("{\"brokerDatas\":[", "{\"brokerAddrs\":{0:\"\"}}", "]}", TopicRoute::decode);
        holds("{\"queueDatas\":[", "{}", "]}", TopicRoute::decode);
        holds("{\"brokerAddrTable\":{", "a:{}", "}}", ClusterInfo::decode);
        holds("{\"lockOKMQSet\":[", "{}", "]}", LockRequest::decodeLocked);
        holds("{\"topicList\":[", "\"\"", "]}", TopicList::decode);
        holds("{\"consumerIdList\":[", "''", "]}", ConsumerIds::decode);
    }

    @Test
    void shouldHoldMessages() {
        // given
        byte[] bare = Golden.hex("00000016 00000000 00000000 00000000 00000000 0000");
        byte[] record = Golden.bytes("message/record.txt");
        ByteBuffer batch = ByteBuffer.allocate(PARTS * bare.length);
        ByteBuffer records = ByteBuffer.allocate(PARTS * record.length);
        for (int i = 0; i < PARTS; i++) {
            batch.put(bare);
            records.put(record);
        }

        // when, then
        holds(batch.flip(), BatchBody::decode);
        holds(records.flip(), MessageRecord::decodeAll);
        String oneName = "a\1\2".repeat(PARTS);
        holds(Golden.utf8(oneName), text -> MessageProperties.decode(oneName));
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < PARTS; i++) {
            names.append((char) (' ' + i % 90)).append((char) (' ' + i / 90)).append("\1\2");
        }
        String manyNames = names.toString();
        holds(Golden.utf8(manyNames), text -> MessageProperties.decode(manyNames));
    }
}
