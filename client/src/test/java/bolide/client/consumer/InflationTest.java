package bolide.client.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.frame.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class InflationTest {
    private static final int COMPRESSED = 1;
    private static final int LZ4 = 1 << 8;
    private static final int ZLIB = 3 << 8;

    private final Inflation inflation = new Inflation(100_000);

    @Test
    void shouldLeaveAPlainBodyAsItIs() {
        // given
        byte[] body = {1, 2, 3};

        // when / then
        assertThat(inflation.plain(body, 0)).isSameAs(body);
    }

    @Test
    void shouldInflate() throws IOException {
        // given
        byte[] body = new byte[100_000];
        Arrays.fill(body, (byte) 'x');

        // when / then
        assertThat(inflation.plain(deflated(body), COMPRESSED)).isEqualTo(body);
        assertThat(inflation.plain(deflated(body), COMPRESSED | ZLIB)).isEqualTo(body);
        assertThat(inflation.plain(deflated(new byte[0]), COMPRESSED)).isEmpty();
    }

    @Test
    void shouldInflateToAnySizeUpToItsLimit() throws IOException {
        // given
        Inflation small = new Inflation(5_000);

        // when / then
        for (int size = 0; size <= 5_000; size++) {
            byte[] body = new byte[size];
            assertThat(small.plain(deflated(body), COMPRESSED)).hasSize(size);
        }
        byte[] tooLarge = deflated(new byte[5_001]);
        assertThatThrownBy(() -> small.plain(tooLarge, COMPRESSED))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("5000");
    }

    @Test
    void shouldNotInflateBeyondItsLimit() throws IOException {
        // given
        byte[] bomb = deflated(new byte[50_000_000]);

        // when / then
        assertThatThrownBy(() -> inflation.plain(bomb, COMPRESSED))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("100000");
    }

    @Test
    void shouldRefuseDamageAtEveryByte() throws IOException {
        // given
        byte[] whole = deflated("hello hello hello".getBytes());

        // when / then
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> inflation.plain(cut, COMPRESSED))
                    .isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void shouldNameACompressionItCannotRead() {
        // given / when / then
        assertThatThrownBy(() -> inflation.plain(new byte[9], COMPRESSED | LZ4))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("zlib");
    }

    private static byte[] deflated(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(body);
        }
        return bytes.toByteArray();
    }
}
