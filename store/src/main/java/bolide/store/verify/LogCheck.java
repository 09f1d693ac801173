package bolide.store.verify;

import bolide.protocol.message.RecordView;
import bolide.store.commitlog.FlushedMark;
import bolide.store.file.DirectoryView;
import bolide.store.file.StorageException;
import bolide.store.state.QueueEnds;
import bolide.store.state.StateChange;
import bolide.store.state.StateKind;
import bolide.store.state.StateRecord;
import bolide.store.verify.Finding.Kind;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// Looks at every record of the log: its structure, its place, its checksums; of a log of ours also
/// whether the offsets of each queue follow each other, and whether state can be read.
public final class LogCheck implements Check {
    /// Whose log it is.
    public enum Writer {
        /// Bolide, or Bolide after another.
        BOLIDE,
        /// Apache's broker alone.
        APACHE
    }

    private final LogReader reader;
    private final Writer writer;
    private final boolean killed;
    private final boolean isMarked;
    private final long stable;
    private Optional<LogReader.Outcome> outcome = Optional.empty();

    /// @param killed whether the process that wrote last had no time to end: only then may there be
    ///   half a record at the end
    /// @param stable of a log of ours, everything below was on stable storage once
    /// @throws StorageException when the files are no log
    public LogCheck(DirectoryView directory, Writer writer, boolean killed, long stable) {
        this.reader = new LogReader(directory);
        this.writer = writer;
        this.killed = killed;
        this.isMarked = FlushedMark.readFrom(directory) > 0;
        this.stable = stable;
    }

    @Override
    public String part() {
        return "log";
    }

    @Override
    public long bytes() {
        return reader.bytes();
    }

    /// @return what the log is; empty before it was read
    public Optional<LogReader.Outcome> outcome() {
        return outcome;
    }

    @Override
    public void run(LongConsumer progress, Consumer<Finding> findings) {
        Walk walk = new Walk(findings);
        LogReader.Outcome found =
                switch (writer) {
                    case BOLIDE -> reader.read(stable, walk, progress);
                    case APACHE -> reader.read(walk, progress);
                };
        outcome = Optional.of(found);
        if (writer == Writer.BOLIDE && found.end() < stable) {
            findings.accept(
                    end(
                            Kind.DAMAGE,
                            found,
                            "the log ends here, although it was whole up to position " + stable));
        }
        if (!found.torn().isEmpty()) {
            boolean harmless = isTornPossible() && found.tornRecords() == 0;
            findings.accept(end(harmless ? Kind.TORN : Kind.DAMAGE, found, behind(found)));
        }
        if (!found.unused().isEmpty()) {
            unused(found, findings);
        }
    }

    private static String behind(LogReader.Outcome found) {
        String bytes =
                found.torn() + "; " + found.tornBytes() + " bytes behind the last whole record";
        return found.tornRecords() == 0
                ? bytes
                : bytes
                        + ", "
                        + found.tornRecords()
                        + " records among them: the next start cuts all of it off";
    }

    private static Finding end(Kind kind, LogReader.Outcome found, String what) {
        return new Finding(kind, found.lastFile(), found.end(), found.records(), what);
    }

    /// Apache's broker leaves what lay behind an earlier end.
    private boolean isTornPossible() {
        return writer == Writer.APACHE || killed || isMarked;
    }

    /// A log goes on in the next segment only when one is full; Apache's broker makes the next one
    /// before.
    private static void unused(LogReader.Outcome found, Consumer<Finding> findings) {
        findings.accept(
                new Finding(
                        Kind.NOTE,
                        found.unused().getFirst(),
                        found.end(),
                        found.records(),
                        "nothing is written in this segment"));
    }

    private final class Walk implements LogReader.Visitor {
        private final Consumer<Finding> findings;
        private final QueueOrder order = new QueueOrder();
        private long records;

        Walk(Consumer<Finding> findings) {
            this.findings = findings;
        }

        @Override
        public void damage(String file, long position, long bytes, String reason) {
            findings.accept(
                    new Finding(
                            Kind.DAMAGE,
                            file,
                            position,
                            records,
                            reason + "; " + bytes + " bytes are passed over"));
            order.forgetAll(); // their messages are missing in their queues, too
        }

        @Override
        public void record(RecordView record) {
            if (writer == Writer.BOLIDE) {
                String problem =
                        record.hasTopic(StateRecord.TOPIC_BYTES)
                                ? state(record)
                                : order.next(record);
                if (!problem.isEmpty()) {
                    findings.accept(
                            new Finding(
                                    Kind.DAMAGE,
                                    fileOf(record.position()),
                                    record.position(),
                                    records,
                                    problem));
                }
            }
            records++;
        }

        private String state(RecordView record) {
            try {
                for (StateChange change : StateRecord.decode(record.body())) {
                    if (change.removesTopic()) {
                        order.forget(change.key());
                    } else if (change.kind().equals(StateKind.QUEUE_ENDS) && !change.removed()) {
                        QueueEnds.decode(
                                change.value(),
                                (queueId, end) -> order.raise(change.key(), queueId, end));
                    }
                }
                return "";
            } catch (StorageException unreadable) {
                return unreadable.getMessage();
            }
        }

        private String fileOf(long position) {
            return reader.files().stream()
                    .filter(file -> file.start() <= position && position < file.end())
                    .findFirst()
                    .orElseThrow()
                    .path();
        }
    }
}
