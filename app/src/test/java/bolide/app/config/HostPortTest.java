package bolide.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/// Addresses as people write them.
final class HostPortTest {
    static final List<String> WRONG =
            List.of(
                    "",
                    "nohost",
                    ":",
                    ":80",
                    "host:",
                    "host:x",
                    "host:0",
                    "host:-1",
                    "host:65536",
                    "host:99999999999",
                    "::1:80",
                    "[::1]",
                    "[]:80",
                    "[host]:80",
                    "[::1:80",
                    "ho st:80",
                    "ho\0st:80",
                    "ho\nst:80",
                    "http://host:80",
                    "h".repeat(256) + ":80");

    @ParameterizedTest
    @CsvSource({
        "host:1, host, 1",
        "host:65535, host, 65535",
        "a-b_c.example.org:80, a-b_c.example.org, 80",
        "127.0.0.1:9876, 127.0.0.1, 9876",
        "[::1]:9876, ::1, 9876",
        "[fe80::1%eth0]:9876, fe80::1%eth0, 9876"
    })
    void shouldReadAndWriteAddresses(String text, String host, int port) {
        // when
        HostPort address = HostPort.parse("advertise", text);

        // then
        assertThat(address).isEqualTo(new HostPort(host, port));
        assertThat(address).hasToString(text);
    }

    @ParameterizedTest
    @FieldSource("WRONG")
    void shouldRefuseAnythingElse(String text) {
        assertThatThrownBy(() -> HostPort.parse("advertise", text))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("advertise is \"")
                .hasMessageEndingWith(
                        "\"%s, but has to be HOST:PORT with a port from 1 to 65535, such as"
                                + " 127.0.0.1:9876 or [::1]:9876",
                        text.length() > 64 ? "... (" + text.length() + " characters)" : "")
                .satisfies(failure -> assertThat(failure.getMessage()).hasLineCount(1));
    }

    @Test
    void shouldShowASocketsAddress() {
        assertThat(HostPort.of(new InetSocketAddress("127.0.0.1", 80))).hasToString("127.0.0.1:80");
        assertThat(HostPort.of(new InetSocketAddress("::1", 80)))
                .hasToString("[0:0:0:0:0:0:0:1]:80");
    }
}
