package bolide.app.command;

import bolide.cli.CommandFailure;
import bolide.cli.ExitCode;
import bolide.cli.ProgressBar;
import bolide.protocol.json.JsonWriter;
import bolide.protocol.message.PropertyNames;
import bolide.protocol.message.RecordView;
import bolide.store.checkpoint.StableEnd;
import bolide.store.file.DirectoryView;
import bolide.store.file.Volume;
import bolide.store.state.StateChange;
import bolide.store.state.StateRecord;
import bolide.store.takeover.ApacheFiles;
import bolide.store.verify.LogReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows what the log of a data directory holds.
@Command(
        name = "dump",
        description =
                "Shows the records of the log of a stopped server, Bolide's or Apache's: changes of"
                        + " state and, when asked to, messages. Changes nothing.",
        sortOptions = false)
public final class DumpCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The data directory.")
    private Path directory;

    @Option(names = "--messages", description = "Messages, too: where they are, not their bodies.")
    private boolean messages;

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "Only the messages of that topic, and no state.")
    private Optional<String> topic;

    @Option(
            names = "--from",
            paramLabel = "POSITION",
            defaultValue = "0",
            description = "Only what lies at that position of the log or behind it.")
    private long from;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "9223372036854775807",
            hidden = false,
            description = "Only the first N records. Default: all.")
    private long limit;

    @Option(names = "--json", description = "Each record as one line of JSON.")
    private boolean json;

    @Option(names = "--help", usageHelp = true, description = "Shows this text.")
    private boolean help;

    private long shown;
    private boolean found; // a message of the topic that is asked for

    @Override
    public Integer call() {
        checkNumber("--from", from, 0);
        checkNumber("--limit", limit, 1);
        LogReader.Outcome log = StoreFaults.reported(this::read);
        spec.commandLine().getOut().flush();
        if (from > log.end()) {
            throw new CommandFailure(
                    ExitCode.FAILED, "the log ends at position " + log.end() + ", before " + from);
        }
        if (topic.isPresent() && !found) {
            throw new CommandFailure(
                    ExitCode.FAILED, "the log holds no message of topic '" + topic.get() + "'");
        }
        return ExitCode.OK;
    }

    private void checkNumber(String option, long value, long lowest) {
        if (value < lowest) {
            throw new ParameterException(
                    spec.commandLine(),
                    option
                            + " is "
                            + value
                            + ", but has to be from "
                            + lowest
                            + " to "
                            + Long.MAX_VALUE);
        }
    }

    private LogReader.Outcome read() {
        DirectoryView view = StoreFaults.store(directory);
        try (Volume.Claim claim = view.claim()) {
            assert claim != null;
            LogReader reader = new LogReader(view);
            try (ProgressBar bar = StoreFaults.progress("log", reader.bytes())) {
                return ApacheFiles.stage(view) == ApacheFiles.Stage.UNTOUCHED
                        ? reader.read(new Shower(), bar::show)
                        : reader.read(StableEnd.of(view), new Shower(), bar::show);
            }
        }
    }

    private final class Shower implements LogReader.Visitor {
        private final PrintWriter out = spec.commandLine().getOut();

        @Override
        public void damage(String file, long position, long bytes, String reason) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "bolide: passed over "
                                    + bytes
                                    + " bytes of "
                                    + file
                                    + " at position "
                                    + position
                                    + ": "
                                    + reason);
        }

        @Override
        public void record(RecordView record) {
            found |= topic.isPresent() && record.topicText().equals(topic.get());
            if (record.position() < from || shown >= limit) {
                return;
            }
            boolean isState = record.hasTopic(StateRecord.TOPIC_BYTES);
            if (isState && topic.isEmpty()) {
                shown++;
                for (StateChange change : StateRecord.decode(record.body())) {
                    out.println(json ? stateJson(record, change) : stateLine(record, change));
                }
            } else if (!isState && isWanted(record)) {
                shown++;
                out.println(json ? messageJson(record) : messageLine(record));
            }
        }

        private boolean isWanted(RecordView record) {
            return topic.map(record.topicText()::equals).orElse(messages);
        }

        private String stateLine(RecordView record, StateChange change) {
            return String.format("%12d  ", record.position()) + StateText.of(change);
        }

        private String stateJson(RecordView record, StateChange change) {
            JsonWriter line = new JsonWriter().beginObject();
            line.name("position").value(record.position());
            line.name("kind").value(change.kind().toString());
            line.name("key").value(change.key());
            line.name("removed").value(change.removed());
            line.name("value").value(change.removed() ? "" : StateText.value(change));
            return line.endObject().toString();
        }

        private String messageLine(RecordView record) {
            return String.format(
                    "%12d  message %s@%d %d  %d bytes  %s",
                    record.position(),
                    record.topicText(),
                    record.queueId(),
                    record.queueOffset(),
                    record.totalSize(),
                    record.properties().getOrDefault(PropertyNames.KEYS, ""));
        }

        private String messageJson(RecordView record) {
            JsonWriter line = new JsonWriter().beginObject();
            line.name("position").value(record.position());
            line.name("kind").value("message");
            line.name("topic").value(record.topicText());
            line.name("queue").value(record.queueId());
            line.name("offset").value(record.queueOffset());
            line.name("bytes").value(record.totalSize());
            line.name("stored").value(record.storeTimestamp());
            line.name("keys").value(record.properties().getOrDefault(PropertyNames.KEYS, ""));
            return line.endObject().toString();
        }
    }
}
