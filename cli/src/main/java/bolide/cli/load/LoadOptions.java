package bolide.cli.load;

import bolide.cli.CommandFailure;
import bolide.cli.ExitCode;
import bolide.client.BolideClient;
import bolide.client.route.BrokerException;
import bolide.protocol.topic.Names;
import bolide.remoting.NetworkException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What every load is told: where, which topic, and how much.
final class LoadOptions {
    private static final long DEFAULT_SECONDS = 10;
    private static final long MOST_SECONDS = 86_400;
    private static final long MOST_MESSAGES = 1_000_000_000_000L;
    private static final int MOST_THREADS = 1024;
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern ADDRESS = Pattern.compile("[^:\\s]+:([0-9]{1,5})");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            required = true,
            description = "A Bolide server, or any name server; several with ; between them.")
    private String server;

    @Option(names = "--topic", paramLabel = "TOPIC", required = true, description = "Which topic.")
    private String topic;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "For how long. Default: 10, unless --messages is given.")
    private Optional<Long> seconds;

    @Option(names = "--messages", paramLabel = "N", description = "How many messages instead.")
    private Optional<Long> messages;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many threads. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--json",
            description = "The outcome as one line of JSON; progress goes to the error stream.")
    private boolean json;

    /// @throws ParameterException when one of them cannot be used
    void check() {
        String[] addresses = server.split(";");
        if (addresses.length == 0) {
            checkAddress(server); // nothing but semicolons
        }
        for (String address : addresses) {
            checkAddress(address.strip());
        }
        String problem = Names.topicProblem(topic);
        if (!problem.isEmpty()) {
            throw wrong("--topic: " + problem);
        }
        if (seconds.isPresent() && messages.isPresent()) {
            throw wrong("--seconds and --messages exclude each other; give one of them");
        }
        seconds.ifPresent(given -> checkRange("--seconds", given, 1, MOST_SECONDS));
        messages.ifPresent(given -> checkRange("--messages", given, 1, MOST_MESSAGES));
        checkRange("--threads", threads, 1, MOST_THREADS);
    }

    private void checkAddress(String address) {
        boolean isOne =
                ADDRESS.matcher(address)
                        .results()
                        .map(found -> Integer.parseInt(found.group(1)))
                        .anyMatch(port -> port >= 1 && port <= HIGHEST_PORT);
        if (!isOne || !ADDRESS.matcher(address).matches()) {
            throw wrong(
                    "--server is '"
                            + server
                            + "', but has to be HOST:PORT with a port from 1 to "
                            + HIGHEST_PORT
                            + ", such as 127.0.0.1:9876");
        }
    }

    void checkRange(String option, long value, long lowest, long highest) {
        if (value < lowest || value > highest) {
            throw wrong(
                    option + " is " + value + ", but has to be from " + lowest + " to " + highest);
        }
    }

    ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /// @return a client of a server that answers
    BolideClient connect(LoadTools tools) {
        BolideClient client = BolideClient.connect(server, tools.threads());
        try {
            client.admin().brokers();
            return client;
        } catch (NetworkException | BrokerException unavailable) {
            client.close();
            throw new CommandFailure(
                    ExitCode.FAILED,
                    unavailable.getMessage()
                            + "; start a server there, or name another one with --server");
        }
    }

    String topic() {
        return topic;
    }

    int threads() {
        return threads;
    }

    Extent extent() {
        return new Extent(
                messages.orElse(Long.MAX_VALUE),
                messages.isPresent()
                        ? Long.MAX_VALUE
                        : TimeUnit.SECONDS.toNanos(seconds.orElse(DEFAULT_SECONDS)));
    }

    /// @return the exit code
    int print(LoadReport report) {
        spec.commandLine().getOut().print(json ? report.toJson() + "\n" : report.toTable());
        spec.commandLine().getOut().flush();
        return report.isClean() ? ExitCode.OK : ExitCode.FAILED;
    }
}
