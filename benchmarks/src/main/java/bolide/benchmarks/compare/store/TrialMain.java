package bolide.benchmarks.compare.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// One process of a comparison. Its words: what to do (`fill` or `measure`), the directory, the
/// trial. It prints what it measured and ends without closing the store.
public final class TrialMain {
    static final String FILL = "fill";
    static final String MEASURE = "measure";

    /// Begins the line with the measurement.
    static final String RESULT = "measured ";

    private static final long READ_STORED = 25_000;

    private TrialMain() {}

    public static void main(String[] words) {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> end(failure));
        try {
            Path directory = Path.of(words[1]);
            Trial trial = Trial.ofArguments(List.of(words).subList(2, words.length));
            if (words[0].equals(FILL)) {
                fill(directory, trial);
                Runtime.getRuntime().halt(0);
            }
            System.out.println(RESULT + measure(directory, trial).toLine());
            System.exit(0); // so that a recorder of the JVM's writes its file
        } catch (Throwable failure) {
            end(failure);
        }
    }

    /// Ends the process, as whatever fails in it must.
    static void end(Throwable failure) {
        failure.printStackTrace();
        Runtime.getRuntime().halt(1);
    }

    private static Measurement measure(Path directory, Trial trial) throws Exception {
        return switch (trial.workload()) {
            case APPEND -> new AppendRun(open(directory, trial), trial).measure();
            case READ -> read(directory, trial);
            case OPEN_CLOSED, OPEN_KILLED -> reopen(directory, trial);
        };
    }

    private static StoreUnderTest open(Path directory, Trial trial) throws Exception {
        return trial.side().open(trial.store(directory));
    }

    private static Measurement read(Path directory, Trial trial) throws Exception {
        StoreUnderTest store = open(directory, trial);
        new AppendRun(store, trial.with(Setting.MESSAGES, READ_STORED)).fill();
        return new ReadRun(store, trial, READ_STORED).measure();
    }

    private static Measurement reopen(Path directory, Trial trial) throws Exception {
        long messages = trial.get(Setting.MESSAGES);
        int queues = trial.topics().queues();
        if (trial.workload() == Workload.OPEN_KILLED && trial.side() == Side.BOLIDE) {
            deleteDerived(directory);
        }
        Meter meter = new Meter();
        meter.start();
        StoreUnderTest store = open(directory, trial);
        double opened = meter.seconds();
        Ends.await(store, trial.topics(), queue -> (messages - queue + queues - 1) / queues);
        return meter.stop(messages, opened);
    }

    private static void fill(Path directory, Trial trial) throws Exception {
        StoreUnderTest store = open(directory, trial);
        new AppendRun(store, trial).fill();
        if (trial.workload() == Workload.OPEN_CLOSED) {
            store.close();
        }
    }

    /// A snapshot saves a start most of the log, however the process ended; here it has to be read.
    private static void deleteDerived(Path directory) throws IOException {
        for (Path folder : List.of(directory.resolve("snapshot"), directory.resolve("index"))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
    }
}
