package bolide.protocol.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.Golden;
import bolide.protocol.Seeded;
import bolide.protocol.frame.Fields;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.InvalidRequestException;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.route.MessageQueue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Locks on queues, as body and as answer. */
class LockRequestTest {
    private static final List<MessageQueue> QUEUES = List.of(new MessageQueue("Orders", "bk", 1));
    private static final LockRequest REQUEST = new LockRequest("G", "10.1.1.9@4711#88", QUEUES);

    private static LockRequest decode(String body) {
        return LockRequest.decode(
                Frame.request(RequestCode.LOCK_BATCH_MQ, Fields.NONE, Golden.utf8(body)));
    }

    private static List<MessageQueue> seededQueues(Seeded seeded) {
        return seeded.list(
                5, () -> new MessageQueue(seeded.text(), seeded.text(), seeded.integer()));
    }

    @ParameterizedTest
    @ValueSource(ints = {RequestCode.LOCK_BATCH_MQ, RequestCode.UNLOCK_BATCH_MQ})
    void shouldReadAndWriteWhatApacheWrites(int code) {
        // when
        Frame request = REQUEST.encode(code);

        // then
        assertThat(decode(Golden.text("lock/lock-request.json"))).isEqualTo(REQUEST);
        assertThat(request.code()).isEqualTo(code);
        assertThat(Golden.text(request.body())).isEqualTo(Golden.text("lock/lock-request.json"));
    }

    @Test
    void shouldReadAndWriteTheAnswer() {
        // when, then
        assertThat(LockRequest.decodeLocked(Golden.body("lock/lock-answer.json")))
                .isEqualTo(QUEUES);
        assertThat(Golden.text(LockRequest.encodeLocked(QUEUES)))
                .isEqualTo(Golden.text("lock/lock-answer.json"));
        assertThat(LockRequest.decodeLocked(Golden.utf8("{\"lockOKMQSet\":null}"))).isEmpty();
        assertThat(LockRequest.decodeLocked(Golden.utf8("{}"))).isEmpty();
    }

    @Test
    void shouldReadBackWhatItWrites() {
        Seeded.forEach(
                1000,
                seeded -> {
                    // given
                    LockRequest request =
                            new LockRequest(seeded.text(), seeded.text(), seededQueues(seeded));
                    List<MessageQueue> locked = seededQueues(seeded);

                    // when, then
                    assertThat(LockRequest.decode(request.encode(41))).isEqualTo(request);
                    assertThat(LockRequest.decodeLocked(LockRequest.encodeLocked(locked)))
                            .isEqualTo(locked);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"mqSet\":[1]}", "{\"mqSet\":{}}", "{\"clientId\":1}"})
    void shouldRefuseWhatIsNoLockRequest(String body) {
        // when, then
        assertThatThrownBy(() -> decode(body))
                .isExactlyInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("body is not a lock request: ");
    }

    @Test
    void shouldRefuseWhatIsNoAnswer() {
        // when, then
        assertThatThrownBy(() -> LockRequest.decodeLocked(Golden.utf8("[]")))
                .isExactlyInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("body is not a list of locked queues: ");
    }
}
