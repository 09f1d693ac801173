package bolide.app.hostile;

import static bolide.protocol.frame.RequestCode.*;
import static org.assertj.core.api.Assertions.assertThat;

import bolide.app.server.Ask;
import bolide.app.server.Peer;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.group.ConsumerData;
import bolide.protocol.group.Heartbeat;
import bolide.protocol.message.BatchBody;
import bolide.protocol.message.MessageProperties;
import bolide.protocol.topic.TopicConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bodies that are too much, or not what the request says.
final class BodiesTest {
    private static final int MIB = 1024 * 1024;
    private static final int MANY = 10_000;

    @TempDir private Path directory;

    private Siege siege;
    private Peer peer;

    @BeforeEach
    void start() {
        siege = new Siege(directory);
        peer = siege.peer();
    }

    @AfterEach
    void stop() {
        peer.close();
        siege.close();
    }

    @Test
    void shouldTakeARegistrationOfManyTopics() {
        // given
        TopicConfig[] topics =
                IntStream.range(0, MANY)
                        .mapToObj(number -> TopicConfig.of("theirs-" + number, 4))
                        .toArray(TopicConfig[]::new);

        // when
        Frame answer = peer.ask(Examples.registration(Examples.broker(), topics).encode());

        // then
        assertThat(answer.code()).isZero();
        assertThat(siege.topics()).contains("theirs-0", "theirs-" + (MANY - 1));
        siege.assertUnharmed();
    }

    @Test
    void shouldReadTheLongestRegistrationToItsEnd() {
        // given
        Frame example = Examples.all().get(REGISTER_BROKER);
        byte[] spaces = new byte[16 * MIB];
        Arrays.fill(spaces, (byte) ' ');

        // when
        Frame answer = peer.ask(withBody(example, ByteBuffer.wrap(spaces)));

        // then
        assertRefused(answer, "body is not a registration: expected '{' but found the end");
        siege.assertUnharmed();
    }

    @Test
    void shouldRefuseARegistrationThatInflatesWithoutEnd() {
        // given
        ByteBuffer zeros = deflated(new byte[MIB], 256);
        Frame bomb = withBody(Examples.all().get(REGISTER_BROKER), zeros);

        // when
        Frame answer = peer.ask(bomb);

        // then
        assertThat(bomb.body().remaining()).isLessThan(MIB);
        assertRefused(answer, "registration inflates to more than 16777216 bytes");
        siege.assertUnharmed();
    }

    @Test
    void shouldRefuseACompressedRegistrationOfMoreTopicsThanThereAre() {
        for (int count : new int[] {-1, 1, 1 << 20, Integer.MAX_VALUE}) {
            // given
            ByteBuffer plain = ByteBuffer.allocate(10);
            plain.putInt(2).put((byte) '{').put((byte) '}').putInt(count);

            // when
            Frame answer =
                    peer.ask(
                            withBody(
                                    Examples.all().get(REGISTER_BROKER),
                                    deflated(plain.array(), 1)));

            // then
            assertThat(answer.code()).as("%d topics", count).isEqualTo(ResponseCode.SYSTEM_ERROR);
            assertThat(answer.remark()).startsWith("compressed registration");
        }
        siege.assertUnharmed();
    }

    @Test
    void shouldRefuseBodiesThatAreNotWhatTheRequestSays() {
        for (int code : List.of(HEART_BEAT, LOCK_BATCH_MQ, UNLOCK_BATCH_MQ, REGISTER_BROKER)) {
            Frame example = Examples.all().get(code);
            for (String body :
                    List.of(
                            "",
                            "y",
                            "[]",
                            "\"\"",
                            "{",
                            "{}}",
                            "{\"clientID\":{}}x",
                            "{\"x\":" + "[".repeat(20_000),
                            "{\"x\":" + "1".repeat(1_000_000) + "x}",
                            "{\"x\":1e99999999}}",
                            "\0\0\0\0")) {
                // when
                Frame answer = peer.ask(withBody(example, Ask.bytes(body)));

                // then
                assertRefused(answer, "body is not a ");
            }
        }
        siege.assertUnharmed();
    }

    @Test
    void shouldNotMakeObjectsOfWhatABodyNames() {
        // given
        String body =
                "{\"@type\":\"java.lang.AutoCloseable\",\"clientID\":\"c\",\"consumerDataSet\":"
                        + "[{\"@type\":\"com.sun.rowset.JdbcRowSetImpl\",\"dataSourceName\":"
                        + "\"ldap://127.0.0.1:1/x\",\"autoCommit\":true,\"groupName\":\"g\"}]}";

        // when
        Frame answer = peer.ask(withBody(Examples.all().get(HEART_BEAT), Ask.bytes(body)));

        // then
        assertThat(answer.code()).isZero();
        siege.assertUnharmed();
    }

    @Test
    void shouldTakeAHeartbeatOfTenThousandSubscriptions() {
        // given
        String[] topics =
                IntStream.range(0, MANY).mapToObj(number -> "t" + number).toArray(String[]::new);
        topics[MANY / 2] = Examples.TOPIC;

        // when
        Frame answer = peer.ask(Examples.heartbeat("c", Examples.GROUP, topics).encode());
        Frame members = peer.ask(Examples.all().get(GET_CONSUMER_LIST_BY_GROUP));

        // then
        assertThat(answer.code()).isZero();
        assertThat(Ask.text(members.body())).contains("\"c\"");
        siege.assertUnharmed();
    }

    @Test
    void shouldTakeAHeartbeatOfManyGroups() {
        // given
        List<ConsumerData> groups = new ArrayList<>();
        for (int number = 0; number < MANY / 10; number++) {
            groups.addAll(Examples.heartbeat("c", "g" + number, Examples.TOPIC).consumers());
        }

        // when
        Frame answer = peer.ask(new Heartbeat("c", List.of(), groups, 0, false).encode());

        // then
        assertThat(answer.code()).isZero();
        siege.assertUnharmed();
    }

    @Test
    void shouldRefuseWholeAHeartbeatThatIsTooLong() {
        // given
        String[] topics = new String[MANY];
        Arrays.fill(topics, "t".repeat(500));

        // when
        Frame answer = peer.ask(Examples.heartbeat("c", "never", topics).encode());

        // then
        assertThat(answer.code()).isEqualTo(ResponseCode.MESSAGE_ILLEGAL);
        assertThat(answer.remark()).contains(" bytes exceeds the limit of 4194304; send less");
        assertThat(siege.topics()).doesNotContain("%RETRY%never");
        siege.assertUnharmed();
    }

    @Test
    void shouldTakePropertiesUpToTheirLimit() {
        // given
        int limit = MessageProperties.MAX_BYTES;

        // when
        Frame taken = peer.ask(sendWithProperty("v".repeat(limit - 500)));
        Frame refused = peer.ask(sendWithProperty("v".repeat(limit)));

        // then
        assertThat(taken.code()).isZero();
        assertThat(refused.code()).isEqualTo(ResponseCode.MESSAGE_ILLEGAL);
        assertThat(refused.remark())
                .matches("properties take \\d+ bytes with those .+ at most 32767 are allowed.+");
        siege.assertUnharmed();
    }

    /// What says how a message came about is the broker's to say; a forged value is not believed.
    @Test
    void shouldNotBelieveForgedProperties() {
        // given
        Map<String, String> forged =
                Map.of(
                        "CLUSTER",
                        "elsewhere",
                        "__CRC32#",
                        "1",
                        "REAL_TOPIC",
                        "../x",
                        "POP_CK",
                        "x");

        // when
        Frame sent =
                peer.ask(
                        Ask.send(
                                Examples.TOPIC,
                                0,
                                MessageProperties.encode(forged),
                                Ask.bytes("body")));
        Frame pulled = peer.ask(Ask.pull(Examples.GROUP, Examples.TOPIC, 0, 0, 1_000));

        // then
        assertThat(sent.code()).isZero();
        assertThat(Ask.bodies(pulled)).containsExactly("body");
        assertThat(Ask.text(pulled.body())).doesNotContain("../x").doesNotContain("elsewhere");
        siege.assertUnharmed();
    }

    @Test
    void shouldRefuseBatchesThatDoNotAddUp() {
        // given
        Frame example = Examples.all().get(SEND_BATCH_MESSAGE);
        ByteBuffer whole = example.body();

        for (int cut = 1; cut < whole.remaining(); cut++) {
            // when
            Frame answer = peer.ask(withBody(example, whole.slice(0, whole.remaining() - cut)));

            // then
            Siege.assertDecent(answer);
            boolean isFirstAlone = cut == whole.remaining() / 2;
            assertThat(answer.code()).as("cut by %d", cut).isEqualTo(isFirstAlone ? 0 : 1);
            assertThat(answer.remark()).isEqualTo(isFirstAlone ? "" : answer.remark());
        }
        assertRefused(peer.ask(withBody(example, Frame.emptyBody())), "batch holds no message");
        siege.assertUnharmed();
    }

    @Test
    void shouldRefuseABatchThatWouldGrowTooLarge() {
        // given
        BatchBody.Element small = new BatchBody.Element(0, Ask.bytes(""), "");
        ByteBuffer body = BatchBody.encode(Collections.nCopies(4 * MIB / 22, small));

        // when
        Frame answer = peer.ask(withBody(Examples.all().get(SEND_BATCH_MESSAGE), body));

        // then
        Siege.assertDecent(answer);
        assertThat(answer.remark()).contains("takes more than the 8388608 bytes", "send less");
        siege.assertUnharmed();
    }

    @Test
    void shouldPassOverBodiesThatNobodyAskedFor() {
        Examples.all()
                .forEach((code, example) -> {
                    if (!example.body().hasRemaining()) {
                        // when
                        Frame answer = peer.ask(withBody(example, ByteBuffer.allocate(4 * MIB)));

                        // then
                        Siege.assertDecent(answer);
                    }
                });
        siege.assertUnharmed();
    }

    private static void assertRefused(Frame answer, String remark) {
        Siege.assertDecent(answer);
        assertThat(answer.remark()).startsWith(remark);
        assertThat(answer.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
    }

    private static Frame sendWithProperty(String value) {
        String properties = MessageProperties.encode(Map.of("k", value));
        return Ask.send(Examples.TOPIC, 0, properties, Ask.bytes("body"));
    }

    /// @return the request with another body, and no checksum of the one before
    private static Frame withBody(Frame frame, ByteBuffer body) {
        Fields.Builder fields = Fields.builder();
        frame.fields()
                .forEach((name, value) -> {
                    if (!name.equals("bodyCrc32")) {
                        fields.put(name, value);
                    }
                });
        return Frame.request(frame.code(), fields.build(), body);
    }

    private static ByteBuffer deflated(byte[] plain, int times) {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
            for (int time = 0; time < times; time++) {
                out.write(plain);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return ByteBuffer.wrap(deflated.toByteArray());
    }
}
