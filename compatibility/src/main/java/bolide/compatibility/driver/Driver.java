package bolide.compatibility.driver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Plays one scenario with the official client: {@code Driver <scenario> <name server>
 * [key=value…]}. What happens goes to standard output, a {@link Report} a line, ending in {@code
 * ok} or {@code failed}; the client's own chatter goes to standard error. The end of standard input
 * ends the driver.
 */
public final class Driver {
    private static final Map<String, Scenario> SCENARIOS = new TreeMap<>();

    static {
        SCENARIOS.put("send-sync", SendScenarios::sync);
        SCENARIOS.put("send-async", SendScenarios::async);
        SCENARIOS.put("send-one-way", SendScenarios::oneWay);
        SCENARIOS.put("send-batch", SendScenarios::batch);
        SCENARIOS.put("send-to-queue", SendScenarios::toQueue);
        SCENARIOS.put("send-by-selector", SendScenarios::bySelector);
        SCENARIOS.put("send-until-told", SendScenarios::untilTold);
        SCENARIOS.put("round-trip", BodyScenarios::roundTrip);
        SCENARIOS.put("largest", BodyScenarios::largest);
        SCENARIOS.put("create-topic", TopicScenarios::create);
        SCENARIOS.put("illegal-topics", TopicScenarios::illegal);
        SCENARIOS.put("read", PullScenarios::read);
        SCENARIOS.put("pull", PullScenarios::pull);
        SCENARIOS.put("offsets", PullScenarios::offsets);
        SCENARIOS.put("view-message", PullScenarios::viewMessage);
        SCENARIOS.put("lite-pull-assigned", LitePullScenarios::assigned);
        SCENARIOS.put("lite-pull-subscribed", LitePullScenarios::subscribed);
        SCENARIOS.put("lite-pull-searched", LitePullScenarios::searched);
        SCENARIOS.put("lite-pull-shared", LitePullScenarios::shared);
        SCENARIOS.put("lite-pull-notified", LitePullScenarios::notified);
        SCENARIOS.put("consume", PushScenarios::consume);
        SCENARIOS.put("push-concurrently", PushScenarios::concurrently);
        SCENARIOS.put("push-orderly", PushScenarios::orderly);
        SCENARIOS.put("push-broadcasting", PushScenarios::broadcasting);
        SCENARIOS.put("push-tags", PushScenarios::tags);
        SCENARIOS.put("push-start-positions", PushScenarios::startPositions);
        SCENARIOS.put("push-before-topic", PushScenarios::beforeTopic);
        SCENARIOS.put("push-two-instances", PushScenarios::twoInstances);
        SCENARIOS.put("namespaces", NamespaceScenarios::inNames);
        SCENARIOS.put("namespaces-beside-names", NamespaceScenarios::besideNames);
        SCENARIOS.put("one-instance", InstanceScenarios::shared);
        SCENARIOS.put("restart-storm", RestartScenarios::storm);
        SCENARIOS.put("all-requests", RequestScenarios::all);
        SCENARIOS.put("request-reply", ReplyScenarios::replies);
        SCENARIOS.put("fill-store", StoreScenarios::fill);
        SCENARIOS.put("show-store", StoreScenarios::show);
        SCENARIOS.put("mqadmin", ToolScenarios::mqadmin);
        SCENARIOS.put("load", Load::play);
    }

    private Driver() {}

    /** Plays the scenario; exit code 0 if it went through, 1 if it failed, 2 if nobody listens. */
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        System.setOut(System.err);
        if (arguments.length < 2 || !SCENARIOS.containsKey(arguments[0])) {
            System.err.println("usage: Driver <scenario> <host:port> [key=value…]");
            System.err.println("scenarios: " + String.join(" ", SCENARIOS.keySet()));
            Runtime.getRuntime().halt(1);
        }
        BlockingQueue<String> cues = new LinkedBlockingQueue<>();
        Thread listener = new Thread(() -> listen(cues), "cues");
        listener.setDaemon(true);
        listener.start();
        Stage stage = new Stage(arguments[1], named(arguments), out, cues);
        int code = 0;
        try {
            SCENARIOS.get(arguments[0]).play(stage);
            Requests.SEEN.report(stage);
            stage.print(Report.of("ok", "scenario", arguments[0], "client", Generation.name()));
        } catch (Exception e) {
            e.printStackTrace();
            stage.print(Report.plain("failed", e.toString()));
            code = 1;
        }
        // The client's threads are not daemons, and its own shutdown takes seconds.
        Runtime.getRuntime().halt(code);
    }

    private static Map<String, String> named(String[] arguments) {
        Map<String, String> named = new HashMap<>();
        for (String argument : Arrays.asList(arguments).subList(2, arguments.length)) {
            int equals = argument.indexOf('=');
            named.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return named;
    }

    private static void listen(BlockingQueue<String> cues) {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            String line;
            while ((line = in.readLine()) != null) {
                cues.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Runtime.getRuntime().halt(2);
        }
    }
}
