package bolide.broker;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.broker.group.GroupTopics;
import bolide.broker.offset.Offsets;
import bolide.protocol.frame.Frame;
import bolide.protocol.frame.RequestCode;
import bolide.protocol.offset.CommittedOffset;
import bolide.protocol.offset.ResetOffset;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.file.DirectoryVolume;
import bolide.store.file.StorageException;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import bolide.store.state.StateLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// More offsets, and more links between groups and topics, than one record of the log can hold.
final class ManyOffsetsTest {
    private static final String GROUP = "G".repeat(100);
    private static final int MANY = 20_000; // two segments do not hold as many

    @TempDir Path data;
    private CountedVolume disk;
    private BrokerHarness broker;

    @BeforeEach
    void open() {
        disk = new CountedVolume(new DirectoryVolume(data));
        broker = new BrokerHarness(disk, FlushPolicy.SYNC, 1 << 30);
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private void reopen() {
        broker.close();
        open();
    }

    private void create(String topic, int queues) {
        Frame made =
                broker.ask(
                        RequestCode.UPDATE_AND_CREATE_TOPIC,
                        "topic",
                        topic,
                        "defaultTopic",
                        "TBW102",
                        "readQueueNums",
                        "" + queues,
                        "writeQueueNums",
                        "" + queues,
                        "perm",
                        "6");
        assertThat(made.code()).as(made.remark()).isZero();
    }

    private void given() {
        create("T", MANY);
        assertThat(broker.ask(BrokerHarness.heartbeat("c", GROUP)).code()).isZero();
    }

    /// The broker knows of it when it starts the next time.
    private void note(List<StateChange> changes) {
        StateLog.pieces(changes).forEach(piece -> broker.store.stateLog().write(piece).join());
        reopen();
    }

    private void givenOffsets() {
        given();
        List<StateChange> offsets = new ArrayList<>();
        for (int queue = 0; queue < MANY; queue++) {
            offsets.add(Offsets.change(GROUP, "T", queue, 7));
        }
        note(offsets);
    }

    private void givenLinks() {
        given();
        List<StateChange> links = new ArrayList<>();
        for (int topic = 0; topic < MANY; topic++) {
            links.add(GroupTopics.forbidding(new GroupTopics.Link(GROUP, "T" + topic)));
        }
        note(links);
    }

    /// There is room for some of them, in the last segment and one that may be ready.
    private void fillDisk() {
        disk.beforeCreate(() -> {
            throw new StorageException("no space left on device");
        });
    }

    private Frame resetAll() {
        return broker.ask(
                new ResetOffset("T", GROUP, 1, ResetOffset.ALL_QUEUES, ResetOffset.BY_TIME)
                        .encode());
    }

    private int committed(int queue) {
        Frame answer = broker.ask(new CommittedOffset(GROUP, "T", queue, false).encode());
        return answer.code() == 0 ? (int) answer.fields().number("offset") : -1;
    }

    private long facts(StateKind kind) {
        return broker.store.stateLog().facts().stream()
                .filter(fact -> fact.kind().equals(kind))
                .count();
    }

    @Test
    void shouldResetThemAndKeepThemOverARestart() {
        // given
        given();

        // when
        Frame answer = resetAll();
        reopen();

        // then
        assertThat(answer.code()).as(answer.remark()).isZero();
        assertThat(facts(StateKind.OFFSET)).isEqualTo(MANY);
        assertThat(committed(MANY - 1)).isZero();
    }

    @Test
    void shouldWriteTheRestWhenThereIsRoomAgain() {
        // given
        givenOffsets();
        fillDisk();
        long before = broker.store.log().appender().appended().get();

        // when
        Frame answer = resetAll();

        // then
        assertThat(answer.code()).isEqualTo(14);
        assertThat(answer.remark()).contains("holds, but is not written", "no space left");
        assertThat(committed(MANY - 1)).isZero();
        assertThat(broker.store.log().appender().appended().get()).isGreaterThan(before);

        // when
        disk.beforeCreate(() -> {});
        broker.timers.advance(1_000);
        long after = broker.store.log().appender().appended().get();
        reopen();

        // then
        assertThat(broker.store.stateLog().facts())
                .filteredOn(fact -> fact.kind().equals(StateKind.OFFSET))
                .hasSize(MANY)
                .allMatch(fact -> Offsets.decode(fact.value()) == 0);
        assertThat(after - before).isLessThan(MANY * 160L); // none twice
    }

    @Test
    void shouldDeleteTheirTopic() {
        // given
        givenOffsets();

        // when
        Frame answer = broker.ask(RequestCode.DELETE_TOPIC_IN_BROKER, "topic", "T");
        reopen();

        // then
        assertThat(answer.code()).as(answer.remark()).isZero();
        assertThat(facts(StateKind.OFFSET)).isZero();
        create("T", MANY);
        assertThat(committed(0)).isEqualTo(-1);
    }

    @Test
    void shouldKeepThemWhenTheirTopicCannotBeDeleted() {
        // given
        givenOffsets();
        fillDisk();

        // when
        Frame answer = broker.ask(RequestCode.DELETE_TOPIC_IN_BROKER, "topic", "T");
        disk.beforeCreate(() -> {});
        long removed = MANY - facts(StateKind.OFFSET);
        broker.timers.advance(1_000);
        reopen();

        // then
        assertThat(answer.code()).isEqualTo(14);
        assertThat(removed).isPositive();
        assertThat(facts(StateKind.OFFSET)).isEqualTo(MANY);
        assertThat(committed(MANY - 1)).isEqualTo(7);
    }

    @Test
    void shouldDeleteTheirGroup() {
        // given
        givenLinks();
        assertThat(facts(StateKind.GROUP_TOPIC)).isEqualTo(MANY);

        // when
        Frame answer =
                broker.ask(
                        RequestCode.DELETE_SUBSCRIPTIONGROUP,
                        "groupName",
                        GROUP,
                        "cleanOffset",
                        "true");
        reopen();

        // then
        assertThat(answer.code()).as(answer.remark()).isZero();
        assertThat(facts(StateKind.GROUP_TOPIC)).isZero();
    }

    @Test
    void shouldForgetThemThoughTheirTopicIsNotThere() {
        // given
        note(List.of(Offsets.change(GROUP, "T", 0, 7)));

        // when
        Frame answer = broker.ask(RequestCode.DELETE_TOPIC_IN_BROKER, "topic", "T");
        reopen();

        // then
        assertThat(answer.code()).isZero();
        create("T", 1);
        assertThat(committed(0)).isEqualTo(-1);
    }
}
