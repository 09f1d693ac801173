package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The page of {@code docs/} that says how each command of mqadmin goes. */
final class MqadminPage {
    private static final Path FILE = Runs.target().resolve("../../docs/mqadmin.md").normalize();
    private static final boolean IS_WRITTEN =
            System.getProperty("mqadmin.page", "compare").equals("write");
    private static final String HEAD =
            """
            # mqadmin

            Every command of Apache's `mqadmin` 5.5.0, run against Bolide as it stands here; names in braces
            stand for what the test's server, topic and group are called. `-n`, the name server, is given to
            all. A test runs them and compares this page with what came out (`MqadminTest`); whoever changes
            what they do writes the page anew with

                mvn -q verify -pl compatibility -am -Dtest=MqadminTest -Dmqadmin.page=write \\
                    -Dsurefire.failIfNoSpecifiedTests=false

            """;

    /** One line of the page. */
    record Line(MqadminCommand command, MqadminCommand.Outcome outcome, String note) {}

    private final List<Line> lines;

    MqadminPage(List<Line> lines) {
        this.lines = lines;
    }

    /** Compares it with the committed one, or writes that. */
    void check() {
        try {
            if (IS_WRITTEN) {
                Files.writeString(FILE, text());
            }
            assertThat(text()).isEqualTo(Files.readString(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text() {
        Map<MqadminCommand.Outcome, Integer> counts = new EnumMap<>(MqadminCommand.Outcome.class);
        StringBuilder table = new StringBuilder("| command | arguments | | |\n|---|---|---|---|\n");
        for (Line line : lines) {
            counts.merge(line.outcome(), 1, Integer::sum);
            table.append(
                    "| %s | %s | %s | %s |\n"
                            .formatted(
                                    line.command().name(),
                                    code(line.command().arguments()),
                                    line.outcome(),
                                    line.note()));
        }
        return HEAD
                + "%d uses: %d work, %d are refused for the reason that is given, %d do not work yet, %d ask no server.\n\n"
                        .formatted(
                                lines.size(),
                                counts.getOrDefault(MqadminCommand.Outcome.WORKS, 0),
                                counts.getOrDefault(MqadminCommand.Outcome.REFUSED, 0),
                                counts.getOrDefault(MqadminCommand.Outcome.NOT_YET, 0),
                                counts.getOrDefault(MqadminCommand.Outcome.LOCAL, 0))
                + table;
    }

    private static String code(String arguments) {
        return arguments.isEmpty() ? "" : "`" + arguments.replace("|", "\\|") + "`";
    }
}
