package bolide.store.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.store.Noted;
import bolide.store.Records;
import bolide.store.Store;
import bolide.store.StoreRig;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.commitlog.StoreRefusal;
import bolide.store.file.MemoryVolume;
import bolide.store.file.StorageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StateLogTest {
    private static StateChange put(StateKind kind, String key, String value) {
        return StateChange.put(kind, key, value.getBytes(StandardCharsets.UTF_8));
    }

    private static StateChange removeTopic(String topic) {
        return StateChange.remove(StateKind.TOPIC, topic);
    }

    private static void write(StoreRig rig, StateChange... changes) {
        rig.store.stateLog().write(List.of(changes));
    }

    private static Map<String, String> facts(Store store, StateKind kind) {
        Map<String, String> facts = new TreeMap<>();
        store.forEachState(
                kind, (key, value) -> facts.put(key, new String(value, StandardCharsets.UTF_8)));
        return facts;
    }

    private static StoreRig reopened(StoreRig rig) {
        rig.settle();
        return rig.closeAndReopen();
    }

    @Test
    void shouldHoldAfterARestart() {
        // given
        StoreRig rig = StoreRig.sync();
        write(rig, put(StateKind.TOPIC, "a", "1"));
        write(rig, put(StateKind.GROUP, "a", "2"));
        write(rig, put(StateKind.OFFSET, "größe@0", ""));

        // when
        StoreRig again = reopened(rig);

        // then
        assertThat(facts(again.store, StateKind.TOPIC)).isEqualTo(Map.of("a", "1"));
        assertThat(facts(again.store, StateKind.GROUP)).isEqualTo(Map.of("a", "2"));
        assertThat(facts(again.store, StateKind.OFFSET)).isEqualTo(Map.of("größe@0", ""));
        again.close();
    }

    @Test
    void shouldHoldWhatWasSaidLast() {
        // given
        StoreRig rig = StoreRig.sync();
        write(rig, put(StateKind.GROUP, "g", "1"), put(StateKind.GROUP, "h", "1"));
        write(rig, put(StateKind.GROUP, "g", "2"), StateChange.remove(StateKind.GROUP, "h"));
        write(rig, put(StateKind.GROUP, "i", "1"), StateChange.remove(StateKind.GROUP, "i"));
        write(rig, StateChange.remove(StateKind.GROUP, "j"), put(StateKind.GROUP, "j", "3"));

        // when
        StoreRig again = reopened(rig);

        // then
        assertThat(facts(again.store, StateKind.GROUP)).isEqualTo(Map.of("g", "2", "j", "3"));
        again.close();
    }

    @Test
    void shouldShowFactsInTheOrderOfTheirKeys() {
        // given
        StoreRig rig = StoreRig.sync();
        write(rig, put(StateKind.GROUP, "b", ""), put(StateKind.GROUP, "c", ""));
        write(rig, put(StateKind.GROUP, "a", ""));

        // when
        StoreRig again = reopened(rig);

        // then
        List<String> keys = new ArrayList<>();
        again.store.forEachState(StateKind.GROUP, (key, value) -> keys.add(key));
        assertThat(keys).containsExactly("a", "b", "c");
        again.close();
    }

    @Test
    void shouldCarryManyChangesInOneRecord() {
        // given
        StoreRig rig = StoreRig.sync();
        List<StateChange> changes = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            changes.add(put(StateKind.OFFSET, "group@topic@" + i, "" + i));
        }

        // when
        CompletableFuture<Void> safe = rig.store.stateLog().write(changes);
        boolean safeAtOnce = safe.isDone();
        StoreRig again = reopened(rig);

        // then
        assertThat(safeAtOnce).isFalse();
        assertThat(safe).isCompleted();
        assertThat(facts(again.store, StateKind.OFFSET))
                .hasSize(1000)
                .containsEntry("group@topic@7", "7");
        again.close();
    }

    @Test
    void shouldBeSafeWhenWrittenUnderAsync() {
        // given
        StoreRig rig = StoreRig.async();

        // when
        CompletableFuture<Void> safe =
                rig.store.stateLog().write(List.of(put(StateKind.GROUP, "g", "1")));

        // then
        assertThat(safe).isCompleted();
        StoreRig again = rig.killAndReopen();
        assertThat(facts(again.store, StateKind.GROUP)).isEqualTo(Map.of("g", "1"));
        again.close();
    }

    @Test
    void shouldSplitChangesIntoPiecesThatFitIntoAnyLog() {
        // given
        List<StateChange> changes = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            changes.add(put(StateKind.OFFSET, "group@topic@" + i, "" + i));
        }

        // when
        List<List<StateChange>> pieces = StateLog.pieces(changes);

        // then
        assertThat(pieces.stream().flatMap(List::stream).toList()).isEqualTo(changes);
        assertThat(pieces)
                .hasSizeGreaterThan(5)
                .allSatisfy(piece -> {
                    assertThat(piece).isNotEmpty();
                    assertThat(StateRecord.encode(piece).remaining()).isLessThan(40_000);
                });
        assertThat(StateLog.pieces(List.of())).isEmpty();
    }

    @Test
    void shouldHoldAllChangesOfARecordOrNone() {
        // given
        StoreRig rig = StoreRig.sync();
        write(rig, put(StateKind.GROUP, "g", "1"));
        rig.settle();
        int start = (int) rig.appender().appended().get();
        write(rig, put(StateKind.GROUP, "g", "2"), put(StateKind.GROUP, "h", "x".repeat(300)));
        MemoryVolume written = rig.volume.copy();
        String segment = written.names().getFirst();
        int end = (int) rig.appender().appended().get();

        for (int cut = start; cut < end; cut++) {
            // when
            MemoryVolume torn = written.copy();
            torn.truncate(segment, cut);
            StoreRig again = new StoreRig(torn, FlushPolicy.SYNC);

            // then
            assertThat(facts(again.store, StateKind.GROUP)).isEqualTo(Map.of("g", "1"));
            again.close();
        }
    }

    @Test
    void shouldRestartTheQueuesOfARemovedTopic() {
        // given the lives of two topics, interleaved
        StoreRig rig = StoreRig.sync();
        rig.append("a", 0, "old 1", "old 2");
        rig.append("b", 0, "b 1");
        rig.append("a", 1, "old 3");

        // when
        write(rig, removeTopic("a"));
        Noted other = rig.append("b", 0, "b 2");
        Noted young = rig.append("a", 0, "new 1");
        write(rig, put(StateKind.TOPIC, "a", "x"));
        Noted younger = rig.append("a", 0, "new 2");
        rig.append("b", 0, "b 3");
        rig.settle();

        // then in live operation and in the dispatcher
        assertThat(other.offsets()).containsExactly(1L);
        assertThat(young.offsets()).containsExactly(0L);
        assertThat(younger.offsets()).containsExactly(1L);
        assertThat(rig.bodies("a", 0)).containsExactly("new 1", "new 2");
        assertThat(rig.bodies("b", 0)).containsExactly("b 1", "b 2", "b 3");
        assertThat(rig.store.queues().find("a", 1)).isEmpty();

        // then in recovery
        StoreRig again = rig.killAndReopen();
        assertThat(again.bodies("a", 0)).containsExactly("new 1", "new 2");
        assertThat(again.bodies("b", 0)).containsExactly("b 1", "b 2", "b 3");
        assertThat(again.store.queues().find("a", 1)).isEmpty();
        assertThat(again.append("a", 0, "new 3").offsets()).containsExactly(2L);
        assertThat(again.append("a", 1, "new 4").offsets()).containsExactly(0L);
        assertThat(again.append("b", 0, "b 4").offsets()).containsExactly(3L);
        again.close();
    }

    @Test
    void shouldRestartTheQueuesOfATopicRemovedTwiceWithinOneStep() {
        // given
        StoreRig rig = StoreRig.sync();

        // when
        rig.append("a", 0, "1");
        write(rig, removeTopic("a"));
        rig.append("a", 0, "2");
        write(rig, removeTopic("a"), put(StateKind.TOPIC, "a", "x"));
        rig.append("a", 0, "3");
        rig.settle();

        // then
        assertThat(rig.bodies("a", 0)).containsExactly("3");
        StoreRig again = rig.closeAndReopen();
        assertThat(again.bodies("a", 0)).containsExactly("3");
        assertThat(facts(again.store, StateKind.TOPIC)).containsOnlyKeys("a");
        assertThat(again.append("a", 0, "4").offsets()).containsExactly(1L);
        again.close();
    }

    @Test
    void shouldForgetATopicThatEndsWithItsRemoval() {
        // given
        StoreRig rig = StoreRig.sync();
        write(rig, put(StateKind.TOPIC, "a", "x"));
        rig.append("a", 0, "1");
        write(rig, removeTopic("a"));
        rig.settle();

        // when
        StoreRig again = rig.closeAndReopen();

        // then
        assertThat(rig.store.queues().find("a", 0)).isEmpty();
        assertThat(again.store.queues().find("a", 0)).isEmpty();
        assertThat(facts(again.store, StateKind.TOPIC)).isEmpty();
        again.close();
    }

    @Test
    void shouldPassOverKindsOfALaterVersion() {
        // given
        StoreRig rig = StoreRig.sync();
        ByteBuffer body =
                ByteBuffer.allocate(100)
                        .put((byte) 1)
                        .putInt(5 + 1 + 3)
                        .putShort((short) 60_000)
                        .put((byte) 7)
                        .putShort((short) 1)
                        .put("k".getBytes())
                        .put(new byte[3])
                        .put(
                                StateRecord.encode(List.of(put(StateKind.GROUP, "g", "1")))
                                        .position(1))
                        .flip();
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        rig.appender()
                .stage(
                        StateRecord.TOPIC,
                        Records.of(StateRecord.TOPIC, 0, bytes, "", 0),
                        new Noted());
        rig.appender().publish();
        rig.settle();

        // when
        StoreRig again = rig.killAndReopen();

        // then
        assertThat(rig.failures).isEmpty();
        assertThat(facts(again.store, StateKind.GROUP)).isEqualTo(Map.of("g", "1"));
        again.close();
    }

    @Test
    void shouldReadBackWhatItWrites() {
        // given
        List<StateChange> changes =
                List.of(
                        put(StateKind.TOPIC, "", ""),
                        StateChange.remove(StateKind.OFFSET, "k".repeat(0xFFFF)),
                        put(StateKind.GROUP, "\0", "v"));

        // when
        List<StateChange> read = StateRecord.decode(StateRecord.encode(changes));

        // then
        assertThat(read).usingRecursiveComparison().isEqualTo(changes);
    }

    @Test
    void shouldRefuseAKeyThatIsTooLong() {
        // given
        StoreRig rig = StoreRig.sync();
        StateChange change = put(StateKind.GROUP, "k".repeat(0x10000), "");

        // when // then
        assertThatThrownBy(() -> write(rig, change)).isInstanceOf(IllegalArgumentException.class);
        rig.close();
    }

    @Test
    void shouldRefuseMoreThanOneAppendTakes() {
        // given
        StoreRig rig = StoreRig.sync();
        StateChange change = put(StateKind.GROUP, "k", "v".repeat(70_000));

        // when // then
        assertThatThrownBy(() -> write(rig, change)).isInstanceOf(StoreRefusal.class);
        rig.close();
    }

    @Test
    void shouldNameAnEndBehindFactsThatAreStillBeingWritten() {
        // given a fact whose newer record another sender has begun to write
        StoreRig rig = StoreRig.sync();
        write(rig, put(StateKind.GROUP, "g", "1"));
        rig.settle();
        long below = rig.appender().appended().get();
        List<Long> needed = new ArrayList<>();
        rig.volume.beforeEach(() -> {
            if (needed.isEmpty() && rig.volume.next() == MemoryVolume.Operation.WRITE) {
                needed.add(rig.store.stateLog().newestPosition()); // before the call below
                needed.add(rig.store.stateLog().carry(below));
            }
        });

        // when what the older one lies in is to go meanwhile
        write(rig, put(StateKind.GROUP, "g", "2"));

        // then
        assertThat(needed).hasSize(2);
        assertThat(needed.getFirst()).isEqualTo(below);
        assertThat(needed.getLast()).isGreaterThan(below);
    }

    @Test
    void shouldNeverTakeDamagedBytesForChanges() {
        // given
        List<StateChange> changes =
                List.of(put(StateKind.TOPIC, "key", "value"), removeTopic("other"));
        ByteBuffer whole = StateRecord.encode(changes);

        for (int length = 0; length < whole.limit(); length++) {
            ByteBuffer cut = whole.slice(0, length);

            // when // then
            if (length == 1 || length == 1 + 4 + 5 + 3 + 5) { // between two changes
                assertThat(StateRecord.decode(cut)).hasSizeLessThan(2);
            } else {
                assertThatThrownBy(() -> StateRecord.decode(cut))
                        .isInstanceOf(StorageException.class);
            }
        }
        ByteBuffer huge = ByteBuffer.allocate(9).put((byte) 1).putInt(Integer.MAX_VALUE).clear();
        assertThatThrownBy(() -> StateRecord.decode(huge))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("2147483647 bytes where 4 are left");
        ByteBuffer later = ByteBuffer.allocate(9).put((byte) 2).clear();
        assertThatThrownBy(() -> StateRecord.decode(later))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("version 2");
    }
}
