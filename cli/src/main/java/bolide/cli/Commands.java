package bolide.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Runs a command with its subcommands: errors go to the error stream in one sentence, and every
/// outcome has its exit code.
public final class Commands {
    private static final String HELP = "help"; // of any of them

    private Commands() {}

    /// Runs the command that the first argument names, and makes no other: reading what each can do
    /// would take a good part of a server's start. Whoever names none of them, but wants help or
    /// errs, sees them all.
    ///
    /// @param commands what makes each command, by its name, in the order of the help
    /// @param out takes what is printed
    /// @param err takes what went wrong
    /// @return the exit code
    public static int run(
            Object root,
            SequencedMap<String, Supplier<Object>> commands,
            PrintWriter out,
            PrintWriter err,
            String... arguments) {
        CommandLine line = new CommandLine(root);
        if (arguments.length > 0 && isOneOf(commands, arguments[0])) {
            line.addSubcommand(arguments[0], commands.get(arguments[0]).get());
        } else {
            commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
        }
        return prepare(line).setOut(out).setErr(err).execute(arguments);
    }

    /// Makes a command and those below it say what went wrong in one sentence.
    public static CommandLine prepare(CommandLine line) {
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, failed, parsed) -> report(failure, failed));
        line.setParameterExceptionHandler((wrong, given) -> reportUsage(wrong));
        return line;
    }

    private static boolean isOneOf(SequencedMap<String, Supplier<Object>> commands, String name) {
        return commands.containsKey(name) && !name.equals(HELP);
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
