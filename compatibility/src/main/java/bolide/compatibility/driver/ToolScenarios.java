package bolide.compatibility.driver;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.RPCHook;
import org.apache.rocketmq.remoting.protocol.route.BrokerData;

/** Apache's mqadmin beside a producer and a consumer that are online. */
final class ToolScenarios {
    /** On the class path of the tools' peer only. */
    private static final String TOOL = "org.apache.rocketmq.tools.command.MQAdminStartup";

    private static final Duration GLANCE = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long TIMEOUT_MILLIS = 3000;
    private static final int QUEUES = 2;
    private static final int MESSAGES = 6;

    private ToolScenarios() {}

    /**
     * Makes {@code topic}, sends to it, has {@code group} consume all of it and stay; then runs
     * each command that the test gives as its cue: a text to wait for a line of, empty for the
     * command's end, and the arguments if there are any, with tabs between them. Reports {@code
     * ran}: what it printed, and whether it ended.
     */
    @SuppressWarnings("deprecation") // the client's only way to what it knows of a broker
    static void mqadmin(Stage stage) throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, "sender");
        TopicScenarios.create(stage, producer, stage.text("topic"), QUEUES);
        for (int i = 0; i < MESSAGES; i++) {
            byte[] body = ("body-" + i).getBytes(StandardCharsets.UTF_8);
            Message message = new Message(stage.text("topic"), "TagA", "key-" + i, body);
            MessageQueue queue = producer.fetchPublishMessageQueues(stage.text("topic")).get(i % 2);
            Reports.sent(stage, message, producer.send(message, queue));
        }
        DefaultMQPushConsumer consumer =
                Clients.pushConsumer(stage, stage.text("group"), "consumer");
        consumer.subscribe(stage.text("topic"), "*");
        Listener listener = Listener.concurrently(stage, consumer, "only");
        consumer.start();
        stage.until(MESSAGES + " messages", () -> listener.count() >= MESSAGES);
        stage.until("note of all that was consumed", listener::settled);
        consumer.getDefaultMQPushConsumerImpl().persistConsumerOffset(); // else 10 s later
        BrokerData broker =
                producer.getDefaultMQProducerImpl()
                        .getMqClientFactory()
                        .getMQClientAPIImpl()
                        .getTopicRouteInfoFromNameServer(stage.text("topic"), TIMEOUT_MILLIS)
                        .getBrokerDatas()
                        .get(0);
        stage.saw(
                "ready",
                "client",
                consumer.buildMQClientId(),
                "broker",
                broker.selectBrokerAddr(),
                "name",
                broker.getBrokerName(),
                "cluster",
                broker.getCluster());
        Method tool = Class.forName(TOOL).getMethod("main0", String[].class, RPCHook.class);
        for (String cue = stage.cue(); !cue.equals("end"); cue = stage.cue()) {
            run(stage, tool, cue);
        }
    }

    private static void run(Stage stage, Method tool, String cue) throws InterruptedException {
        String awaited = cue.substring(0, cue.indexOf('\t'));
        String line = cue.substring(awaited.length() + 1);
        String[] arguments = line.isEmpty() ? new String[0] : line.split("\t");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream captured = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        PrintStream out = System.out;
        PrintStream err = System.err;
        System.setOut(captured);
        System.setErr(captured);
        long start = System.nanoTime();
        Thread command = new Thread(() -> call(tool, arguments), "mqadmin");
        command.setDaemon(true);
        String output;
        try {
            command.start();
            while (command.isAlive()
                    && System.nanoTime() - start < PATIENCE.toNanos()
                    && (awaited.isEmpty() || !hasLineWith(awaited, text(bytes)))) {
                if (isLeaving(command)) {
                    command.interrupt();
                }
                stage.linger(GLANCE);
            }
            output = text(bytes);
            command.interrupt(); // unless it has ended: some go on for ever
            command.join(PATIENCE.toMillis()); // what it says to that belongs to no other one
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        stage.saw(
                "ran",
                "command",
                line.replace('\t', ' '),
                "ended",
                !command.isAlive(),
                "millis",
                (System.nanoTime() - start) / 1_000_000,
                "output",
                output);
    }

    /**
     * Whether all it still waits for is a thread of its own client, which looks only every three
     * seconds whether it is to end.
     */
    private static boolean isLeaving(Thread command) {
        return Stream.of(command.getStackTrace())
                .anyMatch(call ->
                        call.getClassName().endsWith(".ServiceThread")
                                && call.getMethodName().equals("shutdown"));
    }

    private static void call(Method tool, String[] arguments) {
        try {
            tool.invoke(null, arguments, null);
        } catch (InvocationTargetException | IllegalAccessException e) {
            e.printStackTrace(); // to where the test sees it
        }
    }

    private static boolean hasLineWith(String awaited, String output) {
        int at = output.indexOf(awaited);
        return at >= 0 && output.indexOf('\n', at) >= 0;
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
