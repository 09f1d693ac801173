package bolide.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever bytes come, a decoder makes something of them or refuses them in its own way. Several
/// share a JVM, which takes longer to start than one of them gets. `-Dfuzzing.seconds=60` looks
/// longer at each; what was interesting stays in `target/fuzzing/GROUP/corpus` and is where the
/// next run begins.
@Execution(ExecutionMode.CONCURRENT)
final class FuzzingTest {
    private static final int SECONDS = Integer.getInteger("fuzzing.seconds", 5);
    private static final int GRACE_SECONDS = 240; // to start on a busy machine
    private static final int SECONDS_FOR_AN_INPUT = 10;
    private static final int LONGEST_INPUT = 2048;
    private static final int FEWEST_INPUTS = 200; // or it did not really run
    private static final Pattern INPUTS = Pattern.compile("number_of_executed_units: (\\d+)");
    private static final Path DIRECTORY = Path.of(System.getProperty("fuzzing.directory"));

    static Stream<String> groups() {
        return Targets.groups().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("groups")
    void shouldTakeOrRefuseAnything(String group) throws IOException, InterruptedException {
        // given
        List<Targets.Named> targets = Targets.groups().get(group);
        double shares = targets.stream().mapToDouble(Targets.Named::share).sum();
        int seconds = (int) Math.ceil(SECONDS * shares);
        Path folder = Files.createDirectories(DIRECTORY.resolve(group));
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        Path words = folder.resolve("words");
        Path log = folder.resolve("log");
        Files.write(words, dictionary(targets));

        // when
        Process jazzer =
                new ProcessBuilder(command(group, seconds, words, corpus))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        boolean ended;
        try {
            ended = jazzer.waitFor(seconds + GRACE_SECONDS, TimeUnit.SECONDS);
        } finally {
            jazzer.destroyForcibly();
        }

        // then
        String told = Files.readString(log);
        assertThat(ended).as("the fuzzer ended; see %s", log).isTrue();
        assertThat(jazzer.exitValue()).as("a finding, or no start: %s", tail(told)).isZero();
        assertThat(inputs(told)).as("inputs").isGreaterThan(FEWEST_INPUTS);
        System.out.printf(
                "fuzzed %s with %,d inputs%n",
                targets.stream().map(Targets.Named::name).collect(Collectors.joining(", ")),
                inputs(told));
    }

    @Test
    void shouldKnowTheDecodersOfEveryModule() {
        assertThat(Targets.groups().values().stream().flatMap(List::stream))
                .extracting(Targets.Named::name)
                .contains(
                        "SendRequest.decode",
                        "StateRecord.decode",
                        "Topics.decode",
                        "RouteQuestion.decode");
    }

    private static List<String> command(String group, int seconds, Path words, Path corpus) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-ea:bolide..."));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-XX:+EnableDynamicAgentLoading");
        command.add("-Dfuzzing.group=" + group);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("com.code_intelligence.jazzer.Jazzer");
        command.add("--target_class=" + Fuzzer.class.getName());
        command.add("--instrumentation_includes=bolide.**");
        command.add("--custom_hook_includes=bolide.**");
        command.add("-dict=" + words);
        command.add("-max_total_time=" + seconds);
        command.add("-timeout=" + SECONDS_FOR_AN_INPUT);
        command.add("-max_len=" + LONGEST_INPUT);
        command.add("-print_final_stats=1");
        command.add(corpus.toString());
        return command;
    }

    /// In the form that libFuzzer reads.
    private static List<String> dictionary(List<Targets.Named> targets) {
        return targets.stream()
                .flatMap(named -> named.maker().get().words().stream())
                .distinct()
                .filter(word -> word.chars().allMatch(c -> c > ' ' && c < 127))
                .map(word -> word.replace("\\", "\\\\").replace("\"", "\\\""))
                .map(word -> "\"" + word + "\"")
                .toList();
    }

    private static long inputs(String told) {
        Matcher inputs = INPUTS.matcher(told);
        return inputs.find() ? Long.parseLong(inputs.group(1)) : 0;
    }

    private static String tail(String told) {
        return told.substring(Math.max(0, told.length() - 4000));
    }
}
