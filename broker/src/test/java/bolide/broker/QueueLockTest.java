package bolide.broker;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.frame.ResponseCode;
import bolide.protocol.lock.LockRequest;
import bolide.protocol.route.MessageQueue;
import bolide.store.commitlog.FlushPolicy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which queues members of an orderly group may have for themselves, and how long.
final class QueueLockTest {
    @TempDir Path data;
    private BrokerHarness broker;

    @BeforeEach
    void open() {
        broker = new BrokerHarness(data, FlushPolicy.SYNC);
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void shouldLockAQueueForOneMemberAtATime() {
        // given
        FakeClient other = new FakeClient(2);
        MessageQueue queue = new MessageQueue("T", "b", 0);
        broker.send("T", 0, "makes the topic", ""); // of 4 queues
        broker.ask(BrokerHarness.heartbeat("c1", "G"));
        assertThat(locked(broker.client, "c1")).isEqualTo(1);

        // then
        assertThat(locked(other, "c2")).isZero();
        broker.timers.advance(59_000);
        assertThat(locked(broker.client, "c1")).as("renewed").isEqualTo(1);
        broker.timers.advance(59_000);
        assertThat(locked(other, "c2")).isZero();

        // when
        broker.ask(other, lock(RequestCode.UNLOCK_BATCH_MQ, "c2", "G", queue));
        assertThat(locked(other, "c2")).as("another's lock is not given back").isZero();
        broker.ask(lock(RequestCode.UNLOCK_BATCH_MQ, "c1", "G", queue));

        // then
        assertThat(locked(other, "c2")).isEqualTo(1);
        broker.timers.advance(61_000);
        assertThat(locked(broker.client, "c1")).as("expired").isEqualTo(1);
    }

    @Test
    void shouldLockOnlyQueuesThatThereAre() {
        // given
        broker.send("T", 0, "makes the topic", ""); // of 4 queues
        broker.ask(BrokerHarness.heartbeat("c1", "G"));

        // when
        Frame answer =
                broker.ask(
                        lock(
                                RequestCode.LOCK_BATCH_MQ,
                                "c1",
                                "G",
                                new MessageQueue("T", "b", 1),
                                new MessageQueue("T", "b", 4),
                                new MessageQueue("T", "b", -1),
                                new MessageQueue("unknown", "b", 0)));

        // then
        assertThat(LockRequest.decodeLocked(answer.body()))
                .containsExactly(new MessageQueue("T", "b", 1));
    }

    @Test
    void shouldLockAQueueOfThisBrokerHoweverAClientCallsIt() {
        // given
        broker.send("T", 0, "makes the topic", ""); // of 4 queues
        broker.ask(BrokerHarness.heartbeat("c1", "G"));
        MessageQueue queue = new MessageQueue("T", "b", 1);
        MessageQueue other = new MessageQueue("T", "a name of its own", 1);
        broker.ask(lock(RequestCode.LOCK_BATCH_MQ, "c1", "G", queue));

        // when
        Frame answer = broker.ask(lock(RequestCode.LOCK_BATCH_MQ, "c2", "G", other));

        // then
        assertThat(LockRequest.decodeLocked(answer.body())).isEmpty();
    }

    @Test
    void shouldRefuseLocksOfAnUnknownGroup() {
        // when
        Frame answer = broker.ask(lock(RequestCode.LOCK_BATCH_MQ, "c1", "nobody"));

        // then
        assertThat(answer.code()).isEqualTo(ResponseCode.SUBSCRIPTION_GROUP_NOT_EXIST);
        assertThat(answer.remark()).contains("nobody", "does not exist");
    }

    private int locked(FakeClient client, String id) {
        MessageQueue queue = new MessageQueue("T", "b", 0);
        Frame answer = broker.ask(client, lock(RequestCode.LOCK_BATCH_MQ, id, "G", queue));
        return LockRequest.decodeLocked(answer.body()).size();
    }

    private static Frame lock(int code, String id, String group, MessageQueue... queues) {
        return new LockRequest(group, id, List.of(queues)).encode(code);
    }
}
