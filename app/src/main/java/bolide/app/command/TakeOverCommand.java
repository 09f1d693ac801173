package bolide.app.command;

import bolide.app.takeover.TakeOverRun;
import bolide.cli.CommandFailure;
import bolide.cli.ExitCode;
import bolide.cli.ProgressBar;
import bolide.protocol.json.JsonWriter;
import bolide.store.takeover.ApacheFiles;
import bolide.store.takeover.ApacheStore;
import bolide.store.takeover.Parked;
import bolide.store.verify.LogReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Makes the store directory of a stopped Apache broker one of Bolide's.
@Command(
        name = "takeover",
        description = {
            "Takes over the store directory of a stopped Apache broker, 4.9 to 5.5: its log in"
                    + " place, its topics, groups and offsets from its files. No message is copied,"
                    + " nothing is deleted: what is not needed is moved to DIR/apache.",
            "Looks through everything before anything is changed. May be run again after an"
                    + " interruption."
        },
        sortOptions = false)
public final class TakeOverCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "storePathRootDir of the broker.")
    private Path directory;

    @Option(
            names = "--leave-parked",
            description =
                    "Go on although messages that wait for their time, or for the end of their"
                            + " transaction, will stay where they are and not be delivered.")
    private boolean leaveParked;

    @Option(names = "--dry-run", description = "Only says what there is.")
    private boolean dryRun;

    @Option(names = "--json", description = "As one line of JSON.")
    private boolean json;

    @Option(names = "--help", usageHelp = true, description = "Shows this text.")
    private boolean help;

    @Override
    public Integer call() {
        TakeOverRun run = StoreFaults.reported(() -> new TakeOverRun(directory));
        return switch (StoreFaults.reported(run::stage)) {
            case UNTOUCHED -> takeOver(run);
            case HALFWAY -> finish(run);
            case TAKEN_OVER -> done(run.directory() + " was taken over before; nothing is to do");
            case NONE ->
                    throw refused(
                            run.directory()
                                    + " is not the store of an Apache broker: there is neither"
                                    + " config/ nor consumequeue/; name its storePathRootDir");
            case USED_AGAIN ->
                    throw refused(
                            run.directory()
                                    + " was used by Apache's broker again after it was taken over:"
                                    + " there is a config/ beside apache/config; move apache/ away"
                                    + " to take over what that broker left");
        };
    }

    private int takeOver(TakeOverRun run) {
        long bytes = StoreFaults.reported(run::logBytes);
        ApacheStore found;
        try (ProgressBar bar = StoreFaults.progress("log", bytes)) {
            found = StoreFaults.reported(() -> run.run(bar::show, this::isWanted));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(toJson(run, found));
        } else {
            print(run, found, out);
        }
        out.flush();
        if (!found.parked().isEmpty() && !leaveParked) {
            throw refused(
                    run.directory()
                            + " holds "
                            + parked(found)
                            + ", which Bolide does not carry on yet; let Apache's broker deliver"
                            + " them, or leave them behind with --leave-parked; nothing was"
                            + " changed");
        }
        return ExitCode.OK;
    }

    private boolean isWanted(ApacheStore found) {
        return !dryRun && (found.parked().isEmpty() || leaveParked);
    }

    private int finish(TakeOverRun run) {
        if (dryRun) {
            return done("would finish the interrupted take-over of " + run.directory());
        }
        StoreFaults.reported(() -> {
            run.finish();
            return ApacheFiles.Stage.TAKEN_OVER;
        });
        return done("finished the interrupted take-over of " + run.directory());
    }

    private int done(String what) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                json ? new JsonWriter().beginObject().name("done").value(what).endObject() : what);
        out.flush();
        return ExitCode.OK;
    }

    private static CommandFailure refused(String why) {
        return new CommandFailure(ExitCode.FAILED, why);
    }

    private void print(TakeOverRun run, ApacheStore found, PrintWriter out) {
        LogReader.Outcome log = found.log();
        out.println("store     " + run.directory());
        out.println(
                "log       "
                        + log.records()
                        + " records, positions "
                        + log.start()
                        + " to "
                        + log.end()
                        + ", segments of "
                        + found.segmentBytes()
                        + " bytes");
        out.println(
                "state     "
                        + found.topics().size()
                        + " topics, "
                        + found.groups().size()
                        + " groups, "
                        + found.offsets().size()
                        + " offsets, "
                        + found.ends().size()
                        + " queues known by their end only");
        found.goneTopics().forEach(topic -> out.println("gone      topic " + topic));
        found.notes().forEach(note -> out.println("note      " + note));
        found.parked()
                .forEach(kind -> out.println("parked    " + kind.count() + " " + kind.what()));
        if (isWanted(found)) {
            out.println("taken     start it with: bolide serve --data " + directory);
        }
    }

    private static String parked(ApacheStore found) {
        return found.parked().stream()
                .map(kind -> kind.count() + " " + kind.what())
                .collect(Collectors.joining(", "));
    }

    private String toJson(TakeOverRun run, ApacheStore found) {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("directory").value(run.directory());
        json.name("taken").value(isWanted(found));
        json.name("records").value(found.log().records());
        json.name("start").value(found.log().start());
        json.name("end").value(found.log().end());
        json.name("segment_bytes").value(found.segmentBytes());
        json.name("topics").value(found.topics().size());
        json.name("groups").value(found.groups().size());
        json.name("offsets").value(found.offsets().size());
        json.name("ends").value(found.ends().size());
        json.name("gone").beginArray();
        found.goneTopics().forEach(json::value);
        json.endArray().name("notes").beginArray();
        found.notes().forEach(json::value);
        json.endArray().name("parked").beginObject();
        for (Parked kind : found.parked()) {
            json.name(kind.what()).value(kind.count());
        }
        return json.endObject().endObject().toString();
    }
}
