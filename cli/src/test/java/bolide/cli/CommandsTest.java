package bolide.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;

/// What every command has in common: its exit code, and one sentence for what went wrong.
final class CommandsTest {
    private final Terminal terminal = new Terminal();
    private final List<String> made = new ArrayList<>();

    @Test
    void shouldExitWithWhatTheCommandReturns() {
        // when
        int exitCode = run("count", "--to", "7");

        // then
        assertThat(exitCode).isEqualTo(7);
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void shouldSayInOneSentenceWhyACommandFailed() {
        // when
        int exitCode = run("fail");

        // then
        assertThat(exitCode).isEqualTo(ExitCode.STORAGE_FAULT);
        assertThat(terminal.err()).isEqualTo("bolide: the disk is full; free some space\n");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void shouldShowTheTraceOfABug() {
        // when
        int exitCode = run("break");

        // then
        assertThat(exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(terminal.err()).contains("IllegalStateException", "CommandsTest.java");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    count --to 7 --tp | unknown option '--tp' (did you mean '--to'?); see 'tool count --help'
                    count --to 7 --elsewhere | unknown option '--elsewhere'; see 'tool count --help'
                    count --to 7 8    | unknown argument '8'; see 'tool count --help'
                    count --to x      | invalid value for option '--to': 'x' is not an int; see 'tool count --help'
                    count --to        | missing required parameter for option '--to' (<to>); see 'tool count --help'
                    count             | missing required option: '--to=<to>'; see 'tool count --help'
                    conut --to 7      | unknown command 'conut' (did you mean 'count'?); see 'tool --help'
                    elsewhere         | unknown command 'elsewhere'; see 'tool --help'
                    help elsewhere    | unknown subcommand 'elsewhere'; see 'tool --help'
                    """)
    void shouldSayInOneSentenceWhatIsWrongWithTheArguments(String arguments, String message) {
        // when
        int exitCode = run(arguments.split(" "));

        // then
        assertThat(exitCode).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(terminal.err()).isEqualTo("bolide: " + message + "\n");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void shouldKeepALongArgumentOnOneLine() {
        // when
        run("count\n\nfail");

        // then
        assertThat(terminal.err()).hasLineCount(1);
    }

    @Test
    void shouldMakeOnlyTheCommandThatIsAskedFor() {
        // when
        int exitCode = run("count", "--to", "0");

        // then
        assertThat(exitCode).isEqualTo(ExitCode.OK);
        assertThat(made).containsExactly("count");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "conut", ""})
    void shouldMakeAllWhereNoneIsAskedFor(String arguments) {
        // when
        run(arguments.split(" "));

        // then
        assertThat(made).containsExactly("count", "fail", "break", "help");
    }

    private int run(String... arguments) {
        SequencedMap<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("count", making("count", new Count()));
        commands.put("fail", making("fail", new Fail()));
        commands.put("break", making("break", new Break()));
        commands.put("help", making("help", new HelpCommand()));
        return terminal.run(new Tool(), commands, arguments);
    }

    private Supplier<Object> making(String name, Object command) {
        return () -> {
            made.add(name);
            return command;
        };
    }

    /// A program with a few commands.
    @Command(name = "tool")
    static final class Tool {}

    /// Exits with what it is told.
    @Command(name = "count")
    static final class Count implements Callable<Integer> {
        @Option(names = "--to", required = true)
        private int to;

        @Override
        public Integer call() {
            return to;
        }
    }

    /// Cannot do what it is asked to.
    @Command(name = "fail")
    static final class Fail implements Callable<Integer> {
        @Override
        public Integer call() {
            throw new CommandFailure(ExitCode.STORAGE_FAULT, "the disk is full; free some space");
        }
    }

    /// Has a bug.
    @Command(name = "break")
    static final class Break implements Callable<Integer> {

        @Override
        public Integer call() {
            throw new IllegalStateException("a bug");
        }
    }
}
