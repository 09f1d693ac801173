package bolide.compatibility.driver;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;

/** The members of a group start again and again, all of them, while messages flow. */
final class RestartScenarios {
    private static final int MEMBERS = 5;
    private static final int QUEUES = 10;
    private static final Duration BETWEEN_SENDS = Duration.ofMillis(20);
    private static final Duration SHORT_LIFE = Duration.ofMillis(300); // without a message
    private static final Duration LONG_LIFE = Duration.ofMillis(2000);

    private final Stage stage;
    private final List<Listener> everybody = new CopyOnWriteArrayList<>();
    private final AtomicInteger restartsLeft;
    private final AtomicBoolean over = new AtomicBoolean();

    private RestartScenarios(Stage stage) {
        this.stage = stage;
        this.restartsLeft = new AtomicInteger(stage.number("restarts", 50));
    }

    /**
     * Five members live a short life, in all {@code restarts} times; then five come that stay,
     * share the queues evenly and have what is left.
     */
    static void storm(Stage stage) throws Exception {
        new RestartScenarios(stage).play();
    }

    private void play() throws Exception {
        DefaultMQProducer producer = Clients.producer(stage, "sender");
        TopicScenarios.create(stage, producer, stage.text("topic"), QUEUES);
        ExecutorService threads = Executors.newCachedThreadPool();
        Future<List<String>> sending = threads.submit(() -> send(producer));
        List<Future<?>> members = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            String member = "member-" + i;
            members.add(threads.submit(() -> restart(member)));
        }
        for (Future<?> member : members) {
            member.get();
        }
        List<Listener> staying = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            staying.add(join("staying-" + i).listener);
        }
        stage.until(
                "an even share for each",
                () -> staying.stream().allMatch(l -> l.queueCount() == QUEUES / MEMBERS));
        over.set(true);
        List<String> sent = sending.get();
        stage.until(
                "all messages",
                () ->
                        sent.stream()
                                .allMatch(body ->
                                        everybody.stream()
                                                .anyMatch(listener ->
                                                        listener.heard(List.of(body)))));
    }

    private List<String> send(DefaultMQProducer producer) throws Exception {
        List<String> bodies = new ArrayList<>();
        while (!over.get()) {
            String body = "body-" + bodies.size();
            Message message =
                    new Message(stage.text("topic"), body.getBytes(StandardCharsets.UTF_8));
            Reports.sent(stage, message, producer.send(message));
            bodies.add(body);
            stage.linger(BETWEEN_SENDS);
        }
        return bodies;
    }

    private Void restart(String name) throws Exception {
        for (int left = restartsLeft.getAndDecrement();
                left > 0;
                left = restartsLeft.getAndDecrement()) {
            Member member = join(name);
            // every other one leaves before it can have had anything
            stage.linger(left % 2 == 0 ? SHORT_LIFE : LONG_LIFE);
            member.consumer.shutdown();
            stage.saw("restarted", "member", name, "heard", member.listener.count());
        }
        return null;
    }

    private Member join(String name) throws Exception {
        DefaultMQPushConsumer consumer = Clients.pushConsumer(stage, "storm", name);
        consumer.subscribe(stage.text("topic"), "*");
        Listener listener = Listener.concurrently(stage, consumer, name);
        everybody.add(listener);
        consumer.start();
        return new Member(consumer, listener);
    }

    /** One life of a member. */
    private record Member(DefaultMQPushConsumer consumer, Listener listener) {}
}
