package bolide.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
    private static final int TERMINATED = 128 + 15;

    @TempDir Path directory;

    /// The files go after whoever writes them: else there would be new ones.
    @Test
    void shouldBeGoneWhenTheMeasurementIsInterrupted() throws Exception {
        // given
        Path errors = directory.resolve("errors");
        Path data = Files.createDirectory(directory.resolve("data"));
        Process measurement =
                new ProcessBuilder(
                                Peers.java(),
                                "-Dbench.peers=" + directory,
                                "-cp",
                                Peers.placeOf(InterruptedMain.class)
                                        + ":"
                                        + Peers.placeOf(Scratch.class),
                                InterruptedMain.class.getName(),
                                data.toString())
                        .redirectError(errors.toFile())
                        .start();
        try (BufferedReader out = measurement.inputReader()) {
            long maker = Long.parseLong(out.readLine());

            // when
            measurement.destroy();

            // then
            assertThat(measurement.waitFor()).isEqualTo(TERMINATED);
            assertThat(ProcessHandle.of(maker).map(ProcessHandle::isAlive).orElse(false)).isFalse();
            assertThat(data).isEmptyDirectory();
            assertThat(errors).isEmptyFile();
        } finally {
            measurement.destroyForcibly();
        }
    }

    @Test
    void shouldSayWhereNoDirectoryCanBeMade() {
        assertThatThrownBy(() -> new Scratch(Path.of("/proc")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("no directory can be made in /proc: ")
                .hasMessageEndingWith("; name another one with --directory");
    }
}
