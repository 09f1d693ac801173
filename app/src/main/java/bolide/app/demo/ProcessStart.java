package bolide.app.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// When a process began. What Java says of its own is up to a second early on Linux, whose kernel
/// tells the moment of its boot in whole seconds only; the age of the process it tells in ticks.
public final class ProcessStart {
    private static final int START_TICKS_FIELD = 19; // behind the name, which may hold anything
    private static final long TICKS_PER_SECOND = 100; // for whoever reads it, on every Linux
    private static final Duration DOUBT = Duration.ofSeconds(2);

    private ProcessStart() {}

    /// @param said what Java says
    public static Instant ofThis(Instant said, InstantSource clock) {
        return of(Path.of("/proc/self/stat"), Path.of("/proc/uptime"), said, clock);
    }

    /// @param stat says how many ticks after the machine's start the process began
    /// @param uptime says for how many seconds the machine has been running
    /// @return what they say unless they are missing, or speak of some other machine's start, as in
    ///   some containers; then what Java says
    static Instant of(Path stat, Path uptime, Instant said, InstantSource clock) {
        Instant begun;
        try {
            String text = Files.readString(stat);
            String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
            double runningSeconds = Double.parseDouble(Files.readString(uptime).split(" ")[0]);
            Duration age =
                    Duration.ofMillis(
                            Math.round(runningSeconds * 1000)
                                    - Long.parseLong(fields[START_TICKS_FIELD])
                                            * 1000
                                            / TICKS_PER_SECOND);
            begun = clock.instant().minus(age);
        } catch (IOException missing) {
            return said; // not on Linux
        }
        return Duration.between(said, begun).abs().compareTo(DOUBT) <= 0 ? begun : said;
    }
}
