package bolide.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.Broken;
import bolide.protocol.Golden;
import bolide.protocol.Seeded;
import bolide.protocol.frame.InvalidRequestException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids that say where a message is stored. */
class OffsetMessageIdTest {
    private static final String GOLDEN = "0A00000100002A9F0000000000000400";

    private static Broken ids() {
        String v6 = "20010DB8000000000000000000000001" + "00002A9F" + "7FFFFFFFFFFFFFFF";
        return new Broken(
                List.of(
                        GOLDEN.getBytes(StandardCharsets.US_ASCII),
                        v6.getBytes(StandardCharsets.US_ASCII)),
                InvalidRequestException.class,
                32,
                (ByteBuffer text) -> OffsetMessageId.decode(Golden.text(text)));
    }

    @Test
    void shouldReadAndWriteWhatApacheWrites() {
        // given
        OffsetMessageId id = new OffsetMessageId(new InetSocketAddress("10.0.0.1", 10911), 1024);

        // when, then
        assertThat(id.encode()).isEqualTo(GOLDEN);
        assertThat(OffsetMessageId.decode(GOLDEN)).isEqualTo(id);
        assertThat(OffsetMessageId.decode(GOLDEN.toLowerCase())).isEqualTo(id);
    }

    @Test
    void shouldReadBackWhatItWrites() {
        Seeded.forEach(
                2000,
                seeded -> {
                    // given
                    boolean v6 = seeded.coin();
                    OffsetMessageId id = new OffsetMessageId(seeded.host(v6), seeded.number());

                    // when
                    String text = id.encode();

                    // then
                    assertThat(text).hasSize(v6 ? 56 : 32).isUpperCase();
                    assertThat(OffsetMessageId.decode(text)).isEqualTo(id);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "0A00000100002A9F000000000000040",
                "0A00000100002A9F00000000000004000",
                "0A00000100002A9F000000000000040G",
                "0A000001000100000000000000000400", // port 65536
                "0A000001FFFFFFFF0000000000000400", // port -1
                "\uff10A00000100002A9F0000000000000400"
            })
    void shouldRefuseWhatIsNoId(String text) {
        // when, then
        assertThatThrownBy(() -> OffsetMessageId.decode(text))
                .isExactlyInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("an offset message id has 32 or 56 hex digits");
    }

    @Test
    void shouldSurviveBrokenIds() {
        // given, when, then
        ids().truncate();
        ids().mutateEveryByte();
        ids().mutateBySeed();
    }
}
