package bolide.benchmarks.compare.system;

import bolide.benchmarks.load.WarmUp;
import bolide.benchmarks.meter.Reading;
import bolide.benchmarks.server.MeasuredServer;
import bolide.benchmarks.server.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Servers that are started and warmed up one after the other, and then take turns.
final class SteadyRun {
    private record Contestant(ServerKind kind, MeasuredServer server, LoadProcess client) {}

    private final Contest contest;
    private final List<Contestant> contestants = new ArrayList<>();
    private final Rounds rounds = new Rounds();

    SteadyRun(Contest contest) {
        this.contest = contest;
    }

    Rounds run(List<ServerKind> kinds) throws IOException, InterruptedException {
        try {
            contest.settle(); // before anything is stored, for that is to stay in memory
            for (ServerKind kind : kinds) {
                start(kind);
            }
            for (int round = 1; round <= contest.effort().rounds(); round++) {
                for (Contestant contestant : contestants) {
                    contest.settle();
                    contest.tell(contestant.kind(), "round " + round);
                    rounds.add(contestant.kind(), measure(contestant));
                }
            }
            return rounds;
        } finally {
            for (Contestant contestant : contestants) {
                contestant.client().close();
                Contest.end(contestant.kind(), contestant.server());
            }
        }
    }

    private void start(ServerKind kind) throws IOException, InterruptedException {
        Path data = contest.scratch().folder("data");
        LoadProcess client = contest.client(kind, contest.workload().plan());
        boolean cold = contest.workload().shape() == SystemWorkload.Shape.COLD;
        if (cold) {
            fill(kind, data, client);
        }
        MeasuredServer server = contest.server(kind, data);
        contest.tell(kind, "starts: " + server.flags());
        rounds.flags().put(kind, server.flags());
        contestants.add(new Contestant(kind, server, client));
        server.start();
        try {
            if (cold) {
                client.resume(server);
            } else {
                client.prepare(server);
            }
            contest.tell(kind, "warms up");
            WarmUp warmUp = client.warmUp(server, contest.effort().warmUpSeconds());
            rounds.warmUps().put(kind, warmUp);
        } catch (IOException failed) {
            throw new IOException(failed.getMessage() + "\n" + server.complaints(), failed);
        }
    }

    private void fill(ServerKind kind, Path data, LoadProcess client)
            throws IOException, InterruptedException {
        contest.tell(kind, "is filled");
        try (MeasuredServer server = contest.server(kind, data)) {
            server.start();
            client.prepare(server);
        }
        contest.scratch().forget(data);
    }

    private Reading measure(Contestant contestant) throws IOException, InterruptedException {
        try {
            return contestant.client().measure(contestant.server(), contest.effort().seconds());
        } catch (IOException failed) {
            throw new IOException(
                    failed.getMessage() + "\n" + contestant.server().complaints(), failed);
        }
    }
}
