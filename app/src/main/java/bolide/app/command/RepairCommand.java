package bolide.app.command;

import bolide.app.repair.Mending;
import bolide.app.server.StoreOrigin;
import bolide.cli.CommandFailure;
import bolide.cli.ExitCode;
import bolide.store.verify.Finding;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Mends what can be mended without losing anything.
@Command(
        name = "repair",
        description = {
            "Mends the data directory of a stopped server: cuts half a record off the end of the"
                    + " log, keeping a copy, and makes anew what follows from the log.",
            "Never deletes what it cannot make again: a log that is damaged before its end stays as"
                    + " it is, exit code 1."
        },
        sortOptions = false)
public final class RepairCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The data directory.")
    private Path directory;

    @Option(names = "--dry-run", description = "Only says what would be done.")
    private boolean dryRun;

    @Option(names = "--help", usageHelp = true, description = "Shows this text.")
    private boolean help;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Examination examined = StoreFaults.reported(() -> Examination.of(directory));
        StoreFaults.reported(() -> StoreOrigin.of(directory)); // Apache's own are not for us
        examined.print(out);
        if (!examined.of(Finding.Kind.DAMAGE).stream().allMatch(Mending::isDerived)) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "the log of "
                            + examined.directory()
                            + " is damaged, and nothing was changed; "
                            + examined.advice());
        }
        Mending mending = new Mending(directory, examined.log(), examined.findings());
        if (mending.plan().isEmpty()) {
            out.println("repair    there is nothing to do");
            return ExitCode.OK;
        }
        mending.plan().forEach(step -> out.println("repair    " + (dryRun ? "would " : "") + step));
        out.flush();
        if (dryRun) {
            return ExitCode.OK;
        }
        StoreFaults.reported(() -> {
            mending.run();
            return ExitCode.OK;
        });
        Examination after = StoreFaults.reported(() -> Examination.of(directory));
        after.print(out);
        return after.damaged() == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
}
