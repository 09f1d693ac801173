package bolide.benchmarks.server;

import java.io.IOException;
import java.util.List;

/// A server in processes of its own, on free ports of 127.0.0.1.
public interface MeasuredServer extends AutoCloseable {
    /// Starts it, again after [#kill] with the same ports and data. It may not answer yet when this
    /// returns.
    void start() throws IOException, InterruptedException;

    /// @return where its clients begin
    String address();

    /// @return its processes
    List<Long> pids();

    /// @return how its JVMs were started, for people
    String flags();

    /// Ends it as a crash would.
    void kill() throws IOException, InterruptedException;

    /// @return the last of what its processes said on standard error
    String complaints() throws IOException;

    @Override
    void close() throws IOException;
}
