package bolide.protocol.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bolide.protocol.frame.InvalidRequestException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Values and settings of a name server, as Apache's name server 5.5.0 writes them. */
class ConfigBodiesTest {
    @Test
    void shouldReadAndWriteAKey() {
        // given
        KvEntry entry = new KvEntry(new KvKey("n", "k"), "v");

        // when, then
        assertThat(KvEntry.decode(entry.encode())).isEqualTo(entry);
        assertThat(KvKey.decode(entry.encode())).isEqualTo(entry.at());
        assertThat(KvKey.namespaceOf(entry.encode())).isEqualTo("n");
    }

    @Test
    void shouldReadAndWriteATable() {
        // given
        String text = "{\"table\":{\"k\":\"vé \\\"q\\\"\"}}";
        KvTable table = new KvTable(new TreeMap<>(Map.of("k", "vé \"q\"")));

        // when, then
        assertThat(KvTable.decode(utf8(text))).isEqualTo(table);
        assertThat(text(table.encode())).isEqualTo(text);
        assertThat(KvTable.decode(utf8("{\"table\":null,\"x\":[1]}")).entries()).isEmpty();
    }

    @Test
    void shouldReadSettings() {
        // when, then
        assertThat(PropertiesText.decode(utf8("# c\na=1 \n b : ä\nlong=x\\\n  y\n\nempty=\n")))
                .isEqualTo(Map.of("a", "1", "b", "ä", "long", "xy", "empty", ""));
        assertThat(PropertiesText.decode(utf8(""))).isEmpty();
    }

    @Test
    void shouldReadBackTheSettingsItWrites() {
        // given
        Map<String, String> settings = new TreeMap<>(Map.of("a", "1", "path", "C:\\x", "e", ""));

        // when
        ByteBuffer text = PropertiesText.encode(settings);

        // then
        assertThat(text(text)).isEqualTo("a=1\ne=\npath=C:\\\\x\n");
        assertThat(PropertiesText.decode(text)).isEqualTo(settings);
    }

    @Test
    void shouldRefuseWhatAreNoSettings() {
        // when, then
        assertThatThrownBy(() -> PropertiesText.decode(utf8("\\u00zz=1")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("the settings are not lines of key=value: ");
        assertThatThrownBy(() -> PropertiesText.decode(ByteBuffer.wrap(new byte[] {(byte) 0xFF})))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the settings are not UTF-8 text");
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}
