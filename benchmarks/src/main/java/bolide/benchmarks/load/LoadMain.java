package bolide.benchmarks.load;

import bolide.benchmarks.process.Ports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// The process that makes the load on one server: reads what to do by line, says when it is done.
public final class LoadMain {
    /// Followed by an address: makes a new client for it.
    public static final String CONNECT = "connect";

    /// Makes and fills the topics.
    public static final String PREPARE = "prepare";

    /// Waits until a server answers that has been prepared before.
    public static final String RESUME = "resume";

    /// Followed by the server's process numbers with commas between them and the most seconds: runs
    /// the load until the compilers are quiet.
    public static final String WARM_UP = "warm-up";

    /// Followed by process numbers and seconds: runs the load once and says what it took.
    public static final String MEASURE = "measure";

    /// Followed by an address: waits until somebody listens there, makes a new client, and sends
    /// one message, again and again until the server takes it.
    public static final String FIRST = "first";

    /// Ends the client, which may take seconds.
    public static final String DISCONNECT = "disconnect";

    /// Begins the line that answers each of these.
    public static final String DONE = "done";

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final ClientKind kind;
    private final LoadPlan plan;
    private final Path scratch;
    private Client client;
    private Load load;

    private LoadMain(ClientKind kind, LoadPlan plan, Path scratch) {
        this.kind = kind;
        this.plan = plan;
        this.scratch = scratch;
    }

    /// @param words the client, a folder for itself, the plan
    public static void main(String[] words) {
        try {
            LoadMain main =
                    new LoadMain(
                            ClientKind.valueOf(words[0]),
                            LoadPlan.ofArguments(List.of(words).subList(2, words.length)),
                            Path.of(words[1]));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            String line;
            while ((line = in.readLine()) != null) {
                System.out.println(DONE + " " + main.obey(line.split(" ")));
            }
            Runtime.getRuntime().halt(0); // a client may take seconds to end
        } catch (Throwable failure) {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private String obey(String[] words) throws Exception {
        switch (words[0]) {
            case CONNECT -> connect(words[1]);
            case PREPARE -> load.prepare();
            case DISCONNECT -> disconnect();
            case RESUME -> load.resume();
            case FIRST -> {
                Ports.await(Ports.of(words[1]), PATIENCE);
                connect(words[1]);
                load.run(0);
            }
            case WARM_UP -> {
                return stretch(words[1]).warmUp(Double.parseDouble(words[2])).toWords();
            }
            case MEASURE -> {
                return stretch(words[1]).measure(Double.parseDouble(words[2])).toLine();
            }
            default -> throw new IllegalArgumentException(String.join(" ", words));
        }
        return "";
    }

    private void disconnect() {
        if (client != null) {
            client.close();
            client = null;
        }
    }

    private void connect(String address) throws Exception {
        disconnect();
        client = kind.connect(address, plan);
        load =
                switch (plan.kind()) {
                    case SYNC -> new SyncLoad(client, plan);
                    case ASYNC -> new AsyncLoad(client, plan);
                    case END_TO_END -> new EndToEndLoad(client, plan);
                    case CONSUME -> new ConsumeLoad(client, plan);
                    case CATCH_UP -> new CatchUpLoad(client, plan);
                    case FIRST -> new FirstLoad(client, plan);
                };
    }

    private Stretch stretch(String pids) throws IOException {
        return new Stretch(
                load, Arrays.stream(pids.split(",")).map(Long::valueOf).toList(), scratch);
    }
}
