package bolide.store.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.store.StoreRig;
import bolide.store.file.MemoryVolume;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// A state record that supersedes an older one has rotted on the disk.
class RottenFactTest {
    private static final String LOG = "commitlog/00000000000000000000";
    private static final int BODY_AT = 100; // within every state record here

    private final StoreRig rig = StoreRig.sync();

    /// @return where the record lies
    private long write(StateChange... changes) {
        long position = rig.appender().appended().get();
        rig.store.stateLog().write(List.of(changes));
        rig.settle();
        return position;
    }

    private static StateChange put(String key, String value) {
        return StateChange.put(StateKind.OFFSET, key, value.getBytes(StandardCharsets.UTF_8));
    }

    /// Ends the process and turns a bit of the record at that position.
    private void rot(long position) {
        rig.volume.kill();
        rig.volume.flip(LOG, 8 * (position + BODY_AT));
    }

    private static Map<String, String> facts(StoreRig rig) {
        Map<String, String> facts = new TreeMap<>();
        rig.store.stateLog().facts().stream()
                .filter(fact -> fact.kind().equals(StateKind.OFFSET))
                .forEach(fact ->
                        facts.put(fact.key(), new String(fact.value(), StandardCharsets.UTF_8)));
        return facts;
    }

    private static void assertReported(StoreRig rig, long... positions) {
        assertThat(rig.store.recovered().damages())
                .extracting(Recovery.Damage::from)
                .containsExactlyElementsOf(Arrays.stream(positions).boxed().toList());
    }

    private static void lose(MemoryVolume volume, String directory) {
        volume.names().stream().filter(name -> name.startsWith(directory)).forEach(volume::lose);
    }

    @Test
    void shouldGoBackToTheOlderFactAndSaySo() {
        // given
        write(put("a", "older"), put("b", "first"));
        long newer = write(put("a", "newer"));
        write(put("b", "second"));
        rot(newer);

        // when
        StoreRig again = rig.killAndReopen();

        // then
        assertThat(facts(again)).isEqualTo(Map.of("a", "older", "b", "second"));
        assertReported(again, newer);

        // and it stays so, and stays reported
        again.settle();
        StoreRig third = again.killAndReopen();
        assertThat(facts(third)).isEqualTo(Map.of("a", "older", "b", "second"));
        assertReported(third, newer);
    }

    @Test
    void shouldTakeTheNewestWholeFactOfAll() {
        // given
        write(put("a", "1"));
        long second = write(put("a", "2"));
        write(put("a", "3"));
        rot(second);

        // when
        StoreRig again = rig.killAndReopen();

        // then
        assertThat(facts(again)).isEqualTo(Map.of("a", "3"));
        assertReported(again, second);
    }

    @Test
    void shouldKeepAFactWhoseRemovalHasRotted() {
        // given
        write(put("a", "value"));
        long removal = write(StateChange.remove(StateKind.OFFSET, "a"), put("b", "there"));
        rot(removal);

        // when
        StoreRig again = rig.killAndReopen();

        // then all of the record is gone, not half of it
        assertThat(facts(again)).isEqualTo(Map.of("a", "value"));
        assertReported(again, removal);
    }

    @Test
    void shouldKnowTheNewerFactFromASnapshot() {
        // given
        write(put("a", "older"));
        long newer = write(put("a", "newer"));
        rig.close();
        rot(newer);

        // when
        StoreRig again = rig.killAndReopen();

        // then
        assertThat(facts(again)).isEqualTo(Map.of("a", "newer"));
        assertReported(again);

        // when that is gone, too
        again.close();
        again.volume.kill();
        lose(again.volume, "snapshot/");
        StoreRig without = again.killAndReopen();

        // then
        assertThat(facts(without)).isEqualTo(Map.of("a", "older"));
        assertReported(without, newer);
    }

    @Test
    void shouldNeverMakeUpAFactWhicheverBitOfItsRecordTurns() {
        // given
        write(put("a", "older"));
        long newer = write(put("a", "newer"), put("b", "new"));
        long end = rig.appender().appended().get();
        rig.volume.kill();
        List<Long> unnoticed = new ArrayList<>();
        for (long bit = 8 * newer; bit < 8 * end; bit++) {
            MemoryVolume volume = rig.volume.copy();
            volume.flip(LOG, bit);

            // when
            StoreRig again = new StoreRig(volume, rig.config, rig.clock);

            // then
            assertThat(facts(again)).as("bit %s", bit).isEqualTo(Map.of("a", "older"));
            if (again.store.recovered().damages().size() != 1) {
                unnoticed.add(bit);
            }
            again.close();
        }
        assertThat(unnoticed).isEmpty();
    }
}
