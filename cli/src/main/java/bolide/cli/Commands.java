package bolide.cli;

import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;

/// Runs a command with its subcommands: errors go to the error stream in one sentence, and every
/// outcome has its exit code.
public final class Commands {
    private Commands() {}

    /// @return the exit code
    public static int run(Object root, String... arguments) {
        return prepare(root).execute(arguments);
    }

    static CommandLine prepare(Object root) {
        CommandLine line = new CommandLine(root);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, failed, parsed) -> report(failure, failed));
        line.setParameterExceptionHandler((wrong, given) -> reportUsage(wrong));
        return line;
    }

    private static int report(Exception failure, CommandLine line) throws Exception {
        if (failure instanceof CommandFailure expected) {
            line.getErr().println("bolide: " + expected.getMessage());
            return expected.exitCode();
        }
        throw failure; // a bug: its trace is wanted
    }

    private static int reportUsage(CommandLine.ParameterException wrong) {
        CommandLine line = wrong.getCommandLine();
        PrintWriter err = line.getErr();
        String message = wrong.getMessage().strip().replaceAll("\\s*\\R\\s*", " ");
        err.println(
                "bolide: "
                        + message.substring(0, 1).toLowerCase(Locale.ROOT)
                        + message.substring(1)
                        + "; see '"
                        + line.getCommandSpec().qualifiedName()
                        + " --help'");
        return ExitCode.WRONG_USAGE;
    }
}
