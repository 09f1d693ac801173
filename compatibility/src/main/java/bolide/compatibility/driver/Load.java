package bolide.compatibility.driver;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendCallback;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.Message;

/**
 * Unique bodies from several threads, sync and async, while a reader follows the tail: through
 * crashes of the server, until the test says stop. Every answer is reported before its thread goes
 * on.
 */
final class Load {
    private static final int SYNC_THREADS = 2;
    private static final int IN_FLIGHT = 32;
    private static final Duration AFTER_FAILURE = Duration.ofMillis(50);
    private static final Duration BETWEEN_READS = Duration.ofMillis(20);

    private final Stage stage;
    private final DefaultMQProducer producer;
    private final Duration pause;
    private final AtomicLong number = new AtomicLong();

    private Load(Stage stage) throws Exception {
        this.stage = stage;
        this.producer = Clients.producer(stage, "load");
        this.pause = Duration.ofSeconds(SYNC_THREADS + 1).dividedBy(stage.number("rate", 300));
        producer.setSendMsgTimeout(2000);
    }

    static void play(Stage stage) throws Exception {
        Load load = new Load(stage);
        TopicScenarios.create(stage, load.producer, stage.text("topic"), 4);
        for (int i = 0; i < SYNC_THREADS; i++) {
            start("sync-" + i, load::sendSync);
        }
        Semaphore permits = new Semaphore(IN_FLIGHT);
        start("async", () -> load.sendAsync(permits));
        Reader reader = new Reader(stage, stage.text("topic"));
        start("reader", () -> load.follow(reader));
        stage.at("loading");
    }

    private void sendSync() throws InterruptedException {
        Message message = next();
        try {
            Reports.sent(stage, message, producer.send(message));
            stage.linger(pause);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) { // the server is away
            stage.linger(AFTER_FAILURE);
        }
    }

    private void sendAsync(Semaphore permits) throws InterruptedException {
        permits.acquire();
        Message message = next();
        try {
            producer.send(
                    message,
                    new SendCallback() {
                        @Override
                        public void onSuccess(SendResult result) {
                            Reports.sent(stage, message, result);
                            permits.release();
                        }

                        @Override
                        public void onException(Throwable e) {
                            permits.release();
                        }
                    });
            stage.linger(pause);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) { // the server is away
            permits.release();
            stage.linger(AFTER_FAILURE);
        }
    }

    private void follow(Reader reader) throws InterruptedException {
        try {
            reader.goOn();
            stage.linger(BETWEEN_READS);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) { // the server is away
            stage.linger(AFTER_FAILURE);
        }
    }

    private Message next() {
        String body = "body-" + number.incrementAndGet();
        return new Message(stage.text("topic"), body.getBytes(StandardCharsets.UTF_8));
    }

    private static void start(String name, Step step) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                while (!Thread.currentThread().isInterrupted()) {
                                    step.take();
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        name);
        thread.setDaemon(true);
        thread.start();
    }

    /** One round of a thread that goes on for ever. */
    @FunctionalInterface
    private interface Step {
        void take() throws InterruptedException;
    }
}
