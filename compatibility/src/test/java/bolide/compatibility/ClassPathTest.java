package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The peers stay in JVMs of their own. */
final class ClassPathTest {
    @Test
    void shouldKeepThePeersOffTheTestsClassPath() throws IOException {
        // given
        List<Path> peers;
        try (Stream<Path> files = Files.walk(Runs.target().resolve("peers"))) {
            peers = files.filter(Files::isRegularFile).map(Path::getFileName).toList();
        }

        // when
        List<Path> ours =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .map(Path::getFileName)
                        .toList();

        // then
        assertThat(peers).hasSizeGreaterThan(50);
        assertThat(ours).doesNotContainAnyElementsOf(peers);
    }
}
