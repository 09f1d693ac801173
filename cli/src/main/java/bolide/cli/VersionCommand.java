package bolide.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Says which Bolide this is.
@Command(name = "version", description = "Says which Bolide this is, and on which Java it runs.")
public final class VersionCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--json", description = "As one line of JSON.")
    private boolean json;

    @Option(names = "--help", usageHelp = true, description = "Shows this text.")
    private boolean help;

    /// @return the version that the build gave this jar; "dev" outside of one
    public static String bolideVersion() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }

    @Override
    public Integer call() {
        String java = Runtime.version().toString();
        spec.commandLine()
                .getOut()
                .println(
                        json
                                ? "{\"version\":\""
                                        + bolideVersion()
                                        + "\",\"java\":\""
                                        + java
                                        + "\"}"
                                : "bolide " + bolideVersion() + " on Java " + java);
        return ExitCode.OK;
    }
}
