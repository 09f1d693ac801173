package bolide.broker;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.group.Subscription;
import bolide.protocol.message.MessageRecord;
import bolide.protocol.message.TagHash;
import bolide.protocol.query.MessageQuestion;
import bolide.protocol.query.QueueDump;
import bolide.store.commitlog.FlushPolicy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Messages are found by their keys, and a consume queue can be looked into.
final class MessageQueryTest {
    private static final String UNIQUE = "C0A8000100002A9F0A2B6F0B1C2D0001";

    @TempDir Path data;
    private BrokerHarness broker;

    @BeforeEach
    void open() {
        broker = new BrokerHarness(data, FlushPolicy.SYNC);
        broker.send("T", 0, "first", "KEYS\1order-1 blue\2UNIQ_KEY\1" + UNIQUE + "\2");
        broker.wallMillis.addAndGet(1000);
        broker.send("T", 0, "second", "KEYS\1order-2 blue\2TAGS\1TagA\2");
        broker.send("Other", 0, "elsewhere", "KEYS\1blue\2");
        broker.awaitEnd("T", 0, 2);
        broker.awaitEnd("Other", 0, 1);
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private Frame find(String topic, String key, MessageQuestion.Kind kind, int most, long end) {
        return broker.ask(new MessageQuestion(topic, key, kind, most, 0, end).encode());
    }

    private List<String> bodies(String key, MessageQuestion.Kind kind, int most, long end) {
        Frame answer = find("T", key, kind, most, end);
        assertThat(answer.code()).as(answer.remark()).isZero();
        List<String> bodies = new ArrayList<>();
        ByteBuffer records = answer.body();
        while (records.hasRemaining()) {
            MessageRecord record = MessageRecord.decode(records);
            bodies.add(new String(record.body(), StandardCharsets.UTF_8));
        }
        return bodies;
    }

    @Test
    void shouldFindMessagesOfATopicByKeyNewestFirst() {
        assertThat(bodies("blue", MessageQuestion.Kind.KEY, 32, Long.MAX_VALUE))
                .containsExactly("second", "first");
        assertThat(bodies("order-1", MessageQuestion.Kind.KEY, 32, Long.MAX_VALUE))
                .containsExactly("first");
    }

    @Test
    void shouldKeepToTheTimeAndTheNumberAskedFor() {
        assertThat(bodies("blue", MessageQuestion.Kind.KEY, 1, Long.MAX_VALUE))
                .containsExactly("second");
        assertThat(bodies("blue", MessageQuestion.Kind.KEY, 32, 1_700_000_000_999L))
                .containsExactly("first");
    }

    @Test
    void shouldFindAMessageByItsUniqueKeyAndByItsTag() {
        assertThat(bodies(UNIQUE, MessageQuestion.Kind.UNIQUE, 32, Long.MAX_VALUE))
                .containsExactly("first");
        assertThat(bodies("TagA", MessageQuestion.Kind.TAG, 32, Long.MAX_VALUE))
                .containsExactly("second");
    }

    @Test
    void shouldTellOfTheNewestMessageItFound() {
        // when
        Frame answer = find("T", "blue", MessageQuestion.Kind.KEY, 32, Long.MAX_VALUE);

        // then
        assertThat(answer.fields().number("indexLastUpdateTimestamp"))
                .isEqualTo(1_700_000_001_000L);
        assertThat(answer.fields().number("indexLastUpdatePhyoffset")).isPositive();
    }

    @Test
    void shouldSayThatNothingIsThere() {
        Frame none = find("T", "red", MessageQuestion.Kind.KEY, 32, Long.MAX_VALUE);
        assertThat(none.code()).isEqualTo(22);
        assertThat(none.remark()).contains("red");
        assertThat(find("Nowhere", "blue", MessageQuestion.Kind.KEY, 32, 1).code()).isEqualTo(17);
        assertThat(
                        find(
                                        "rmq_sys_bolide_state",
                                        "blue",
                                        MessageQuestion.Kind.KEY,
                                        32,
                                        Long.MAX_VALUE)
                                .code())
                .isEqualTo(17);
    }

    private Frame dump(String index, String count, String group) {
        return broker.ask(
                RequestCode.QUERY_CONSUME_QUEUE,
                "topic",
                "T",
                "queueId",
                "0",
                "index",
                index,
                "count",
                count,
                "consumerGroup",
                group);
    }

    @Test
    void shouldShowWhatAConsumeQueueHolds() {
        // when
        QueueDump dump = QueueDump.decode(dump("0", "10", "").body());

        // then
        assertThat(dump.minOffset()).isZero();
        assertThat(dump.maxOffset()).isEqualTo(2);
        assertThat(dump.rows()).hasSize(2).allSatisfy(row -> assertThat(row.isWanted()).isTrue());
        assertThat(dump.rows().get(1).tagHash()).isEqualTo(TagHash.of("TagA"));
        assertThat(QueueDump.decode(dump("1", "10", "").body()).rows())
                .containsExactly(dump.rows().get(1));
        assertThat(QueueDump.decode(dump("0", "1", "").body()).rows())
                .containsExactly(dump.rows().get(0));
    }

    @Test
    void shouldShowWhichMessagesAGroupWants() {
        // given
        broker.ask(BrokerHarness.heartbeat("c1", "G", Subscription.ofTags("T", "TagA", 1)));

        // when
        QueueDump dump = QueueDump.decode(dump("0", "10", "G").body());

        // then
        assertThat(dump.subscription())
                .hasValueSatisfying(s -> assertThat(s.tags()).contains("TagA"));
        assertThat(dump.rows()).extracting(QueueDump.Row::isWanted).containsExactly(false, true);
        assertThat(dump("0", "10", "Nobody").code()).isEqualTo(1);
    }
}
