package bolide.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Runs a command with its subcommands: errors go to the error stream in one sentence, and every
/// outcome has its exit code.
public final class Commands {
    private Commands() {}

    /// @return the exit code
    public static int run(Object root, String... arguments) {
        return prepare(root).execute(arguments);
    }

    /// @param out takes what is printed
    /// @param err takes what went wrong
    /// @return the exit code
    public static int run(Object root, PrintWriter out, PrintWriter err, String... arguments) {
        return prepare(root).setOut(out).setErr(err).execute(arguments);
    }

    private static CommandLine prepare(Object root) {
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

    private static int reportUsage(ParameterException wrong) {
        CommandLine line = wrong.getCommandLine();
        String message =
                wrong instanceof UnmatchedArgumentException unmatched
                        ? describe(unmatched)
                        : lowerCase(onOneLine(wrong.getMessage()));
        line.getErr()
                .println(
                        "bolide: "
                                + message
                                + "; see '"
                                + line.getCommandSpec().qualifiedName()
                                + " --help'");
        return ExitCode.WRONG_USAGE;
    }

    /// Names the first of them: the others may only follow from it.
    private static String describe(UnmatchedArgumentException wrong) {
        String given = onOneLine(wrong.getUnmatched().get(0));
        CommandSpec spec = wrong.getCommandLine().getCommandSpec();
        if (wrong.isUnknownOption()) {
            return "unknown option '" + given + "'" + meant(given, spec.optionsMap().keySet());
        }
        return spec.subcommands().isEmpty()
                ? "unknown argument '" + given + "'"
                : "unknown command '" + given + "'" + meant(given, spec.subcommands().keySet());
    }

    private static String meant(String given, Set<String> names) {
        return NearestName.near(given, names)
                .map(name -> " (did you mean '" + name + "'?)")
                .orElse("");
    }

    private static String onOneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ").replaceFirst("\\.$", "");
    }

    private static String lowerCase(String message) {
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }
}
