package bolide.benchmarks.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What every measurement is told: which of them, where its data goes, what is printed.
public final class MeasurementOptions {
    private static final double LOWEST_SECONDS = 0.1;
    private static final double MOST_SECONDS = 3_600;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Where the data goes for a while. Default: the machine's temporary one.")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(
            names = "--leave-memory",
            description =
                    "Leave free memory free. Else a round of servers finds it in use, as on a"
                            + " machine that has run for a while.")
    private boolean leaveMemory;

    @Option(names = "--json", description = "A line of JSON for each, with all that was counted.")
    private boolean json;

    @Option(names = "--help", usageHelp = true, description = "Shows this text.")
    private boolean help;

    @Parameters(
            paramLabel = "NAME",
            split = ",",
            description = "What to measure. Default: all of it.")
    private List<String> names = new ArrayList<>();

    /// @param seconds of a measurement
    /// @param warmUp seconds of what comes before
    /// @throws ParameterException when one of them, or of what is known here, cannot be used
    public void check(double seconds, double warmUp) {
        checkRange("--seconds", seconds, LOWEST_SECONDS, MOST_SECONDS);
        checkRange("--warm-up", warmUp, 0, MOST_SECONDS);
        if (!Files.isDirectory(directory)) {
            throw wrong(
                    "--directory is '%s', but there is no such directory; make it, or name another one"
                            .formatted(directory));
        }
    }

    public void checkRange(String option, double value, double lowest, double highest) {
        if (!(value >= lowest && value <= highest)) { // NaN is not, either
            throw wrong(
                    "%s is %s, but has to be from %s to %s"
                            .formatted(option, plain(value), plain(lowest), plain(highest)));
        }
    }

    private static String plain(double value) {
        return value % 1 == 0 ? Long.toString((long) value) : Double.toString(value);
    }

    /// @param what one of them is
    /// @return the names that were given, or all that are known
    public List<String> chosen(String what, List<String> known) {
        for (String name : names) {
            if (!known.contains(name)) {
                throw wrong(
                        "no %s '%s'; there are %s".formatted(what, name, String.join(", ", known)));
            }
        }
        return names.isEmpty() ? known : names;
    }

    /// @return whether this one was asked for, and not just everything
    public boolean names(String name) {
        return names.contains(name);
    }

    public ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    public Path directory() {
        return directory;
    }

    /// @return whether servers find the machine's memory in use
    public boolean usesMemory() {
        return !leaveMemory;
    }

    public boolean json() {
        return json;
    }
}
