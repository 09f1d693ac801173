package bolide.app.command;

import bolide.app.repair.Mending;
import bolide.cli.ProgressBar;
import bolide.protocol.json.JsonWriter;
import bolide.store.checkpoint.SnapshotCheck;
import bolide.store.checkpoint.StableEnd;
import bolide.store.file.DirectoryView;
import bolide.store.file.Volume;
import bolide.store.index.IndexCheck;
import bolide.store.takeover.ApacheFiles;
import bolide.store.verify.Check;
import bolide.store.verify.Finding;
import bolide.store.verify.LogCheck;
import bolide.store.verify.LogReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A data directory looked through, and what was found.
///
/// @param directory where it is
/// @param stage whose it is
/// @param log what the log is
/// @param findings everything out of the ordinary
record Examination(
        String directory, ApacheFiles.Stage stage, LogReader.Outcome log, List<Finding> findings) {
    private static final String PID = "bolide.pid"; // stays when its process is killed

    /// Looks through everything in the directory and changes nothing.
    ///
    /// @throws bolide.cli.CommandFailure when there is no log in it
    /// @throws bolide.store.file.StoreInUseException when a server works on it
    /// @throws bolide.store.file.StorageException when it cannot be read
    static Examination of(Path path) {
        DirectoryView view = StoreFaults.store(path);
        try (Volume.Claim claim = view.claim()) {
            assert claim != null;
            return of(view);
        }
    }

    private static Examination of(DirectoryView view) {
        ApacheFiles.Stage stage = ApacheFiles.stage(view);
        boolean apache = stage == ApacheFiles.Stage.UNTOUCHED;
        LogCheck log =
                new LogCheck(
                        view,
                        apache ? LogCheck.Writer.APACHE : LogCheck.Writer.BOLIDE,
                        apache ? ApacheFiles.wasKilled(view) : view.isFile(PID),
                        apache ? 0 : StableEnd.of(view));
        List<Check> checks =
                apache
                        ? List.of(log) // its index and queues follow from the log
                        : List.of(log, new IndexCheck(view), new SnapshotCheck(view));
        List<Finding> findings = new ArrayList<>();
        for (Check check : checks) {
            try (ProgressBar bar = StoreFaults.progress(check.part(), check.bytes())) {
                check.run(bar::show, findings::add);
            }
        }
        return new Examination(view.describe(), stage, log.outcome().orElseThrow(), findings);
    }

    long damaged() {
        return of(Finding.Kind.DAMAGE).size();
    }

    List<Finding> of(Finding.Kind kind) {
        return findings.stream().filter(finding -> finding.kind() == kind).toList();
    }

    void print(PrintWriter out) {
        out.println("store     " + directory + ", " + origin());
        out.println(
                "log       "
                        + log.records()
                        + " records, positions "
                        + log.start()
                        + " to "
                        + log.end());
        for (Finding finding : findings) {
            out.println(
                    String.format("%-9s ", word(finding.kind()))
                            + finding.file()
                            + " at position "
                            + finding.position()
                            + ", record "
                            + finding.record()
                            + ": "
                            + finding.what());
        }
        out.println(
                damaged() == 0
                        ? "whole     nothing is damaged"
                        : "damaged   " + damaged() + (damaged() == 1 ? " place" : " places"));
        out.flush();
    }

    /// @return what can be done about the damage; only where there is some
    String advice() {
        List<Finding> damage = of(Finding.Kind.DAMAGE);
        String files =
                damage.stream()
                        .filter(finding -> !Mending.isDerived(finding))
                        .map(Finding::file)
                        .distinct()
                        .collect(Collectors.joining(", "));
        if (files.isEmpty()) {
            return "nothing is lost: './bolide store repair "
                    + directory
                    + "' makes anew what is damaged";
        }
        return "a server passes over records that do not match their checksums and serves the rest;"
                + " what they held can only come from a copy of "
                + files
                + ", made after the last message was written there: an older one lacks the newer"
                + " messages";
    }

    String toJson() {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("directory").value(directory);
        json.name("origin").value(origin());
        json.name("records").value(log.records());
        json.name("start").value(log.start());
        json.name("end").value(log.end());
        json.name("damaged").value(damaged());
        json.name("findings").beginArray();
        for (Finding finding : findings) {
            json.beginObject();
            json.name("kind").value(word(finding.kind()));
            json.name("file").value(finding.file());
            json.name("position").value(finding.position());
            json.name("record").value(finding.record());
            json.name("what").value(finding.what());
            json.endObject();
        }
        return json.endArray().endObject().toString();
    }

    private String origin() {
        return switch (stage) {
            case NONE -> "Bolide's";
            case UNTOUCHED -> "Apache's broker's, not taken over";
            case HALFWAY -> "Apache's broker's, its take-over not finished";
            case TAKEN_OVER -> "Bolide's, taken over from Apache's broker";
            case USED_AGAIN -> "used by Apache's broker again after it was taken over";
        };
    }

    private static String word(Finding.Kind kind) {
        return switch (kind) {
            case DAMAGE -> "damage";
            case TORN -> "torn";
            case NOTE -> "note";
        };
    }
}
