package bolide.benchmarks.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A measurement that waits for ever for a process that makes one file after the other.
final class InterruptedMain {
    private static final String MAKES_FILES =
            "i=0; while :; do i=$((i+1)); echo $i >\"$0/$i\"; [ $i != 1000 ] || echo many; done";

    private InterruptedMain() {}

    public static void main(String[] words) throws Exception {
        try (Scratch scratch = new Scratch(Path.of(words[0]))) {
            Path data = scratch.folder("data");
            Path home = scratch.folder("home");
            List<String> command = List.of("sh", "-c", MAKES_FILES, data.toString());
            try (ChildProcess maker = ChildProcess.start("maker", home, command, Map.of())) {
                maker.await("many", Duration.ofMinutes(1));
                System.out.println(maker.pid());
                maker.await("what it never says", Duration.ofMinutes(1));
            }
        }
    }
}
