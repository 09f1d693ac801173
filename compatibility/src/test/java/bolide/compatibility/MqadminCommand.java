package bolide.compatibility;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One command of mqadmin with its arguments, and what is expected of it. Names in braces stand for
 * what is known only when the server runs.
 */
final class MqadminCommand {
    /** How a command went. */
    enum Outcome {
        WORKS("works"),
        REFUSED("refused"),
        NOT_YET("not yet"),
        LOCAL("asks no server");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final String UNKNOWN_CODE = "request type \\d+ not supported";
    private static final Pattern EXCEPTION =
            Pattern.compile("(?m)^(Caused by: )?[a-z.]+\\.[A-Z]\\w*Exception\\b");
    private static final Pattern SENTENCE = Pattern.compile("(?m)DESC: (.*?)( BROKER: .*)?$");
    private static final Pattern CODE = Pattern.compile("request type (\\d+) not supported");

    private final String line;
    private final List<String> shown = new ArrayList<>();
    private String awaited = "";
    private String refusal = "";
    private String incomplete = UNKNOWN_CODE;
    private boolean onlyHere;
    private boolean local;

    private MqadminCommand(String line) {
        this.line = line;
    }

    /** The command as it is typed, without the name server. */
    static MqadminCommand command(String line) {
        return new MqadminCommand(line);
    }

    /** It works when its output matches all of these, and tells of no exception. */
    MqadminCommand shows(String... patterns) {
        shown.addAll(List.of(patterns));
        return this;
    }

    /** The server refuses it with a reason that has this text. */
    MqadminCommand isRefused(String reason) {
        refusal = reason;
        onlyHere = true;
        return this;
    }

    /** It works on files of Apache's broker, here on none: it has to show that it looked. */
    MqadminCommand isLocal() {
        local = true;
        return this;
    }

    /** What the output matches while the server lacks something that the tool passes over. */
    MqadminCommand lacks(String pattern) {
        incomplete = pattern;
        return this;
    }

    /** It goes on for ever; what it prints first. */
    MqadminCommand until(String text) {
        awaited = text;
        return this;
    }

    /** Apache's server, as it is set up here, does not have what this needs. */
    MqadminCommand onlyHere() {
        onlyHere = true;
        return this;
    }

    /** Whether the original is expected to do the same. */
    boolean isForAllServers() {
        return !onlyHere;
    }

    String name() {
        return line.split(" ")[0];
    }

    /** Without its name. */
    String arguments() {
        return line.substring(name().length()).strip();
    }

    /** What the driver is told. */
    String cue(Map<String, String> known) {
        return fill(awaited, known) + "\t" + fill(line, known).replace(' ', '\t');
    }

    /** How it went, by what it printed; an output that fits nothing expected fails the test. */
    Outcome outcome(String output, Map<String, String> known) {
        boolean isComplete =
                shown.stream().allMatch(pattern -> finds(fill(pattern, known), output));
        if (local && isComplete) {
            return Outcome.LOCAL;
        }
        if (refusal.isEmpty() && isComplete && !EXCEPTION.matcher(output).find()) {
            return Outcome.WORKS;
        }
        if (!refusal.isEmpty() && output.contains(refusal)) {
            return Outcome.REFUSED;
        }
        if (finds(fill(incomplete, known), output) || finds(UNKNOWN_CODE, output)) {
            return Outcome.NOT_YET;
        }
        throw new AssertionError("mqadmin " + fill(line, known) + " printed:\n" + output);
    }

    /** For people: the reason of a refusal, or what is lacking. */
    String note(Outcome outcome, String output) {
        return switch (outcome) {
            case WORKS, LOCAL -> "";
            case REFUSED -> reason(output);
            case NOT_YET -> {
                Matcher code = CODE.matcher(output);
                yield code.find() ? "request " + code.group(1) : "";
            }
        };
    }

    /** The server's whole sentence. */
    private String reason(String output) {
        Matcher sentence = SENTENCE.matcher(output);
        while (sentence.find()) {
            if (sentence.group(1).contains(refusal)) {
                return sentence.group(1).strip();
            }
        }
        return refusal;
    }

    private static boolean finds(String pattern, String output) {
        return Pattern.compile(pattern, Pattern.MULTILINE).matcher(output).find();
    }

    private static String fill(String text, Map<String, String> known) {
        String filled = text;
        for (Map.Entry<String, String> fact : known.entrySet()) {
            filled = filled.replace("{" + fact.getKey() + "}", fact.getValue());
        }
        return filled;
    }
}
