package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every command of Apache's mqadmin, with real arguments on a server that is in use. */
final class MqadminTest {
    private static final boolean IS_BOLIDE =
            System.getProperty("compatibility.server", "bolide").equals("bolide");

    @Test
    void shouldDoWhatThePageSays() throws IOException {
        List<MqadminPage.Line> lines = new ArrayList<>();
        List<String> differences = new ArrayList<>();
        try (ServerUnderTest server = ServerUnderTest.start(Flush.ASYNC);
                MqadminProcess mqadmin = new MqadminProcess(server)) {
            // given
            Path folder = Path.of(mqadmin.known().get("folder"));
            Files.writeString(
                    folder.resolve("topics.json"),
                    "[{\"topicName\":\"listed\",\"readQueueNums\":2,\"writeQueueNums\":2,\"perm\":6}]");
            Files.writeString(
                    folder.resolve("groups.json"),
                    "[{\"groupName\":\"listed-group\",\"consumeEnable\":true}]");

            Set<String> run = new TreeSet<>();
            MqadminTable.COMMANDS.forEach(command -> run.add(command.name()));
            assertThat(run).as("all that the tool has").isEqualTo(commandsOf(mqadmin));

            for (MqadminCommand command : MqadminTable.COMMANDS) {
                if (IS_BOLIDE || command.isForAllServers()) {
                    // when
                    String output = mqadmin.run(command);

                    // then
                    try {
                        MqadminCommand.Outcome outcome = command.outcome(output, mqadmin.known());
                        lines.add(
                                new MqadminPage.Line(
                                        command, outcome, command.note(outcome, output)));
                    } catch (AssertionError other) { // and the others, too
                        differences.add(other.getMessage());
                    }
                }
            }
        }
        assertThat(differences).isEmpty();
        if (IS_BOLIDE) {
            new MqadminPage(lines).check();
        } else { // what is expected of Bolide is what the original does
            assertThat(lines)
                    .allSatisfy(line ->
                            assertThat(line.outcome())
                                    .as(line.command().name())
                                    .isIn(
                                            MqadminCommand.Outcome.WORKS,
                                            MqadminCommand.Outcome.LOCAL));
        }
    }

    private static Set<String> commandsOf(MqadminProcess mqadmin) {
        Set<String> commands = new TreeSet<>();
        for (String line : mqadmin.run(MqadminCommand.command("")).split("\n")) {
            if (line.matches(" {3}[a-zA-Z]+ +\\S.*")) {
                commands.add(line.strip().split(" ")[0]);
            }
        }
        return commands;
    }
}
