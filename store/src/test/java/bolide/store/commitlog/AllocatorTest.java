package bolide.store.commitlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.store.Noted;
import bolide.store.StoreRig;
import bolide.store.file.MemoryVolume;
import bolide.store.file.MemoryVolume.Operation;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AllocatorTest {
    private static final int SEGMENT = (int) StoreRig.SEGMENT_BYTES;
    private static final String SPARE = "spare/segment";

    @Test
    void shouldGiveTheLogItsPlaceBeforeAnythingIsWritten() {
        // given
        StoreRig rig = StoreRig.sync();

        // when
        rig.settle();
        long allocations = rig.volume.count(Operation.ALLOCATE);
        rig.append("a", 0, "x");

        // then
        assertThat(allocations).isEqualTo(1);
        assertThat(rig.volume.count(Operation.ALLOCATE)).isEqualTo(allocations);
        assertThat(rig.volume.names()).contains(SPARE);
        rig.close();
    }

    @Test
    void shouldOnlyNameTheNextSegmentWhenTheLogRolls() {
        // given
        StoreRig rig = StoreRig.sync();
        rig.settle();
        rig.fillUpTo(100);
        long created = rig.volume.count(Operation.CREATE);
        long allocated = rig.volume.count(Operation.ALLOCATE);

        // when
        Noted noted = rig.appendSize(1000);

        // then
        assertThat(noted.positions()).containsExactly((long) SEGMENT);
        assertThat(rig.volume.count(Operation.CREATE)).isEqualTo(created);
        assertThat(rig.volume.count(Operation.ALLOCATE)).isEqualTo(allocated);
        assertThat(rig.volume.names()).doesNotContain(SPARE);
        rig.close();
    }

    @Test
    void shouldTakeMessagesOnAFullDiskAsFarAsTheirPlaceReaches() {
        // given
        StoreRig rig = StoreRig.sync();
        rig.settle();
        rig.volume.usableBytes(0);

        // when the last segment and the spare one fill up
        rig.fillUpTo(100);
        rig.appendSize(1000);
        rig.settle();
        rig.fillUpTo(100);

        // then
        assertThatThrownBy(() -> rig.appendSize(1000))
                .isInstanceOf(StoreRefusal.class)
                .hasMessageContaining("no room for more messages: no space left");
        assertThat(rig.failures).isEmpty();

        // when
        rig.volume.usableBytes(Long.MAX_VALUE);
        Noted healed = rig.appendSize(1000);
        rig.settle();

        // then
        assertThat(healed.isAcknowledged()).isTrue();
        rig.close();
    }

    @Test
    void shouldTryAgainAfterASecondWhenThereWasNoRoom() {
        // given
        MemoryVolume volume = new MemoryVolume();
        volume.usableBytes(0);
        StoreRig rig = new StoreRig(volume, FlushPolicy.SYNC);
        rig.settle();
        volume.usableBytes(Long.MAX_VALUE);
        rig.settle();
        assertThat(volume.names()).doesNotContain(SPARE);

        // when
        rig.clock.pass(TimeUnit.SECONDS.toMillis(1));
        rig.settle();

        // then
        assertThat(volume.names()).contains(SPARE);
        rig.close();
    }

    @Test
    void shouldMakeTheSpareSegmentAnewAfterARestart() {
        // given a spare segment of which nobody knows whether it was finished
        StoreRig rig = StoreRig.sync();
        rig.settle();
        rig.volume.kill();

        // when
        StoreRig again = new StoreRig(rig.volume, rig.config, rig.clock);
        again.fillUpTo(100);
        Noted before = again.appendSize(1000);
        again.settle();

        // then
        assertThat(before.isAcknowledged()).isTrue();
        assertThat(again.volume.names()).contains(SPARE);
        again.close();
    }

    @Test
    void shouldMakeTheNextSegmentItselfWhenTheSpareCannotBeNamed() {
        // given
        StoreRig rig = StoreRig.sync();
        rig.settle();
        rig.fillUpTo(100);
        rig.volume.lose(SPARE);

        // when // then
        assertThatThrownBy(() -> rig.appendSize(1000))
                .isInstanceOf(StoreRefusal.class)
                .hasMessageContaining("no next log segment");
        assertThat(rig.appendSize(1000).positions()).containsExactly((long) SEGMENT);
        assertThat(rig.failures).isEmpty();
        rig.close();
    }
}
