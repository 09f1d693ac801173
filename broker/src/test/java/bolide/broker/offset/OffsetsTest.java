package bolide.broker.offset;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.store.file.StorageException;
import org.junit.jupiter.api.Test;

final class OffsetsTest {
    @Test
    void shouldSayWhatIsWrongWithAnOffsetThatIsNone() {
        assertThatThrownBy(() -> Offsets.decode(new byte[7]))
                .isInstanceOf(StorageException.class)
                .hasMessage("a committed offset of 7 bytes in the log; this Bolide reads 8");
    }
}
