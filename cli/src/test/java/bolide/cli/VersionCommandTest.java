package bolide.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.protocol.body.JsonBody;
import bolide.protocol.json.JsonReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What `bolide version` says.
final class VersionCommandTest {
    private final Terminal terminal = new Terminal();

    @Test
    void shouldSayWhichBolideOnWhichJava() {
        // when
        int exitCode = terminal.run(new VersionCommand());

        // then
        assertThat(exitCode).isEqualTo(ExitCode.OK);
        assertThat(terminal.out())
                .isEqualTo(
                        "bolide "
                                + VersionCommand.bolideVersion()
                                + " on Java "
                                + Runtime.version()
                                + "\n");
    }

    @Test
    void shouldSayItAsOneLineOfJson() {
        // when
        int exitCode = terminal.run(new VersionCommand(), "--json");

        // then
        assertThat(exitCode).isEqualTo(ExitCode.OK);
        assertThat(terminal.out()).hasLineCount(1);
        byte[] line = terminal.out().strip().getBytes(StandardCharsets.UTF_8);
        assertThat(JsonBody.read(ByteBuffer.wrap(line), "a version", VersionCommandTest::read))
                .containsOnly(
                        Map.entry("version", VersionCommand.bolideVersion()),
                        Map.entry("java", Runtime.version().toString()));
    }

    private static Map<String, String> read(JsonReader json) {
        Map<String, String> fields = new TreeMap<>();
        json.beginObject();
        while (json.hasNext()) {
            fields.put(json.nextName(), json.nextText(""));
        }
        json.endObject();
        return fields;
    }
}
