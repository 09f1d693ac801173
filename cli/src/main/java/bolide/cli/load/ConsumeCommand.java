package bolide.cli.load;

import bolide.cli.CommandFailure;
import bolide.cli.ExitCode;
import bolide.client.BolideClient;
import bolide.client.route.NoRouteException;
import bolide.protocol.topic.Names;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Receives as fast as it can.
@Command(
        name = "consume",
        description = {
            "Receives the messages of a topic and measures how fast they come.",
            "Latency is the time from sending a message to receiving it, by the clocks of both"
                    + " sides: it says something of messages that are sent meanwhile. 'bench"
                    + " produce' writes into each when it was due; of others it is known to the"
                    + " millisecond."
        },
        sortOptions = false)
public final class ConsumeCommand implements Callable<Integer> {
    private final LoadTools tools;

    @Spec private CommandSpec spec;
    @Mixin private LoadOptions options = new LoadOptions();

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            defaultValue = "bolide-bench",
            description =
                    "The group that receives: a new one begins with the oldest message, any other"
                            + " where it was. Default: ${DEFAULT-VALUE}.")
    private String group;

    @Option(names = "--help", usageHelp = true, description = "Shows this text.")
    private boolean help;

    public ConsumeCommand(LoadTools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() throws InterruptedException {
        options.check();
        String problem = Names.groupProblem(group);
        if (!problem.isEmpty()) {
            throw options.wrong("--group: " + problem);
        }
        try (BolideClient client = options.connect(tools)) {
            client.admin().route(options.topic());
            LoadReport report =
                    new ConsumeRun(
                                    client.consumer(group)
                                            .subscribe(options.topic())
                                            .threads(options.threads()),
                                    options.extent(),
                                    tools)
                            .run(spec.commandLine().getErr());
            return options.print(report);
        } catch (NoRouteException unknown) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    unknown.getMessage()
                            + "; send something there first, for example with 'bolide bench"
                            + " produce'");
        }
    }
}
