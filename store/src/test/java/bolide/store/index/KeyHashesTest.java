package bolide.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyHashesTest {
    private static final int SEED = 7;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 8192, 100_003})
    void shouldSortAsNumbersWithTheirSign(int count) {
        // given
        SplittableRandom random = new SplittableRandom(SEED);
        KeyHashes hashes = new KeyHashes();
        long[] expected = new long[count];
        for (int i = 0; i < count; i++) {
            int hash = i % 3 == 0 ? random.nextInt(-5, 5) : random.nextInt();
            hashes.add(hash, i / 2L);
            expected[i] = KeyHashes.pack(hash, i / 2L);
        }
        hashes.publish();
        Arrays.sort(expected);

        // when
        long[] sorted = hashes.sorted();

        // then
        assertThat(sorted).isEqualTo(expected);
    }

    @Test
    void shouldShowOnlyWhatIsPublished() {
        // given
        KeyHashes hashes = new KeyHashes();
        hashes.add(1, 10);
        hashes.publish();

        // when
        hashes.add(2, 20);

        // then
        assertThat(hashes.count()).isEqualTo(1);
        assertThat(hashes.sorted()).containsExactly(KeyHashes.pack(1, 10));
    }
}
