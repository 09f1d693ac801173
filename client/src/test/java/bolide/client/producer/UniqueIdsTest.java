package bolide.client.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UniqueIdsTest {
    private Instant now = Instant.parse("2026-11-01T00:00:01Z");

    private UniqueIds ids(int addressBytes) {
        byte[] address = new byte[addressBytes];
        address[0] = 10;
        address[addressBytes - 1] = 9;
        return new UniqueIds(address, 0x12345, 0x0A0B0C0D, () -> now, ZoneOffset.UTC);
    }

    @Test
    void shouldBeMadeOfAddressProcessInstanceTimeAndCounter() {
        // given
        UniqueIds ids = ids(4);

        // when
        String first = ids.next();
        String second = ids.next();

        // then: 1000 ms into the month
        assertThat(first).isEqualTo("0A000009" + "2345" + "0A0B0C0D" + "000003E8" + "0000");
        assertThat(second).endsWith("0001");
    }

    @Test
    void shouldBeLongerForALongAddress() {
        // given / when / then
        assertThat(ids(16).next()).hasSize(56);
    }

    @Test
    void shouldBeginAnewEachMonth() {
        // given
        UniqueIds ids = ids(4);
        now = Instant.parse("2026-12-01T00:00:00.005Z");

        // when
        String id = ids.next();

        // then
        assertThat(id.substring(20, 28)).isEqualTo("00000005");
    }

    @Test
    void shouldDifferFromEachOther() {
        // given
        UniqueIds ids = ids(4);
        Set<String> seen = new HashSet<>();

        // when
        for (int i = 0; i < 200_000; i++) {
            now = now.plusNanos(50_000);
            seen.add(ids.next());
        }

        // then
        assertThat(seen).hasSize(200_000);
    }
}
