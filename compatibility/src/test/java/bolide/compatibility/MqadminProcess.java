package bolide.compatibility;

import bolide.compatibility.driver.Driver;
import bolide.compatibility.driver.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Apache's mqadmin 5.5.0, command after command in one JVM, beside a producer and a consumer. */
final class MqadminProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TOPIC = "orders";
    private static final String GROUP = "shop";

    private final ChildProcess process;
    private final Map<String, String> known = new HashMap<>();
    private int ran;

    MqadminProcess(ServerUnderTest server) {
        Path folder = Runs.folder("mqadmin");
        List<String> command = new ArrayList<>(Peer.TOOLS.java(folder));
        command.add("-Drocketmq.client.logRoot=" + folder.resolve("logs"));
        command.add("-Drocketmq.client.localOffsetStoreDir=" + folder.resolve("offsets"));
        command.add("-Drocketmq.namesrv.addr=" + server.nameserver());
        command.addAll(List.of("-cp", Runs.classes() + ":" + Peer.TOOLS.classPath()));
        command.addAll(List.of(Driver.class.getName(), "mqadmin", server.nameserver()));
        command.addAll(List.of("topic=" + TOPIC, "group=" + GROUP));
        process = ChildProcess.start("mqadmin", folder, command);
        process.await("all is consumed", PATIENCE, lines -> !words("ready", lines).isEmpty());
        Report ready = words("ready", process.lines()).getFirst();
        Report sent = words("sent", process.lines()).getFirst();
        known.putAll(ready.values());
        known.put("topic", TOPIC);
        known.put("group", GROUP);
        known.put("nameserver", server.nameserver());
        known.put("id", sent.text("offsetId"));
        known.put("unique", sent.text("id"));
        known.put("folder", folder.toString());
    }

    /** What names in braces stand for. */
    Map<String, String> known() {
        return known;
    }

    /** Runs it to its end, or until it has printed what is waited for; all that it printed. */
    String run(MqadminCommand command) {
        process.tell(command.cue(known));
        ran++;
        process.await(command.name(), PATIENCE, lines -> words("ran", lines).size() == ran);
        return words("ran", process.lines()).getLast().text("output");
    }

    @Override
    public void close() {
        process.kill();
    }

    private static List<Report> words(String word, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(word + " "))
                .map(Report::parse)
                .toList();
    }
}
