package bolide.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import bolide.compatibility.driver.Driver;
import bolide.compatibility.driver.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The driver with the official client in a JVM of its own, and what it has reported so far. */
final class DriverProcess implements AutoCloseable {
    private static final Peer CLIENT = Peer.client();
    private static final Duration PATIENCE = Duration.ofSeconds(60); // the driver's own is shorter

    private final ChildProcess process;
    private final List<Report> reports = new ArrayList<>();

    private DriverProcess(ChildProcess process) {
        this.process = process;
    }

    /**
     * Starts a scenario, which goes on beside the test. Arguments that begin with {@code -D} are
     * for its JVM.
     */
    static DriverProcess start(ServerUnderTest server, String scenario, String... arguments) {
        Path folder = Runs.folder(scenario);
        Map<Boolean, List<String>> forTheJvm =
                Stream.of(arguments).collect(Collectors.partitioningBy(a -> a.startsWith("-D")));
        List<String> command = new ArrayList<>(CLIENT.java(folder));
        command.add("-Drocketmq.client.logRoot=" + folder.resolve("logs"));
        command.add("-Drocketmq.client.localOffsetStoreDir=" + folder.resolve("offsets"));
        command.addAll(forTheJvm.get(true));
        command.addAll(List.of("-cp", Runs.classes() + ":" + CLIENT.classPath()));
        command.addAll(List.of(Driver.class.getName(), scenario, server.nameserver()));
        command.addAll(forTheJvm.get(false));
        return new DriverProcess(ChildProcess.start(scenario, folder, command));
    }

    /** Plays a scenario to its end. */
    static DriverProcess play(ServerUnderTest server, String scenario, String... arguments) {
        try (DriverProcess driver = start(server, scenario, arguments)) {
            driver.finish();
            return driver;
        }
    }

    /** All reports of that word so far. */
    List<Report> reports(String word) {
        return reports(process.lines()).stream().filter(r -> r.word().equals(word)).toList();
    }

    /** The reports of that word for which the name has the value. */
    List<Report> reports(String word, String name, String value) {
        return reports(word).stream().filter(r -> r.text(name).equals(value)).toList();
    }

    /** The one report of that word for which the name has the value. */
    Report report(String word, String name, String value) {
        List<Report> all = reports(word, name, value);
        assertThat(all).as("%s with %s %s", word, name, value).hasSize(1);
        return all.getFirst();
    }

    /** What stands under the name in all reports of that word. */
    List<String> values(String word, String name) {
        return reports(word).stream().map(report -> report.text(name)).toList();
    }

    /** Waits until what it has reported satisfies the condition. */
    void await(String what, Predicate<List<Report>> condition) {
        await(what, PATIENCE, condition);
    }

    /** Waits no longer than that until what it has reported satisfies the condition. */
    void await(String what, Duration patience, Predicate<List<Report>> condition) {
        process.await(
                what,
                patience,
                lines -> {
                    List<Report> all = reports(lines);
                    return condition.test(all) || failure(all) != null;
                });
        String failure = failure(reports(process.lines()));
        if (failure != null) {
            throw new AssertionError("before " + what + " the driver failed: " + failure);
        }
    }

    /** Waits until it has come to that step. */
    void awaitStep(String step) {
        Report at = Report.plain("at", step);
        await(step, all -> all.contains(at));
    }

    /** Gives the cue to go on. */
    void goOn() {
        process.tell("go on");
    }

    /** Waits for the scenario's good end. */
    void finish() {
        finish(PATIENCE);
    }

    /** Waits no longer than that for the scenario's good end. */
    void finish(Duration patience) {
        await("the end", patience, all -> all.stream().anyMatch(r -> r.word().equals("ok")));
        process.awaitEnd(PATIENCE);
        assertThat(values("ok", "client")).containsExactly(CLIENT.versionName());
    }

    /** Ends it without any goodbye. */
    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        kill();
    }

    private List<Report> reports(List<String> lines) {
        synchronized (reports) {
            while (reports.size() < lines.size()) {
                reports.add(Report.parse(lines.get(reports.size())));
            }
            return List.copyOf(reports);
        }
    }

    private static String failure(List<Report> all) {
        return all.stream()
                .filter(report -> report.word().equals("failed"))
                .map(Report::text)
                .findAny()
                .orElse(null);
    }
}
