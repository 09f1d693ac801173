package bolide.broker.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.store.file.StorageException;
import bolide.store.state.StateLog;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class OffsetsTest {
    private static final StateLog NO_LOG = null; // for what is not written

    @Test
    void shouldKeepNothingForWhatIsDeletedMeanwhile() {
        // given
        AtomicInteger unwritten = new AtomicInteger();
        Offsets offsets =
                new Offsets(
                        Map.of(),
                        NO_LOG,
                        (group, topic) -> group.equals("G") && topic.equals("T"),
                        unwritten::incrementAndGet);

        // when
        offsets.commit("G", "T", 0, 5);
        offsets.commit("G", "gone", 0, 5);
        offsets.commit("gone", "T", 0, 5);
        offsets.reset("G", "gone", 1, 5);
        offsets.place("G", "gone", 2, 5);

        // then
        assertThat(offsets.find("G", "T", 0)).hasValue(5);
        assertThat(offsets.groupsOf("gone")).isEmpty();
        assertThat(offsets.topicsOf("gone")).isEmpty();
        assertThat(offsets.hasReset("G", "gone", 1)).isFalse();
        assertThat(unwritten).hasValue(1);
    }

    @Test
    void shouldSayWhatIsWrongWithAnOffsetThatIsNone() {
        assertThatThrownBy(() -> Offsets.decode(new byte[7]))
                .isInstanceOf(StorageException.class)
                .hasMessage("a committed offset of 7 bytes in the log; this Bolide reads 8");
    }
}
