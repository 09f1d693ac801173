package bolide.app.command;

import bolide.cli.ExitCode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Looks through everything in a data directory without changing a byte.
@Command(
        name = "verify",
        description = {
            "Reads everything in the data directory of a stopped server, Bolide's or Apache's, and"
                    + " compares it with its checksums. Changes nothing.",
            "Exit code 0: nothing is damaged; half a record at the end of the log of a server that"
                    + " was killed is no damage. 1: something is."
        },
        sortOptions = false)
public final class VerifyCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The data directory.")
    private Path directory;

    @Option(names = "--json", description = "As one line of JSON.")
    private boolean json;

    @Option(names = "--help", usageHelp = true, description = "Shows this text.")
    private boolean help;

    @Override
    public Integer call() {
        Examination examined = StoreFaults.reported(() -> Examination.of(directory));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(examined.toJson());
        } else {
            examined.print(out);
            if (examined.damaged() > 0) {
                out.println("advice    " + examined.advice());
            }
        }
        out.flush();
        return examined.damaged() == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
}
