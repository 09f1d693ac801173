package bolide.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;

/// What every command has in common: its exit code, and one sentence for what went wrong.
final class CommandsTest {
    private final Terminal terminal = new Terminal();

    @Test
    void shouldExitWithWhatTheCommandReturns() {
        // when
        int exitCode = terminal.run(new Tool(), "count", "--to", "7");

        // then
        assertThat(exitCode).isEqualTo(7);
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void shouldSayInOneSentenceWhyACommandFailed() {
        // when
        int exitCode = terminal.run(new Tool(), "fail");

        // then
        assertThat(exitCode).isEqualTo(ExitCode.STORAGE_FAULT);
        assertThat(terminal.err()).isEqualTo("bolide: the disk is full; free some space\n");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void shouldShowTheTraceOfABug() {
        // when
        int exitCode = terminal.run(new Tool(), "break");

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
        int exitCode = terminal.run(new Tool(), arguments.split(" "));

        // then
        assertThat(exitCode).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(terminal.err()).isEqualTo("bolide: " + message + "\n");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void shouldKeepALongArgumentOnOneLine() {
        // when
        terminal.run(new Tool(), "count\n\nfail");

        // then
        assertThat(terminal.err()).hasLineCount(1);
    }

    /// A program with a few commands.
    @Command(
            name = "tool",
            subcommands = {Count.class, Fail.class, Break.class, HelpCommand.class})
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
