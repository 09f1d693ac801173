package bolide.benchmarks.plot;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
        PrintWriter out = spec.commandLine().getOut();
        for (String line : Files.readAllLines(file)) {
            Result result = ResultReader.read(line);
            if (!result.servers().isEmpty()) {
                Files.createDirectories(directory);
                Path drawn = directory.resolve(result.name() + ".svg");
                Files.writeString(drawn, BarChart.of(result));
                out.println(MarkdownTable.of(result));
            }
        }
        out.flush();
        return 0;
    }
}
