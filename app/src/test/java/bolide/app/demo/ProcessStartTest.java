package bolide.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The process begins 12.34 s after the machine, which has been running for 15.00 s.
final class ProcessStartTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.500Z");
    private static final Instant BEGUN = Instant.parse("2026-11-21T11:59:57.840Z");
    private static final String STAT =
            "7 (a b) c) S 1 7 7 0 -1 4194304 1 0 0 0 0 0 0 0 20 0 1 0 1234 0 0";

    @TempDir private Path directory;

    @Test
    void shouldBeAsPreciseAsTheKernel() throws IOException {
        assertThat(begun("15.00 20.00", BEGUN.minusMillis(990))).isEqualTo(BEGUN);
    }

    @Test
    void shouldBelieveJavaWhenTheMachinesAgeIsThatOfAContainer() throws IOException {
        // given
        Instant said = BEGUN.minusMillis(990);

        // when, then
        assertThat(begun("3.00 4.00", said)).isEqualTo(said);
    }

    @Test
    void shouldBelieveJavaWhereThereIsNoSuchKernel() {
        // given
        Path missing = directory.resolve("missing");

        // when, then
        assertThat(ProcessStart.of(missing, missing, BEGUN, InstantSource.fixed(NOW)))
                .isEqualTo(BEGUN);
    }

    @Test
    void shouldBeWithinASecondOfWhatJavaSaysOfThisProcess() {
        // given
        Instant said = ProcessHandle.current().info().startInstant().orElseThrow();

        // when
        Instant begun = ProcessStart.ofThis(said, InstantSource.system());

        // then
        assertThat(begun).isBetween(said.minusMillis(100), said.plusMillis(1_100));
    }

    private Instant begun(String uptime, Instant said) throws IOException {
        Path stat = Files.writeString(directory.resolve("stat"), STAT);
        Path running = Files.writeString(directory.resolve("uptime"), uptime + "\n");
        return ProcessStart.of(stat, running, said, InstantSource.fixed(NOW));
    }
}
