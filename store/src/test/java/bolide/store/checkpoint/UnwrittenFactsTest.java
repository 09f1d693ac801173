package bolide.store.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.store.ManualClock;
import bolide.store.Store;
import bolide.store.StoreConfig;
import bolide.store.StoreRig;
import bolide.store.commitlog.FlushPolicy;
import bolide.store.commitlog.StoreRefusal;
import bolide.store.file.MemoryVolume;
import bolide.store.file.MemoryVolume.Operation;
import bolide.store.index.Generation;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnwrittenFactsTest {
    private static final StoreConfig CONFIG =
            new StoreConfig(
                    FlushPolicy.SYNC,
                    StoreRig.INTERVAL,
                    StoreRig.SEGMENT_BYTES,
                    new Generation.Limits(2, 100_000));

    /// @return the groups that the next process knows, after a write failed while a checkpoint was
    ///   due
    private static List<String> groupsAfter(StateChange before, StateChange failing) {
        StoreRig rig = new StoreRig(new MemoryVolume(), CONFIG, new ManualClock());
        rig.store.stateLog().write(List.of(before));
        rig.append("a", 0, "1", "2", "3");
        rig.turns.step("flusher");
        rig.turns.step("dispatcher");
        rig.volume.failAt(Operation.WRITE, 1);
        assertThatThrownBy(() -> rig.store.stateLog().write(List.of(failing)))
                .isInstanceOf(StoreRefusal.class);
        for (int i = 0; i < 10; i++) {
            rig.turns.step("checkpointer");
        }
        rig.volume.kill();
        List<String> groups = new ArrayList<>();
        new Store(rig.volume, CONFIG)
                .forEachState(StateKind.GROUP, (group, value) -> groups.add(group));
        return groups;
    }

    private static StateChange put(String group) {
        return StateChange.put(StateKind.GROUP, group, new byte[] {1});
    }

    @Test
    void shouldNotOutliveTheWriteThatFailed() {
        assertThat(groupsAfter(put("g"), put("h"))).containsExactly("g");
    }

    @Test
    void shouldNotTakeWithThemWhatTheyWereToRemove() {
        assertThat(groupsAfter(put("g"), StateChange.remove(StateKind.GROUP, "g")))
                .containsExactly("g");
    }
}
