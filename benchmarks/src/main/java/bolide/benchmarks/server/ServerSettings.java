package bolide.benchmarks.server;

import java.nio.file.Path;
import java.util.List;

/// How a server is started.
///
/// @param home an existing folder for its configuration and logs
/// @param data an existing folder for its data
/// @param sync whether it answers when a message is on stable storage
/// @param jvm more options for its JVM
public record ServerSettings(Path home, Path data, boolean sync, List<String> jvm) {
    /// The same for all: compiler threads do not come and go, so that their CPU time is known.
    static final String COMPILER_THREADS = "-XX:-UseDynamicNumberOfCompilerThreads";

    /// Without them JDK 25 warns of what peers do; they change nothing else.
    static final List<String> NO_WARNINGS =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    static final String HEAP = "4g";
}
