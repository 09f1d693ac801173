package bolide.benchmarks.meter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// How many processes wanted a core.
public final class LoadAverage {
    private static final Path FILE = Path.of("/proc/loadavg");
    private static final int WORDS = 3;

    private LoadAverage() {}

    /// @return over the last one, five and fifteen minutes
    public static String now() throws IOException {
        String[] words = Files.readString(FILE).split(" ");
        return String.join(" ", List.of(words).subList(0, WORDS));
    }
}
