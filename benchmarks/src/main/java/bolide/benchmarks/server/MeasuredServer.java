package bolide.benchmarks.server;

import bolide.benchmarks.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A server in processes of its own, on free ports of 127.0.0.1.
public abstract class MeasuredServer implements AutoCloseable {
    private final List<ChildProcess> processes = new ArrayList<>();

    MeasuredServer() {}

    /// Starts it. It may not answer yet when this returns.
    public abstract void start() throws IOException, InterruptedException;

    /// @return where its clients begin
    public abstract String address();

    /// @return how its JVMs are started, for people
    public abstract String flags();

    /// Starts one of its processes.
    final void run(String name, Path home, List<String> command, Map<String, String> environment)
            throws IOException {
        processes.add(ChildProcess.start(name, home, command, environment));
    }

    /// @return its processes
    public final List<Long> pids() {
        return processes.stream().map(ChildProcess::pid).toList();
    }

    /// @return the last of what its processes said on standard error
    public final String complaints() throws IOException {
        StringBuilder said = new StringBuilder();
        for (ChildProcess process : processes) {
            said.append(process.tail());
        }
        return said.toString();
    }

    /// Ends it as a crash would.
    public final void kill() throws IOException, InterruptedException {
        for (ChildProcess process : processes.reversed()) {
            process.kill();
        }
    }

    /// Asks it to end, and waits.
    @Override
    public final void close() throws IOException {
        for (ChildProcess process : processes.reversed()) {
            process.close();
        }
    }
}
