package bolide.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What somebody may have meant.
final class NearestNameTest {
    private static final List<String> NAMES = List.of("port", "bind", "segment-bytes", "send");

    @ParameterizedTest
    @CsvSource({
        "prot, port",
        "PORT, port",
        "ports, port",
        "segmentBytes, segment-bytes",
        "segment_bytes, segment-bytes",
        "snd, send",
        "bend, bind", // as near as send, and before it in the alphabet
        "'', bind"
    })
    void shouldFindTheNameWithTheFewestLettersToChange(String given, String nearest) {
        // when
        String found = NearestName.to(given, NAMES);

        // then
        assertThat(found).isEqualTo(nearest);
    }

    @Test
    void shouldNotSuggestWhatIsFarAway() {
        assertThat(NearestName.near("elsewhere", NAMES)).isEmpty();
        assertThat(NearestName.near("bxxd", NAMES)).contains("bind");
        assertThat(NearestName.near("bxxx", NAMES)).isEmpty();
    }
}
