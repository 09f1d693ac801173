package bolide.benchmarks.compare.system;

import bolide.benchmarks.load.ClientKind;
import bolide.benchmarks.load.LoadPlan;
import bolide.benchmarks.process.Scratch;
import bolide.benchmarks.server.MeasuredServer;
import bolide.benchmarks.server.ServerKind;
import bolide.benchmarks.server.ServerSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/// Makes the servers and clients of one workload.
///
/// @param progress is told what goes on
record Contest(SystemWorkload workload, Effort effort, Scratch scratch, PrintWriter progress) {
    /// Brings about what each round is to find: on the disk what was written before, and memory in
    /// use.
    void settle() throws IOException, InterruptedException {
        scratch.sync();
        if (effort.usesMemory()) {
            scratch.useMemory();
        }
    }

    /// @param data an existing folder
    /// @return a server that is not started
    MeasuredServer server(ServerKind kind, Path data) throws IOException {
        return kind.make(
                new ServerSettings(
                        scratch.folder(kind.word()),
                        data,
                        workload.sync(),
                        kind == ServerKind.BOLIDE ? effort.jvm() : List.of()));
    }

    LoadProcess client(ServerKind kind, LoadPlan plan) throws IOException {
        ClientKind client = kind == ServerKind.KAFKA ? ClientKind.KAFKA : ClientKind.ROCKETMQ;
        return new LoadProcess(client, plan, scratch.folder("load"));
    }

    /// Ends a server whose data nobody needs: Bolide's as asked, so that a profiler writes its
    /// file, the others at once, since some take their time.
    static void end(ServerKind kind, MeasuredServer server)
            throws IOException, InterruptedException {
        if (kind == ServerKind.BOLIDE) {
            server.close();
        } else {
            server.kill();
        }
    }

    void tell(ServerKind kind, String what) {
        progress.println("bolide bench: " + workload.name() + ": " + kind.word() + " " + what);
        progress.flush();
    }
}
