package bolide.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Supplier;

/// Runs a command and keeps what it printed.
final class Terminal {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    int run(Object root, String... arguments) {
        return run(root, new LinkedHashMap<>(), arguments);
    }

    int run(Object root, SequencedMap<String, Supplier<Object>> commands, String... arguments) {
        return Commands.run(
                root, commands, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
