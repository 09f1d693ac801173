package bolide.broker;

import static bolide.broker.BrokerHarness.bytes;
import static bolide.broker.BrokerHarness.message;
import static bolide.broker.BrokerHarness.pull;
import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.message.BatchBody;
import bolide.protocol.message.MessageRecord;
import bolide.protocol.message.RecordCrc;
import bolide.protocol.send.SendRequest;
import bolide.store.commitlog.FlushPolicy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of sent messages.
final class SendTest {
    private static final String DELAY = "DELAY\0013\2"; // a property that is refused

    @TempDir Path data;
    private BrokerHarness broker;

    @BeforeEach
    void open() {
        broker = new BrokerHarness(data, FlushPolicy.ASYNC);
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private MessageRecord stored(String topic, int queueId, long offset) {
        broker.awaitEnd(topic, queueId, offset + 1);
        Frame answer = broker.ask(pull(topic, queueId, offset, "*").encode());
        assertThat(answer.code()).isZero();
        return MessageRecord.decode(answer.body());
    }

    @Test
    void shouldStoreAndNumberMessages() {
        // when
        Frame first = broker.send("T", 2, "one", "");
        Frame second = broker.send("T", 2, "two", "");
        Frame other = broker.send("T", 3, "three", "");

        // then
        assertThat(first.code()).isZero();
        assertThat(first.fields().number("queueOffset")).isZero();
        assertThat(second.fields().number("queueOffset")).isEqualTo(1);
        assertThat(other.fields().number("queueOffset")).isZero();
        assertThat(second.fields().integer("queueId")).isEqualTo(2);
        MessageRecord record = stored("T", 2, 1);
        assertThat(record.body()).asString().isEqualTo("two");
        assertThat(record.flag()).isEqualTo(7);
        assertThat(record.storeTimestamp()).isEqualTo(1_700_000_000_000L);
        assertThat(record.bornHost().getPort()).isEqualTo(4711);
    }

    @Test
    void shouldAnswerOnlyWhenThePassIsOver() {
        // given
        broker.send("T", 0, "makes the topic", "");

        // when
        int first = broker.hand(broker.client, message("T", 0, "a", "").encode());
        int second = broker.hand(broker.client, message("T", 0, "b", "").encode());

        // then
        assertThat(broker.client.responses(first)).isEmpty();
        broker.endPass(broker.client);
        assertThat(broker.answer(broker.client, first).fields().number("queueOffset")).isEqualTo(1);
        assertThat(broker.answer(broker.client, second).fields().number("queueOffset"))
                .isEqualTo(2);
    }

    @Test
    void shouldMakeATopicOnFirstUseWithTheQueuesAskedFor() {
        // when
        broker.send("New", 0, "x", "");
        broker.timers.advance(0);

        // then
        assertThat(broker.send("New", 3, "x", "").code()).isZero();
        assertThat(broker.send("New", 4, "x", "").code()).isEqualTo(29);
        assertThat(broker.nameServer.knows("New")).isTrue();
    }

    @Test
    void shouldNotMakeATopicForAMessageThatItRefuses() {
        // given
        ByteBuffer oneBad = BatchBody.encode(List.of(new BatchBody.Element(0, bytes("a"), DELAY)));

        // when
        List<Frame> refused =
                List.of(
                        broker.send("New", 0, "x", DELAY),
                        broker.send("New", 4, "x", ""),
                        broker.send("New", 0, "x", "p\1" + "x".repeat(32_700) + "\2"),
                        broker.ask(batchOf("New", 0, oneBad).encode()),
                        broker.ask(batchOf("New", 0, bytes("nonsense")).encode()));

        // then
        assertThat(refused).extracting(Frame::code).containsExactly(13, 29, 13, 13, 1);
        assertThat(broker.ask(30, "topic", "New", "queueId", "0").code()).isEqualTo(17);
        broker.timers.advance(0);
        assertThat(broker.nameServer.knows("New")).isFalse();
    }

    @Test
    void shouldNotMakeATopicWithoutAPatternThatAllowsIt() {
        // when
        SendRequest message = message("New", 0, "x", "");
        Frame answer =
                broker.ask(
                        new SendRequest(
                                        "P",
                                        "New",
                                        "NoSuchPattern",
                                        4,
                                        0,
                                        0,
                                        1,
                                        0,
                                        "",
                                        0,
                                        false,
                                        -1,
                                        false,
                                        message.body())
                                .encode());

        // then
        assertThat(answer.code()).isEqualTo(17);
        assertThat(answer.remark()).contains("New").contains("create it");
    }

    @ParameterizedTest
    @CsvSource({
        "SCHEDULE_TOPIC_XXXX,16",
        "RMQ_SYS_TRANS_HALF_TOPIC,16",
        "rmq_sys_bolide_state,16",
        "rmq_sys_other,17",
        "'a/../b',29",
        "'',29"
    })
    void shouldRefuseNamesThatAreNotForProducers(String topic, int code) {
        // when
        Frame answer = broker.send(topic, 0, "x", "");

        // then
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.remark()).isNotEmpty();
    }

    @Test
    void shouldRefuseANameOfTooManyCharacters() {
        assertThat(broker.send("a".repeat(127), 0, "x", "").code()).isZero();
        assertThat(broker.send("a".repeat(128), 0, "x", "").code()).isEqualTo(29);
    }

    @Test
    void shouldChooseAQueueForANegativeNumber() {
        assertThat(broker.send("T", -1, "x", "").fields().integer("queueId")).isZero();
        assertThat(broker.send("T", Integer.MIN_VALUE, "x", "").code()).isZero();
    }

    @Test
    void shouldRefuseToWriteWhereTheTopicDoesNotAllowIt() {
        // given
        createTopic("ReadOnly", 4);

        // when
        Frame answer = broker.send("ReadOnly", 0, "x", "");

        // then
        assertThat(answer.code()).isEqualTo(16);
        assertThat(answer.remark()).contains("not writable").contains("4");
    }

    private void createTopic(String name, int perm) {
        assertThat(
                        broker.ask(
                                        RequestCode.UPDATE_AND_CREATE_TOPIC,
                                        "topic",
                                        name,
                                        "readQueueNums",
                                        "2",
                                        "writeQueueNums",
                                        "2",
                                        "perm",
                                        "" + perm,
                                        "topicFilterType",
                                        "SINGLE_TAG",
                                        "topicSysFlag",
                                        "0",
                                        "order",
                                        "false")
                                .code())
                .isZero();
    }

    @Test
    void shouldStoreABatchAsNeighbours() {
        // given
        broker.send("T", 1, "before", "");
        ByteBuffer batch =
                BatchBody.encode(
                        List.of(
                                new BatchBody.Element(1, bytes("a"), "KEYS\1k1\2"),
                                new BatchBody.Element(2, bytes("b"), ""),
                                new BatchBody.Element(3, bytes("c"), "TAGS\1x\2")));

        // when
        Frame answer = broker.ask(batchOf("T", 1, batch).encode());

        // then
        assertThat(answer.code()).isZero();
        assertThat(answer.fields().number("queueOffset")).isEqualTo(1);
        assertThat(answer.fields().text("msgId").split(",")).hasSize(3).doesNotHaveDuplicates();
        assertThat(stored("T", 1, 3).body()).asString().isEqualTo("c");
        assertThat(stored("T", 1, 3).properties()).containsEntry("TAGS", "x");
        assertThat(stored("T", 1, 1).flag()).isEqualTo(1);
        assertThat(stored("T", 1, 1).properties().get("UNIQ_KEY"))
                .isNotEqualTo(stored("T", 1, 2).properties().get("UNIQ_KEY"));
    }

    private static SendRequest batchOf(String topic, int queueId, ByteBuffer body) {
        return new SendRequest(
                "P", topic, "TBW102", 4, queueId, 0, 1, 0, "", 0, false, -1, true, body);
    }

    @Test
    void shouldRefuseAWholeBatchForOneBadMessage() {
        // given
        broker.send("T", 0, "before", "");
        ByteBuffer batch =
                BatchBody.encode(
                        List.of(
                                new BatchBody.Element(0, bytes("a"), ""),
                                new BatchBody.Element(0, bytes("b"), DELAY)));

        // when
        Frame answer = broker.ask(batchOf("T", 0, batch).encode());

        // then
        assertThat(answer.code()).isEqualTo(13);
        assertThat(answer.remark()).contains("message 1 of the batch");
        broker.send("T", 0, "after", "");
        broker.awaitEnd("T", 0, 2);
    }

    @Test
    void shouldRefuseABatchThatIsNone() {
        assertThat(broker.ask(batchOf("T", 0, bytes("nonsense")).encode()).code()).isEqualTo(1);
        assertThat(broker.ask(batchOf("T", 0, bytes("")).encode()).code()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELAY\0015\2",
                "TIMER_DELAY_SEC\0015\2",
                "TIMER_DELAY_MS\0015\2",
                "TIMER_DELIVER_MS\0011800000000000\2",
                "TRAN_MSG\1true\2",
                "INNER_MULTI_DISPATCH\1%LMQ%a\2"
            })
    void shouldRefuseWhatItCannotDoYet(String properties) {
        // when
        Frame answer = broker.send("T", 0, "x", properties);

        // then
        assertThat(answer.code()).isEqualTo(13);
        assertThat(answer.remark()).contains(properties.substring(0, properties.indexOf(1)));
    }

    @Test
    void shouldTakeMessagesThatDeclineAFeature() {
        assertThat(broker.send("T", 0, "x", "DELAY\0010\2TRAN_MSG\1false\2").code()).isZero();
    }

    @Test
    void shouldDropOrOverwriteWhatBelongsToTheBroker() {
        // when
        broker.send(
                "T",
                0,
                "x",
                "CLUSTER\1forged\2MSG_REGION\1forged\2POP_CK\1forged\2__CRC32#\0010000000000\2"
                        + "REAL_TOPIC\1forged\2mine\1äöü\2");

        // then
        assertThat(stored("T", 0, 0).properties())
                .containsEntry("CLUSTER", "C")
                .containsEntry("MSG_REGION", "DefaultRegion")
                .containsEntry("TRACE_ON", "true")
                .containsEntry("mine", "äöü")
                .doesNotContainKeys("POP_CK", "REAL_TOPIC", "__CRC32#");
    }

    @Test
    void shouldLimitPropertiesWithWhatIsAddedToThem() {
        // given
        broker.send("T", 0, "x", "UNIQ_KEY\1u\2p\1\2");
        int added = encodedBytes(stored("T", 0, 0)) + RecordCrc.BYTES;

        // when
        String longest = "UNIQ_KEY\1u\2p\1" + "v".repeat(32767 - added) + "\2";
        String tooLong = "UNIQ_KEY\1u\2p\1" + "v".repeat(32767 - added + 1) + "\2";

        // then
        assertThat(broker.send("T", 0, "x", longest).code()).isZero();
        Frame refused = broker.send("T", 0, "x", tooLong);
        assertThat(refused.code()).isEqualTo(13);
        assertThat(refused.remark()).contains("32768").contains("32767");
    }

    private static int encodedBytes(MessageRecord record) {
        return record.properties().entrySet().stream()
                .mapToInt(entry -> entry.getKey().length() + entry.getValue().length() + 2)
                .sum();
    }

    @Test
    void shouldRefuseTransactionalFlags() {
        // when
        Frame answer =
                broker.ask(
                        new SendRequest(
                                        "P",
                                        "T",
                                        "TBW102",
                                        4,
                                        0,
                                        4,
                                        1,
                                        0,
                                        "",
                                        0,
                                        false,
                                        -1,
                                        false,
                                        bytes("x"))
                                .encode());

        // then
        assertThat(answer.code()).isEqualTo(13);
    }

    @Test
    void shouldNotAnswerOneWayMessagesButStoreThem() {
        // when
        int number = broker.post(broker.client, message("T", 0, "x", "").encode().asOneWay());

        // then
        broker.awaitEnd("T", 0, 1);
        assertThat(broker.client.responses(number)).isEmpty();
    }

    @Test
    void shouldSayWhichFieldOfARequestIsWrong() {
        // when
        Frame answer = broker.ask(RequestCode.SEND_MESSAGE, "producerGroup", "P", "topic", "T");

        // then
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.remark()).contains("defaultTopic");
    }

    @Test
    void shouldTakeRetryMessagesOnlyOfKnownGroups() {
        assertThat(broker.send("%RETRY%Unknown", 0, "x", "").code()).isEqualTo(26);
        broker.ask(BrokerHarness.heartbeat("c1", "Known"));
        assertThat(broker.send("%RETRY%Known", 0, "x", "").code()).isZero();
    }
}
