package bolide.benchmarks.plot;

import bolide.cli.CommandFailure;
import bolide.cli.ExitCode;
import bolide.protocol.json.JsonException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Draws what comparisons of servers gave.
@Command(
        name = "plot",
        description =
                "Draws what compare --with printed with --json: an SVG file for each line, and"
                        + " tables of Markdown on standard output.",
        sortOptions = false)
public final class PlotCommand implements Callable<Integer> {
    private static final String REMEDY =
            "name one that 'bolide bench compare --with ... --json' wrote";

    @Spec private CommandSpec spec;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where the SVG files go. Default: here.")
    private Path directory;

    @Option(names = "--help", usageHelp = true, description = "Shows this text.")
    private boolean help;

    @Parameters(paramLabel = "FILE", description = "Lines of JSON.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        check();
        PrintWriter out = spec.commandLine().getOut();
        for (Result result : results()) {
            if (!result.servers().isEmpty()) {
                Files.createDirectories(directory);
                Path drawn = directory.resolve(result.name() + ".svg");
                Files.writeString(drawn, BarChart.of(result));
                out.println(MarkdownTable.of(result));
            }
        }
        out.flush();
        return ExitCode.OK;
    }

    private void check() {
        if (Files.isDirectory(file)) {
            throw wrong("it is a directory");
        }
        if (!Files.exists(file)) {
            throw wrong("there is no such file");
        }
    }

    private ParameterException wrong(String why) {
        return new ParameterException(
                spec.commandLine(), "'%s' cannot be read: %s; %s".formatted(file, why, REMEDY));
    }

    private List<Result> results() throws IOException {
        List<Result> results = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                results.add(ResultReader.read(line));
            }
            return results;
        } catch (JsonException | IllegalArgumentException | CharacterCodingException strange) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "%s, line %d: %s; %s"
                            .formatted(file, results.size() + 1, strange.getMessage(), REMEDY));
        }
    }
}
