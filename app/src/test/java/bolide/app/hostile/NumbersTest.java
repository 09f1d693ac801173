package bolide.app.hostile;

import static bolide.protocol.frame.RequestCode.*;
import static org.assertj.core.api.Assertions.assertThat;

import bolide.app.server.Ask;
import bolide.app.server.Peer;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.offset.OffsetResponse;
import bolide.protocol.pull.PullResponse;
import bolide.protocol.send.SendResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Numbers at and beyond their limits, and texts that are none.
final class NumbersTest {
    private static final int QUEUES = 4;
    private static final List<Long> ODD =
            List.of(
                    Long.MIN_VALUE,
                    Integer.MIN_VALUE - 1L,
                    (long) Integer.MIN_VALUE,
                    -2L,
                    -1L,
                    0L,
                    1L,
                    (long) Integer.MAX_VALUE,
                    Integer.MAX_VALUE + 1L,
                    1L << 40,
                    Long.MAX_VALUE);

    @TempDir private static Path directory;

    private static Siege siege;

    @BeforeAll
    static void start() {
        siege = new Siege(directory);
    }

    @AfterAll
    static void stop() {
        siege.close();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                PULL_MESSAGE,
                LITE_PULL_MESSAGE,
                UPDATE_CONSUMER_OFFSET,
                SEARCH_OFFSET_BY_TIMESTAMP,
                GET_MAX_OFFSET,
                GET_MIN_OFFSET,
                GET_EARLIEST_MSG_STORETIME
            })
    void shouldRefuseQueuesThatATopicDoesNotHave(int code) {
        try (Peer peer = siege.peer()) {
            for (int queueId : new int[] {Integer.MIN_VALUE, -1, QUEUES, Integer.MAX_VALUE}) {
                // when
                Frame answer = ask(peer, code, "queueId", queueId);

                // then
                assertRefused(
                        answer,
                        ResponseCode.INVALID_PARAMETER,
                        "topic attacked has queues 0 to 3, not " + queueId);
            }
        }
        siege.assertUnharmed();
    }

    @Test
    void shouldSendToQueuesThatExistOnlyAndChooseOneForANegativeNumber() {
        try (Peer peer = siege.peer()) {
            for (int code : new int[] {SEND_MESSAGE, SEND_MESSAGE_V2, SEND_BATCH_MESSAGE}) {
                String field = code == SEND_MESSAGE ? "queueId" : "e";
                for (int queueId : new int[] {Integer.MIN_VALUE, -1, 0, QUEUES - 1}) {
                    // when
                    Frame answer = ask(peer, code, field, queueId);

                    // then
                    assertThat(answer.code()).as(answer.remark()).isZero();
                    assertThat(SendResponse.decode(answer.fields()).queueId())
                            .isBetween(Math.max(0, queueId), QUEUES - 1);
                }
                for (int queueId : new int[] {QUEUES, 65_536, Integer.MAX_VALUE}) {
                    assertRefused(
                            ask(peer, code, field, queueId),
                            ResponseCode.INVALID_PARAMETER,
                            "topic attacked has queues 0 to 3, not " + queueId);
                }
            }
        }
        siege.assertUnharmed();
    }

    @Test
    void shouldLeadPullsFromOffsetsThatDoNotExistBack() {
        try (Peer peer = siege.peer()) {
            // given
            long max = 3;
            for (int number = 0; number < max; number++) {
                assertThat(peer.ask(Ask.send(Bystander.TOPIC + 2, 0, "x")).code()).isZero();
            }
            String topic = Bystander.TOPIC + 2;
            peer.ask(Ask.pull(Examples.GROUP, topic, 0, 0, 1_000));

            for (long offset : ODD) {
                // when
                Frame answer = peer.ask(Ask.pull(Examples.GROUP, topic, 0, offset, 0));

                // then
                PullResponse response = PullResponse.decode(answer.fields());
                if (offset < 0 || offset > max) {
                    assertThat(answer.code()).isEqualTo(ResponseCode.PULL_OFFSET_MOVED);
                    assertThat(response.nextBeginOffset()).isEqualTo(offset < 0 ? 0 : max);
                } else {
                    assertThat(answer.code()).isZero();
                    assertThat(response.nextBeginOffset()).isEqualTo(max);
                }
            }
        }
        siege.assertUnharmed();
    }

    @Test
    void shouldRefuseToCommitNegativeOffsets() {
        try (Peer peer = siege.peer()) {
            for (long offset : ODD) {
                // when
                Frame answer = ask(peer, UPDATE_CONSUMER_OFFSET, "commitOffset", offset);

                // then
                if (offset < 0) {
                    assertRefused(
                            answer,
                            ResponseCode.INVALID_PARAMETER,
                            "offset " + offset + " cannot be committed; it begins at 0");
                } else {
                    assertThat(answer.code()).isZero();
                    Frame kept = peer.ask(Examples.all().get(QUERY_CONSUMER_OFFSET));
                    assertThat(OffsetResponse.decode(kept.fields()).offset()).isEqualTo(offset);
                }
            }
        }
        siege.assertUnharmed();
    }

    @Test
    void shouldFindNoMessageWhereNoneBegins() {
        try (Peer peer = siege.peer()) {
            for (long position : ODD) {
                // when
                Frame answer = ask(peer, VIEW_MESSAGE_BY_ID, "offset", position);

                // then
                assertRefused(
                        answer,
                        ResponseCode.SYSTEM_ERROR,
                        "no message at position " + position + ": ");
            }
        }
        siege.assertUnharmed();
    }

    @ParameterizedTest
    @CsvSource({
        "maxMsgNums",
        "sysFlag",
        "commitOffset",
        "suspendTimeoutMillis",
        "subVersion",
        "maxMsgBytes"
    })
    void shouldLiveWithAnyOtherNumberOfAPull(String field) {
        try (Peer peer = siege.peer()) {
            peer.ask(Ask.send(Examples.TOPIC, 0, "x"));
            for (long number : ODD) {
                // when
                Frame answer = ask(peer, PULL_MESSAGE, field, number);

                // then
                Siege.assertDecent(answer);
                assertThat(answer.code())
                        .as("%d: %s", number, answer.remark())
                        .isIn(
                                ResponseCode.SUCCESS,
                                ResponseCode.SYSTEM_ERROR, // no 32-bit number
                                ResponseCode.PULL_NOT_FOUND,
                                ResponseCode.SUBSCRIPTION_NOT_EXIST);
            }
        }
        siege.assertUnharmed();
    }

    @Test
    void shouldLiveWithAnyTime() {
        try (Peer peer = siege.peer()) {
            for (long number : ODD) {
                assertThat(ask(peer, SEARCH_OFFSET_BY_TIMESTAMP, "timestamp", number).code())
                        .isZero();
                assertThat(ask(peer, SEND_MESSAGE, "bornTimestamp", number).code()).isZero();
                assertThat(ask(peer, REGISTER_BROKER, "heartbeatTimeoutMillis", number).code())
                        .isZero();
            }
        }
        siege.assertUnharmed();
    }

    @ParameterizedTest
    @CsvSource({
        "readQueueNums, -2147483648",
        "readQueueNums, -1",
        "readQueueNums, 0",
        "readQueueNums, 65537",
        "readQueueNums, 2147483647",
        "writeQueueNums, -2147483648",
        "writeQueueNums, 0",
        "writeQueueNums, 65537"
    })
    void shouldRefuseImpossibleNumbersOfQueues(String field, int count) {
        try (Peer peer = siege.peer()) {
            // when
            Frame answer = ask(peer, UPDATE_AND_CREATE_TOPIC, field, count);

            // then
            assertRefused(
                    answer,
                    ResponseCode.INVALID_PARAMETER,
                    "a topic has 1 to 65536 queues; asked were ");
            assertThat(answer.remark()).contains(Integer.toString(count));
        }
        siege.assertUnharmed();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 8, Integer.MAX_VALUE})
    void shouldRefuseImpossiblePermissions(int perm) {
        try (Peer peer = siege.peer()) {
            // when
            Frame answer = ask(peer, UPDATE_AND_CREATE_TOPIC, "perm", perm);

            // then
            assertRefused(
                    answer,
                    ResponseCode.INVALID_PARAMETER,
                    "permission " + perm + " is not within 0 to 7");
        }
        siege.assertUnharmed();
    }

    /// Whatever number of queues a producer asks for, a new topic gets at most the usual ones.
    @Test
    void shouldBoundTheQueuesOfATopicMadeOnFirstUse() {
        try (Peer peer = siege.peer()) {
            for (int wanted : new int[] {Integer.MIN_VALUE, 0, 1, Integer.MAX_VALUE}) {
                // given
                String topic = "first-use-" + (wanted & 0xFFFF);
                Frame send = Examples.with(Ask.send(topic, -1, "x"), "d", "" + wanted);

                // when
                Frame answer = peer.ask(send);

                // then
                assertThat(answer.code()).isZero();
                assertThat(SendResponse.decode(answer.fields()).queueId()).isBetween(0, 7);
                assertThat(peer.ask(Ask.maxOffset(topic, 8)).code())
                        .isEqualTo(ResponseCode.INVALID_PARAMETER);
            }
        }
        siege.assertUnharmed();
    }

    @ParameterizedTest
    @CsvSource({
        "30, queueId, 32",
        "11, queueOffset, 64",
        "11, maxMsgNums, 32",
        "15, commitOffset, 64",
        "33, offset, 64",
        "29, timestamp, 64",
        "17, perm, 32",
        "310, e, 32",
        "310, g, 64",
        "10, reconsumeTimes, 32",
        "103, brokerId, 64"
    })
    void shouldRefuseWhatIsNoNumber(int code, String field, int bits) {
        try (Peer peer = siege.peer()) {
            for (String text :
                    List.of(
                            "",
                            " ",
                            "x",
                            "1.0",
                            "0x1",
                            "1e9",
                            "9223372036854775808",
                            "\0",
                            "NaN")) {
                // when
                Frame answer = peer.ask(Examples.with(Examples.all().get(code), field, text));

                // then
                assertRefused(
                        answer,
                        ResponseCode.SYSTEM_ERROR,
                        "header field " + field + " is not a " + bits + "-bit number: \"");
            }
        }
        siege.assertUnharmed();
    }

    @Test
    void shouldNameEachFieldThatIsMissing() {
        try (Peer peer = siege.peer()) {
            Examples.all()
                    .forEach((code, example) -> {
                        // when
                        Frame answer = peer.ask(Frame.request(code, Fields.NONE));

                        // then
                        Siege.assertDecent(answer);
                        if (answer.code() != ResponseCode.SUCCESS) {
                            assertThat(answer.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
                            assertThat(answer.remark())
                                    .matches("header field \\w+ is missing|body is not a .+");
                        }
                    });
        }
        siege.assertUnharmed();
    }

    private static Frame ask(Peer peer, int code, String field, long number) {
        return peer.ask(Examples.with(Examples.all().get(code), field, Long.toString(number)));
    }

    private static void assertRefused(Frame answer, int code, String remark) {
        Siege.assertDecent(answer);
        assertThat(answer.remark()).startsWith(remark);
        assertThat(answer.code()).isEqualTo(code);
    }
}
